import { MISTAKES_IN_BYTES } from './mistakes/bytes.js';
import { MISTAKES_IN_FORMS } from './mistakes/forms.js';
import type { Mistake } from './mistakes/mistake.js';
import { MISTAKES_IN_RECORDS } from './mistakes/records.js';
import { MISTAKES_IN_XML } from './mistakes/xml-rpc.js';

export { areCompatible, type Mistake, writeWith } from './mistakes/mistake.js';

/** Mistakes of real senders that leave the record readable. */
export const MISTAKES: readonly Mistake[] = [
  ...MISTAKES_IN_RECORDS,
  ...MISTAKES_IN_FORMS,
  ...MISTAKES_IN_XML,
  ...MISTAKES_IN_BYTES,
];
