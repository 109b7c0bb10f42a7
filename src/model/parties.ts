import { type CallType, type Direction, factsOfType } from './call-types.js';
import type { Sources } from './derive.js';

/** The two ends of a call, as the wire record names them. */
type Party = 'caller' | 'target';

const EXTENSIONS = { caller: 'callerExtension', target: 'targetExtension' } as const;

export const DIRECTIONS: readonly string[] = [
  'incoming',
  'outgoing',
  'internal',
] satisfies Direction[];

/** A direction as it was sent, in any case; null for what is none. */
export function readDirection(sent: string | null): Direction | null {
  if (sent === null) return null;
  const name = sent.toLowerCase();
  return isDirection(name) ? name : null;
}

function isDirection(name: string): name is Direction {
  return DIRECTIONS.includes(name);
}

/**
 * The customer's number: as it was sent, else that of the outside party where type and direction
 * leave no doubt which one that is. A withheld number (`Anonymous`) is nobody to call back.
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
 * The business's own number: the one that was dialled where that was sent, else the business's end
 * of the call. A first leg is made by the business, but that of an attended transfer goes from one
 * agent to the other.
 */
export function businessPhoneOf(
  type: CallType,
  direction: Direction | null,
  { call, callerExtension, targetExtension }: Sources,
): string | null {
  if (hasDigit(call.did)) return call.did;
  const { leg, family } = factsOfType(type);
  const isByBusiness = direction === 'outgoing' || (leg === 1 && family !== 'attended-transfer');
  const number = isByBusiness ? call.caller : direction === 'incoming' ? call.target : null;
  const extensions = [callerExtension?.code, targetExtension?.code, call.agentExtension];
  return number !== null && isPhoneNumber(number) && !extensions.includes(number) ? number : null;
}

/** Digits as they are dialled; the SIP code of an extension has letters. */
function isPhoneNumber(text: string): boolean {
  return /^[+*#]?\d[\d\s().*#-]*$/.test(text);
}

/** The extension on the inside where type and direction leave no doubt which one that is. */
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

/** Who is who on a call of which nothing but the direction is known. */
const BY_DIRECTION = {
  customer: { incoming: 'caller', outgoing: 'target' },
  agent: { incoming: 'target', outgoing: 'caller' },
} as const;

function partyOf(
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
