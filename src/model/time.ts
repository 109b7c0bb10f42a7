import { trimMarks } from '../input/text.js';
import { toNumber } from './read.js';

/** Where the vendor is, and in whose wall clock it writes `time`. */
const VENDOR_TIME_ZONE = 'Asia/Jerusalem';

/** The start of a call, and the clock on which it was read. */
export interface Start {
  instant: Date;
  /** `offset`: the text had one. `option`: the zone that the caller named. */
  clock: 'Israel' | 'UTC' | 'offset' | 'option';
}

/** The first and the last reading of a clock that can be a start, in milliseconds: the years 1970 to 9999. */
const EARLIEST = 0;
const LATEST = 253_402_300_799_999;

/**
 * The start of a call: epoch seconds, as a number or as text, or a date and time; null when it is
 * no time. A date and time with an offset is that instant. All else is the reading of a wall clock:
 * of the zone that the caller names, else Israel's, unless the id shows that it is UTC's.
 */
export function readStart(
  value: unknown,
  callId: string | null,
  timeZone: string | undefined,
): Start | null {
  const seconds = toNumber(value);
  const shown =
    seconds === null ? readDateTime(value) : { wallClockMs: toMs(seconds), offset: null };
  if (shown === null) return null;
  const { wallClockMs, offset } = shown;
  if (!(wallClockMs >= EARLIEST && wallClockMs <= LATEST)) return null;
  if (offset !== null) return { instant: new Date(wallClockMs - offset), clock: 'offset' };
  if (timeZone === undefined && countsInUtc(wallClockMs, callId)) {
    return { instant: new Date(wallClockMs), clock: 'UTC' };
  }
  const instant = new Date(toInstant(wallClockMs, timeZone ?? VENDOR_TIME_ZONE));
  return { instant, clock: timeZone === undefined ? 'Israel' : 'option' };
}

/** Seconds to whole milliseconds, but never up to the next second: it is another `cdrKey`. */
function toMs(seconds: number): number {
  const whole = Math.floor(seconds);
  return whole * 1000 + Math.min(Math.round((seconds - whole) * 1000), 999);
}

const MINUTE = 60 * 1000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * Whether a record counts in true UTC, which its id shows: ids begin with Israel's wall clock at the
 * start of the call, and `time` is on the same clock, seconds to minutes later (in recorded events
 * 277 s earlier to 1191 s later), or hours later for transfers and second legs. In UTC it is two or
 * three hours earlier. Half an hour on either side tells the two apart. docs/wire-format.md has the
 * sources.
 */
function countsInUtc(wallClockMs: number, callId: string | null): boolean {
  const idMs = callId === null ? null : clockOfId(callId);
  if (idMs === null) return false;
  const lead = idMs - wallClockMs;
  return lead >= 0.5 * HOUR && lead <= 3.5 * HOUR;
}

/** Ids begin with `yyyymmddhh`, most with `mmss` after it; one with the hour alone is taken at its start. */
const ID_CLOCK = /^\d{10}(?:[0-5]\d){0,2}/;

function clockOfId(callId: string): number | null {
  const [digits] = ID_CLOCK.exec(callId) ?? [];
  return digits === undefined ? null : utcOf(digits);
}

/** The milliseconds of `yyyymmddhhmmss`, or a start of it; null for a time that does not exist, as 30 February. */
function utcOf(digits: string): number | null {
  const year = 100 * twoDigits(digits, 0) + twoDigits(digits, 2);
  const month = twoDigits(digits, 4);
  const day = twoDigits(digits, 6);
  const hour = twoDigits(digits, 8);
  const minute = twoDigits(digits, 10);
  const second = twoDigits(digits, 12);
  const ms = Date.UTC(year, month - 1, day, hour, minute, second);
  const isTime = month >= 1 && month <= 12 && day >= 1 && hour < 24 && minute < 60 && second < 60;
  // Date.UTC takes 30 February for 1 March.
  return isTime && (day <= 28 || new Date(ms).getUTCDate() === day) ? ms : null;
}

/** The number of two digits; 0 behind the end. */
function twoDigits(digits: string, at: number): number {
  return at < digits.length
    ? 10 * (digits.charCodeAt(at) - 0x30) + digits.charCodeAt(at + 1) - 0x30
    : 0;
}

/**
 * `2020-07-28T18:19:10`, as XML-RPC's dateTime.iso8601 or with more signs, with or without a
 * fraction and an offset. Java leaves the seconds out where they are zero.
 */
const DATE_TIME =
  /^(\d{4}-?\d\d-?\d\d[T ]\d\d:?\d\d)(?::?(\d\d)(?:[.,](\d+))?)?\s*(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?$/i;

function readDateTime(value: unknown): { wallClockMs: number; offset: number | null } | null {
  const found = typeof value === 'string' ? DATE_TIME.exec(trimMarks(value)) : null;
  if (found === null) return null;
  const [, dateAndMinutes = '', second = '', fraction = '', zone] = found;
  const seconds = utcOf(dateAndMinutes.replace(/\D/g, '') + second);
  const offset = zone === undefined ? null : offsetOf(zone);
  if (seconds === null || offset === undefined) return null;
  return { wallClockMs: seconds + Number(fraction.slice(0, 3).padEnd(3, '0')), offset };
}

/** The milliseconds of `+03:00`, `+0300`, `+03`, `Z` or `UTC`; undefined for one that there is not. */
function offsetOf(zone: string): number | undefined {
  const [, sign, hours, minutes] = /^([+-])(\d\d):?(\d\d)?$/.exec(zone) ?? [];
  if (sign === undefined) return 0;
  const offset = Number(hours) * HOUR + Number(minutes ?? 0) * MINUTE;
  if (Number(minutes ?? 0) > 59 || offset > 14 * HOUR) return undefined; // UTC+14 is the largest
  return sign === '-' ? -offset : offset;
}

/**
 * The instant at which a zone's clock showed a reading.
 *
 * A reading that the clock skips when summer time begins is taken to be as much later; one that it
 * shows twice when summer time ends is the first of the two. Calendars do so by default (Temporal's
 * "compatible", RFC 5545), and no call moves before one that began earlier on the same clock.
 */
function toInstant(wallClockMs: number, timeZone: string): number {
  const zone = zoneOf(timeZone);
  const day = Math.floor(wallClockMs / DAY);
  const before = zone.offsetOnDay(day - 1);
  const after = zone.offsetOnDay(day + 2);
  const first = wallClockMs - before;
  if (before === after || zone.offsetAt(first) === before) return first;
  const second = wallClockMs - after;
  return zone.offsetAt(second) === after ? second : first;
}

/**
 * A start as it is sent: in epoch seconds on Israel's clock, or where that would be read as another
 * instant (in the repeated hour, or well before the clock of the id), as text with an offset.
 */
export function writeStart(startedAt: Date, callId: string): number | string {
  const instant = startedAt.getTime();
  const seconds = (instant + zoneOf(VENDOR_TIME_ZONE).offsetAt(instant)) / 1000;
  const isSame = readStart(seconds, callId, undefined)?.instant.getTime() === instant;
  return isSame ? seconds : startedAt.toISOString();
}

/** How far the clock of a zone is ahead of UTC, in milliseconds. */
interface Zone {
  offsetAt(instant: number): number;
  /** At the start of a day in UTC, counted from the epoch. */
  offsetOnDay(day: number): number;
}

/**
 * A formatter takes longer to make than fifty records to parse, and an offset longer to look up than
 * a record, so both are remembered. They are facts about zones, the same for all calls.
 */
const zones = /* @__PURE__ */ new Map<string, Zone>();

/** As many days as thirty years have. */
const MAX_DAYS = 10_000;

/** @throws RangeError for a zone that is not in the IANA database */
function zoneOf(timeZone: string): Zone {
  const known = zones.get(timeZone);
  if (known) return known;
  const formatter = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  const offsets = new Map<number, number>();
  /** `GMT+03:00` is at the end of the long form; UTC is `GMT` alone. */
  const offsetAt = (instant: number): number => {
    const [, offset = 'Z'] = /GMT([+-]\d\d:\d\d)/.exec(formatter.format(instant)) ?? [];
    return offsetOf(offset) ?? 0;
  };
  const zone = {
    offsetAt,
    offsetOnDay(day: number): number {
      const known = offsets.get(day);
      if (known !== undefined) return known;
      const offset = offsetAt(day * DAY);
      if (offsets.size >= MAX_DAYS) offsets.clear();
      offsets.set(day, offset);
      return offset;
    },
  };
  zones.set(timeZone, zone);
  return zone;
}

/** @throws RangeError for anything but the name of a zone in the IANA database */
export function checkTimeZone(timeZone: unknown): asserts timeZone is string {
  if (typeof timeZone !== 'string') throw new RangeError('Expected the name of a time zone');
  zoneOf(timeZone);
}
