import { type CallType, DIRECTIONS, type Direction, factsOfType } from './call-types.js';
import type { Sources } from './wire.js';

/** The two ends of a call, as the wire record names them. */
type Party = 'caller' | 'target';

const EXTENSIONS = { caller: 'callerExtension', target: 'targetExtension' } as const;

/** Reads a direction in upper or lower case; null if it is not one. */
export function readDirection(sent: string | null): Direction | null {
  if (sent === null) return null;
  const name = sent.toLowerCase();
  return isDirection(name) ? name : null;
}

function isDirection(name: string): name is Direction {
  return DIRECTIONS.some((direction) => direction === name);
}

/**
 * The customer's number: as sent, else that of the outside party if type and direction determine
 * which party that is. Null for a withheld number (`Anonymous`), which cannot be called back.
 */
export function customerPhoneOf(
  type: CallType,
  direction: Direction | null,
  wire: Sources,
): string | null {
  const { call } = wire;
  if (hasDigit(call.customerPhone)) return call.customerPhone;
  const party = partyOf('customer', type, direction);
  // A party with an extension is inside the business, whatever the type says.
  if (party === null || wire[EXTENSIONS[party]]?.code != null) return null;
  return hasDigit(call[party]) ? call[party] : null;
}

function hasDigit(number: string | null): boolean {
  return number !== null && /\d/.test(number);
}

/**
 * The business's own number: the dialed one if it was sent, else the business's end of the call.
 * First legs are made by the business, except in attended transfers, where the first leg goes from
 * one agent to another.
 */
export function businessPhoneOf(
  type: CallType,
  direction: Direction | null,
  { call, callerExtension, targetExtension }: Sources,
): string | null {
  if (hasDigit(call.did)) return call.did;
  const { leg, family } = factsOfType(type);
  const isFromBusiness = direction === 'outgoing' || (leg === 1 && family !== 'attended-transfer');
  const number = isFromBusiness ? call.caller : direction === 'incoming' ? call.target : null;
  const extensions = [callerExtension?.code, targetExtension?.code, call.agentExtension];
  return number !== null && isPhoneNumber(number) && !extensions.includes(number) ? number : null;
}

/** Whether a text is a number that can be dialed; an extension's SIP code has letters. */
function isPhoneNumber(text: string): boolean {
  return /^[+*#]?\d[\d\s().*#-]*$/.test(text);
}

/**
 * The agent's extension: as sent, else the inside party's if type and direction determine which
 * party that is.
 */
export function agentExtensionOf(
  type: CallType,
  direction: Direction | null,
  wire: Sources,
): string | null {
  if (wire.call.agentExtension !== null) return wire.call.agentExtension;
  const party = partyOf('agent', type, direction);
  if (party === null) return null;
  // A first leg goes to the agent: its target is the extension's SIP code.
  return wire[EXTENSIONS[party]]?.code ?? (factsOfType(type).leg === 1 ? wire.call.target : null);
}

/** Who is the customer and who is the agent, if only the direction of the call is known. */
const BY_DIRECTION = {
  customer: { incoming: 'caller', outgoing: 'target' },
  agent: { incoming: 'target', outgoing: 'caller' },
} as const;

/** Which end of a call is the customer or the agent; null if type and direction do not tell. */
export function partyOf(
  role: 'customer' | 'agent',
  type: CallType,
  direction: Direction | null,
): Party | null {
  const facts = factsOfType(type);
  if (direction === 'internal') return null;
  if (facts.direction !== null && direction !== facts.direction) return null;
  if (type !== 'unknown' || direction === null) return facts[role];
  return BY_DIRECTION[role][direction];
}
