export type { CallLogAnswerOptions } from './testing/call-log-answer.js';
export { type EncodedCdr, type EncodeOptions, encodeCallLog, encodeCdr } from './testing/encode.js';
export { type ParsedAck, parseAck } from './testing/parse-ack.js';
export { sampleCdr, type WireCdr } from './testing/sample.js';
export { type LegStatuses, sampleCall, type WireLeg } from './testing/sample-call.js';
