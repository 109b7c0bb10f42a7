export { type CallLogPage, parseCallLog, type RefusedRecord } from './call-log/answer.js';
export { CallLogError, type CallLogErrorFacts } from './call-log/error.js';
export { splitPeriod } from './call-log/period.js';
export {
  type CallLogAuth,
  type CallLogQuery,
  type CallLogRequest,
  callLogRequest,
} from './call-log/request.js';
