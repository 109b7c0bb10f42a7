import { toNumber } from './read.js';

/** Turns a clock reading, in milliseconds as if it were UTC, into the instant at which it was shown. */
export type Clock = (reading: number) => number;

/** The first and the last instant that a start can be, in milliseconds: the years 1970 to 9999. */
const EARLIEST = 0;
const LATEST = 253_402_300_799_999;

/** `2020-07-28T18:19:10`, as XML-RPC's dateTime.iso8601 or with more signs; with or without an offset. */
const DATE_TIME =
  /^(\d{4})-?(\d\d)-?(\d\d)[T ](\d\d):?(\d\d):?(\d\d)(?:\.\d+)?(Z|[+-]\d\d:?\d\d)?$/i;

/**
 * The start of a call: epoch seconds, as a number or as text, or a date and time; null when it is
 * no time. Seconds and times without an offset are read on the account's clock.
 */
export function readStart(value: unknown, clock: Clock): Date | null {
  const seconds = toNumber(value);
  const start =
    seconds === null
      ? typeof value === 'string'
        ? readDateTime(value.trim(), clock)
        : Number.NaN
      : clock(seconds * 1000);
  return start >= EARLIEST && start <= LATEST ? new Date(Math.round(start)) : null;
}

function readDateTime(text: string, clock: Clock): number {
  const [, year, month, day, hour, minute, second, zone] = DATE_TIME.exec(text) ?? [];
  if (year === undefined) return Number.NaN;
  const reading = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return zone === undefined ? clock(reading) : reading - offsetOf(zone);
}

/** The milliseconds of `+03:00`, `+0300` or `Z`. */
function offsetOf(zone: string): number {
  const [, sign, hours, minutes] = /^([+-])(\d\d):?(\d\d)$/.exec(zone) ?? [];
  const offset = Number(hours ?? 0) * HOUR + Number(minutes ?? 0) * MINUTE;
  return sign === '-' ? -offset : offset;
}

const MINUTE = 60 * 1000;
const HOUR = 60 * MINUTE;

/**
 * A formatter takes longer to make than fifty records to parse, so each zone's is made once. It
 * holds nothing of any call: what a zone's clock shows is the same for all.
 */
const formatters = /* @__PURE__ */ new Map<string, Intl.DateTimeFormat>();

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  formatters.set(timeZone, made);
  return made;
}

/**
 * The clock of a time zone.
 *
 * A reading that the clock skips when summer time begins is taken to be as much later; one that it
 * shows twice when summer time ends is the first of the two. Calendars do so by default (Temporal's
 * "compatible", RFC 5545), and no call moves before one that began earlier on the same clock.
 *
 * @throws RangeError for a zone that is not in the IANA database
 */
export function clockOf(timeZone: string): Clock {
  if (typeof timeZone !== 'string') throw new RangeError('Expected the name of a time zone');
  if (timeZone === 'UTC') return (reading) => reading;
  const formatter = formatterOf(timeZone);
  return (reading) => {
    if (!(reading >= EARLIEST && reading <= LATEST)) return Number.NaN;
    const before = offsetAt(reading - 24 * HOUR, formatter);
    const after = offsetAt(reading + 24 * HOUR, formatter);
    const first = reading - before;
    if (before === after || offsetAt(first, formatter) === before) return first;
    const second = reading - after;
    return offsetAt(second, formatter) === after ? second : first;
  };
}

/** How far a zone's clock is ahead of UTC at an instant: `GMT+03:00` at the end of its long form. */
function offsetAt(instant: number, formatter: Intl.DateTimeFormat): number {
  const [, zone = 'Z'] = /GMT([+-]\d\d:\d\d)/.exec(formatter.format(instant)) ?? [];
  return offsetOf(zone);
}
