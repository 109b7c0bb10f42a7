/**
 * Splits a period in half, to ask for each half after a truncated answer. Both halves include the
 * second in the middle, so records of that second can come twice: upsert them by `cdrKey`.
 *
 * @returns `[[from, middle], [middle, to]]`; an empty list for a period of a second or less, which
 * cannot be split
 * @throws RangeError for an invalid date, or a period that ends before it begins
 *
 * @example
 * ```ts
 * import { splitPeriod } from 'voicenter-cdr/call-log';
 *
 * const halves = splitPeriod(new Date('2024-06-10T00:00:00Z'), new Date('2024-06-11T00:00:00Z'));
 * console.log(halves[1]?.[0].toISOString()); // 2024-06-10T12:00:00.000Z
 * ```
 */
export function splitPeriod(from: Date, to: Date): [Date, Date][] {
  checkPeriod(from, to);
  const length = to.getTime() - from.getTime();
  if (length <= SECOND) return [];
  // Rounding stays within the period: each half is longer than half a second.
  const middle = Math.round((from.getTime() + length / 2) / SECOND) * SECOND;
  return [
    [new Date(from), new Date(middle)],
    [new Date(middle), new Date(to)],
  ];
}

const SECOND = 1000;

/** The bounds for a request: ISO 8601 without a zone, in GMT, in whole seconds. */
export function formatBounds(from: Date, to: Date): { fromdate: string; todate: string } {
  checkPeriod(from, to);
  return { fromdate: format(from, Math.floor), todate: format(to, Math.ceil) };
}

function format(date: Date, round: (seconds: number) => number): string {
  const rounded = new Date(round(date.getTime() / SECOND) * SECOND);
  return rounded.toISOString().slice(0, 'YYYY-MM-DDTHH:mm:ss'.length);
}

/** The last second whose year has four digits. */
const LATEST = 253_402_300_799_000;

/** Whether a value is a Date, of any realm. */
function isDate(date: unknown): date is Date {
  return Object.prototype.toString.call(date) === '[object Date]';
}

function written(date: unknown): string {
  if (!isDate(date)) return `a value of type ${typeof date}`;
  return Number.isNaN(date.getTime()) ? 'an invalid date' : date.toISOString();
}

function checkPeriod(from: Date, to: Date): void {
  for (const date of [from, to]) {
    const time = isDate(date) ? date.getTime() : Number.NaN;
    if (!(time >= 0 && time <= LATEST)) {
      throw new RangeError(`Expected dates from 1970 to 9999, received ${written(date)}`);
    }
  }
  if (from > to) {
    throw new RangeError(
      `Expected from before to, received from ${written(from)} and to ${written(to)}`,
    );
  }
}
