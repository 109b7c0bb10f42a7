export { type Ack, type AckOptions, buildAck } from './ack.js';
export type { CdrBody } from './body.js';
export {
  type CdrErrorCode,
  type CdrFormat,
  type CdrIssue,
  CdrParseError,
} from './errors.js';
export { cdrKey } from './key.js';
export { type CdrLabels, labelsOf } from './labels.js';
export {
  type CdrLeg,
  joinLeg,
  type LegPair,
  type LegPairOf,
} from './legs.js';
export type { Limits } from './limits.js';
export type {
  AiAnswer,
  AiData,
  AiEmotion,
  AiParticipant,
  AiQuestion,
  AiSentence,
} from './model/ai.js';
export {
  CALL_TYPES,
  type CallType,
  type Direction,
  type KnownCallType,
  type LegFamily,
} from './model/call-types.js';
export type {
  Cdr,
  CdrFields,
  CdrOf,
  LegStatusOnLeg1,
  LegStatusOnLeg2,
  OfAnyStatus,
  OfAnyType,
  OfStatus,
  OfType,
} from './model/cdr.js';
export { isMissed } from './model/is-missed.js';
export type {
  Department,
  DialerData,
  DoNotCall,
  Extension,
  IvrLayer,
  LegStatus,
  Queue,
  Representative,
} from './model/parts.js';
export { cdrSchema } from './model/schema.js';
export {
  CALL_STATUSES,
  type CallStatus,
  type KnownCallStatus,
  OUTCOMES,
  type Outcome,
} from './model/statuses.js';
export { pairLegs } from './pair-legs.js';
export {
  detectFormat,
  type ParseOptions,
  parseCdr,
  type SafeParseResult,
  safeParseCdr,
} from './parse.js';
export { linkTransfers, type TransferChain } from './transfers.js';
