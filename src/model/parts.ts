import type { CallStatus } from './statuses.js';

/** An extension: one of the business's telephones. */
export interface Extension {
  /** The extension's SIP code. */
  code: string | null;
  /** The extension's display name. */
  name: string | null;
}

/** The agent who handled the call. */
export interface Representative {
  /** The agent's name. Wire key `representative_name`. */
  name: string | null;
  /** The agent's code, with its leading zeros. Wire key `representative_code`. */
  code: string | null;
}

/** The queue that the call entered. */
export interface Queue {
  /** The queue's id; null if none was sent. Wire key `queueid`. */
  id: string | null;
  /** The queue's name. Wire key `queuename`, misprinted `queueenamel` in the vendor's document. */
  name: string | null;
  /** Seconds waited in the queue. Wire key `seconds_waiting_in_queue`. */
  waitSeconds: number | null;
}

/** A menu that the caller went through. The same menu can occur several times. */
export interface IvrLayer {
  /** The menu's id. Wire key `layer_id`. */
  layerId: string | null;
  /** The menu's name. Wire key `layer_name`. */
  layerName: string | null;
  /** The menu's number in its tree. Wire key `layer_number`. */
  layerNumber: number | null;
  /**
   * The keys that the caller pressed, including leading zeros, `*` and `#`. Null if nothing was
   * pressed: that is sent as 0, so a press of 0 is null too. Wire key `Dtmf`.
   */
  digits: string | null;
  /** The position of the menu in the caller's path. Wire key `dtmf_order`. */
  order: number | null;
}

/** An account, or the main account above it. */
export interface Department {
  /** The account's id. */
  id: string | null;
  /** The account's name. */
  name: string | null;
}

/** The dialer campaign that made the call. Each key is sent at the top level or in `dialerData`. */
export interface DialerData {
  /** Wire key `campaignID`. */
  campaignId: string | null;
  /** Wire key `campaignName`. */
  campaignName: string | null;
  /** Wire key `campaignCode`. */
  campaignCode: string | null;
  /** Wire key `CampaignTypeID`. */
  campaignTypeId: string | null;
  /** Wire key `campaignTypeName`. */
  campaignTypeName: string | null;
  /** The dialer's own id of the call, not the `callId` of the record. Wire key `CallID`. */
  callId: string | null;
  /** The dialer's own status. Wire key `StatusName`. */
  statusName: string | null;
  /** The number that the campaign called. Wire key `Phone`. */
  phone: string | null;
  /** When the call was added to the campaign, as sent. Wire key `CallInserted`. */
  callInserted: string | null;
  /** Which attempt this was. Wire key `RetryNum`. */
  retryNumber: number | null;
  /** How many attempts the campaign allows. Wire key `RetryAmount`. */
  retryAmount: number | null;
}

/** What the do-not-call registry said about the number. */
export interface DoNotCall {
  /** Whether the number is on the registry. Wire key `IsDoNotCallMe`. */
  listed: boolean | null;
  /** The registry's answer. Wire key `DoNotCallMeStatus`. */
  status: string | null;
  /** The code of the registry's answer. Wire key `DoNotCallMeStatusCode`. */
  statusCode: string | null;
  /** The id of the lookup. Wire key `DoNotCallMetransactionId`. */
  transactionId: string | null;
  /** The name of the account's token for the registry. Wire key `DoNotCallMeTokenName`. */
  tokenName: string | null;
}

/** How each leg ended; null for a leg whose status was not sent. */
export interface LegStatus {
  /** How the first leg ended. Wire key `leg1DialStatusName`, else `status` on a first leg. */
  leg1: CallStatus | null;
  /** How the second leg ended. Wire key `status`. */
  leg2: CallStatus | null;
}
