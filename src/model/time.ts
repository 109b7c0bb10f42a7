import { trimMarks } from '../input/text.js';
import { toNumber } from './read.js';

/** The vendor's time zone, in whose wall clock `time` is written. */
const VENDOR_TIME_ZONE = 'Asia/Jerusalem';

/** `offset`: the one in the text. `option`: the zone in the option `timeZone`. */
export type Clock = 'Israel' | 'UTC' | 'offset' | 'option';

/** The start of a call, and the clock on which it was read. */
export interface Start {
  instant: Date;
  clock: Clock;
}

/** The earliest and latest start, as wall-clock milliseconds: the years 1970 to 9999. */
const EARLIEST = 0;
const LATEST = 253_402_300_799_999;

/**
 * Reads the start of a call: epoch seconds, as a number or as text, or a date-time; null if it is
 * neither. A date-time with an offset is that instant. Anything else is wall-clock time: in the
 * zone that the caller names, else in Israel's, unless the id shows that it is UTC.
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

/** Rounds to whole milliseconds, but never up to the next second: that would change `cdrKey`. */
function toMs(seconds: number): number {
  const whole = Math.floor(seconds);
  return whole * 1000 + Math.min(Math.round((seconds - whole) * 1000), 999);
}

const MINUTE = 60 * 1000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * Whether the id shows that a record counts in true UTC. Ids begin with Israel's wall-clock time at
 * the start of the call. `time` is normally on the same clock, seconds to minutes later (in
 * recorded events, 277 s earlier to 1191 s later), or hours later for transfers and second legs. In
 * UTC, it is two or three hours earlier. A margin of half an hour on either side separates the two
 * cases. The sources are in docs/wire-format.md.
 */
function countsInUtc(wallClockMs: number, callId: string | null): boolean {
  const idMs = callId === null ? null : clockOfId(callId);
  if (idMs === null) return false;
  const lead = idMs - wallClockMs;
  return lead >= 0.5 * HOUR && lead <= 3.5 * HOUR;
}

/** Ids begin with `yyyymmddhh`, mostly followed by `mmss`, else taken as 0 minutes and seconds. */
const ID_CLOCK = /^\d{10}(?:[0-5]\d){0,2}/;

function clockOfId(callId: string): number | null {
  const [digits] = ID_CLOCK.exec(callId) ?? [];
  return digits === undefined ? null : utcOf(digits);
}

/**
 * The milliseconds of `yyyymmddhhmmss` or a prefix; null if there is no such time (30 February).
 */
function utcOf(digits: string): number | null {
  const year = 100 * twoDigits(digits, 0) + twoDigits(digits, 2);
  const month = twoDigits(digits, 4);
  const day = twoDigits(digits, 6);
  const hour = twoDigits(digits, 8);
  const minute = twoDigits(digits, 10);
  const second = twoDigits(digits, 12);
  const ms = Date.UTC(year, month - 1, day, hour, minute, second);
  // Date.UTC takes the years 0 to 99 for 1900 to 1999.
  const isTime =
    year > 99 && month >= 1 && month <= 12 && day >= 1 && hour < 24 && minute < 60 && second < 60;
  // Date.UTC rolls 30 February over into March.
  return isTime && (day <= 28 || new Date(ms).getUTCDate() === day) ? ms : null;
}

/** Two digits as a number; 0 past the end. */
function twoDigits(digits: string, at: number): number {
  return at < digits.length
    ? 10 * (digits.charCodeAt(at) - 0x30) + digits.charCodeAt(at + 1) - 0x30
    : 0;
}

/**
 * `2020-07-28T18:19:10`, with or without separators (XML-RPC's dateTime.iso8601 has few), a
 * fraction and an offset. Seconds are optional: Java omits them if they are zero.
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

/**
 * The milliseconds of `+03:00`, `+0300`, `+03`, `Z` or `UTC`; undefined if no such offset exists.
 */
function offsetOf(zone: string): number | undefined {
  const [, sign, hours, minutes] = /^([+-])(\d\d):?(\d\d)?$/.exec(zone) ?? [];
  if (sign === undefined) return 0;
  const offset = Number(hours) * HOUR + Number(minutes ?? 0) * MINUTE;
  if (Number(minutes ?? 0) > 59 || offset > 14 * HOUR) return undefined; // UTC+14 is the largest
  return sign === '-' ? -offset : offset;
}

/**
 * The instant at which a zone's clock showed a wall-clock time.
 *
 * A time that is skipped when daylight saving time begins is moved forward by the length of the
 * gap; a time that occurs twice when it ends is the first of the two. Calendars do this by default
 * (Temporal's "compatible", RFC 5545), and no call moves before one that began earlier on the same
 * clock.
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
 * A start as it is sent: epoch seconds on Israel's clock, or ISO text with an offset if the seconds
 * would be read back as another instant (in the repeated hour, or well before the clock of the id).
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
 * A cache: creating a formatter takes longer than parsing fifty records, and looking up an offset
 * longer than parsing one. Both are facts about a zone, the same for all calls.
 */
const zones = /* @__PURE__ */ new Map<string, Zone>();

/** About 27 years. */
const MAX_DAYS = 10_000;

/** @throws RangeError for a zone that is not in the IANA database */
function zoneOf(timeZone: string): Zone {
  const known = zones.get(timeZone);
  if (known) return known;
  const formatter = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  const offsets = new Map<number, number>();
  /** The formatted date ends in an offset such as `GMT+03:00`, or in `GMT` alone for UTC. */
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
