import fc from 'fast-check';
import { CALL_TYPES, type Cdr, cdrKey, parseCdr } from 'voicenter-cdr';
import { minimal } from './records.js';

/** Streams of records as a receiver gets them. Few ids, half of one family, so that legs meet. */
export const stream = fc
  .array(
    fc.record({
      ivruniqueid: fc.constantFrom('A', 'B', 'C', 'D'),
      type: fc.oneof(
        fc.constantFrom('Click2Call leg1', 'Click2Call leg2'),
        fc.constantFrom(...Object.keys(CALL_TYPES), 'Hologram'),
      ),
      OriginalIvrUniqueID: fc.constantFrom(null, null, null, 'A', 'B', 'X'),
      time: fc.integer({ min: 1, max: 3 }),
      status: fc.constantFrom('ANSWER', 'ANSWER', 'ABANDONE', 'NOANSWER', 'VOEND', 'PONDERING'),
      duration: fc.constantFrom(0, 30, ''),
      seconds_waiting_in_queue: fc.constantFrom('', 5, 40),
      representative_name: fc.constantFrom('', 'Dana', 'Noa', 'External IVR'),
      extenUser: fc.constantFrom('', 'SIP201', 'SIP202'),
      record: fc.constantFrom('', 'https://a.example/1', 'https://a.example/2'),
    }),
    { maxLength: 20, size: 'max' },
  )
  .map((records) => {
    const cdrs = records.map((sent) => parseCdr(minimal(sent)));
    return [...new Map(cdrs.map((one) => [cdrKey(one), one])).values()];
  });

/** A stream, and the same records in another order, some of them twice. */
export const shuffledWithCopies = stream.chain((cdrs) =>
  fc.tuple(fc.constant(cdrs), shuffledWithSomeTwice(cdrs)),
);

function shuffledWithSomeTwice(cdrs: Cdr[]): fc.Arbitrary<Cdr[]> {
  return fc
    .subarray(cdrs)
    .map((copies) => [...cdrs, ...copies])
    .chain((all) => fc.shuffledSubarray(all, { minLength: all.length }));
}
