import { CALL_TYPES, type KnownCallType } from '../model/call-types.js';
import { checkNames } from '../options.js';
import { FALLBACK_KEYS, PULLED_KEYS } from './keys.js';
import { formatBounds } from './period.js';

/** How the account authenticates: with a code or a token. */
export type CallLogAuth =
  | {
      /** The account's code, for a server whose address is listed in CPanel. */
      code: string;
    }
  | {
      /** A token of the account; the server's address need not be listed. */
      token: string;
    };

/** Which records to ask the Call Log for. */
export interface CallLogQuery {
  /** The account's code, or a token. */
  auth: CallLogAuth;
  /** The start of the period, rounded down to the second. */
  from: Date;
  /** The end of the period, rounded up to the second. Records appear minutes after the call. */
  to: Date;
  /** Only the records of one call, by its id. */
  callId?: string | undefined;
  /** Only records of these types. Here and below, an empty list does not filter. */
  types?: readonly KnownCallType[] | undefined;
  /** Only calls with these phone numbers. */
  phones?: readonly string[] | undefined;
  /** Only calls with these extensions. */
  extensions?: readonly string[] | undefined;
  /** Only calls in these queues. */
  queueIds?: readonly (string | number)[] | undefined;
  /** Only calls of these campaigns of a dialer. */
  campaignIds?: readonly (string | number)[] | undefined;
  /**
   * Whose records: the account's, those of its subaccounts too, a department's or a user's. The
   * service has its own default.
   */
  scope?: 'account' | 'hierarchical' | 'department' | 'user' | undefined;
}

/** A request to the Call Log. */
export interface CallLogRequest {
  /** The address of the Call Log. */
  url: string;
  /** Always POST: the search is in the body. */
  method: 'POST';
  /** The headers, with lower-case names: the content type and, with a token, the authorization. */
  headers: Record<string, string>;
  /** JSON text. If `auth` has a code, the text contains that secret. */
  body: string;
}

const URL = 'https://api.voicenter.com/hub/cdr/';

const SCOPES: Record<NonNullable<CallLogQuery['scope']>, string> = {
  account: 'Account',
  hierarchical: 'Hierarchical',
  department: 'Department',
  user: 'User',
};

/**
 * Builds the request that asks the Call Log for the records of a period. Send it with `fetch`, and
 * read the answer with {@link parseCallLog}. It asks for every field that a `Cdr` holds.
 *
 * @throws RangeError for an invalid date, or a period that ends before it begins
 * @throws TypeError if there is no code or token, and for an unknown name, type or scope
 *
 * @example
 * ```ts
 * import { callLogRequest } from 'voicenter-cdr/call-log';
 *
 * const { url, ...init } = callLogRequest({
 *   auth: { token: 'secret' },
 *   from: new Date('2024-06-10T00:00:00Z'),
 *   to: new Date('2024-06-11T00:00:00Z'),
 * });
 * // const answer = await fetch(url, init);
 * console.log(JSON.parse(init.body).search); // { fromdate: '2024-06-10T00:00:00', todate: '2024-06-11T00:00:00' }
 * ```
 */
export function callLogRequest(query: CallLogQuery): CallLogRequest {
  checkNames(query, QUERY_NAMES);
  const { code, token }: { code?: string; token?: string } = query.auth ?? {};
  if (!code && !token) throw new TypeError('Expected auth with a code or a token');
  return {
    url: URL,
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({
      code,
      search: {
        ...formatBounds(query.from, query.to),
        phones: unlessEmpty(query.phones),
        extensions: unlessEmpty(query.extensions),
        IdentityCriteria: query.scope && known(SCOPES, query.scope, 'scope'),
        callID: query.callId,
        cdrTypes: unlessEmpty(query.types)?.map((type) => known(CALL_TYPES, type, 'type').number),
        campaignID: unlessEmpty(query.campaignIds),
        queueID: unlessEmpty(query.queueIds),
      },
      fields: [...PULLED_KEYS.values(), ...Object.values(FALLBACK_KEYS), 'Price'],
    }),
  };
}

/** A misspelled filter must not be ignored: it would pull the whole account. */
const QUERY_NAMES = [
  'auth',
  'from',
  'to',
  'callId',
  'types',
  'phones',
  'extensions',
  'queueIds',
  'campaignIds',
  'scope',
] as const satisfies (keyof CallLogQuery)[];

function unlessEmpty<T>(list: readonly T[] | undefined): readonly T[] | undefined {
  return list && list.length > 0 ? list : undefined;
}

/** @throws TypeError for a name that is not in the table: the service would ignore the filter */
function known<T>(table: Record<string, T>, name: string, what: string): T {
  const value = Object.hasOwn(table, name) ? table[name] : undefined;
  if (value === undefined) {
    throw new TypeError(`Unknown ${what} "${name}": expected ${Object.keys(table).join(', ')}`);
  }
  return value;
}
