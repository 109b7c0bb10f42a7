export { type Ack, type AckOptions, buildAck } from './ack.js';
export { type Call, groupCalls } from './calls/group.js';
export { isMissed } from './calls/is-missed.js';
export { cdrKey } from './calls/key.js';
export { type CdrLabels, labelsOf } from './calls/labels.js';
export {
  type CdrLeg,
  type LegPair,
  type LegPairOf,
  pairLegs,
} from './calls/legs.js';
export { mergeCdr } from './calls/merge.js';
export { linkTransfers, type TransferChain } from './calls/transfers.js';
export {
  type CdrErrorCode,
  type CdrFormat,
  type CdrIssue,
  type CdrIssueCode,
  CdrParseError,
} from './errors.js';
export type { CdrBody } from './input/body.js';
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
  CdrMember,
  CdrOf,
  LegStatusOnLeg1,
  LegStatusOnLeg2,
} from './model/cdr.js';
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
export {
  CALL_STATUSES,
  type CallStatus,
  type KnownCallStatus,
  OUTCOMES,
  type Outcome,
} from './model/statuses.js';
export {
  type ParseOptions,
  parseCdr,
  parseCdrs,
  type SafeParseResult,
  safeParseCdr,
} from './parse.js';
export { detectFormat } from './read-body.js';
export { type CdrRequest, type Receiver, receiveCdr } from './receive.js';
