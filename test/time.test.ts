import { describe, expect, it } from 'vitest';
import { parseCdr, safeParseCdr } from 'voicenter-cdr';
import { minimal } from './records.js';

const startOf = (time: unknown, timeZone?: string) =>
  parseCdr(minimal({ time }), null, timeZone ? { timeZone } : {}).startedAt.toISOString();

/** Epoch seconds of a wall clock read as UTC. */
const reading = (clock: string) => Date.parse(`${clock}Z`) / 1000;

describe('the start', () => {
  it("is read as Israel's wall clock, written like UTC", () => {
    expect(startOf(1595960350)).toBe('2020-07-28T15:19:10.000Z');
    expect(startOf('1536855354')).toBe('2018-09-13T13:15:54.000Z');
  });

  it('is read as UTC if timeZone says so', () => {
    expect(startOf(1595960350, 'UTC')).toBe('2020-07-28T18:19:10.000Z');
  });

  it.each<[id: string, clock: string, instant: string]>([
    // Clocks that are behind the id's by as much as Israel's is ahead of UTC.
    ['202007281819100b1', '2020-07-28T15:19:12', '2020-07-28T15:19:12.000Z'],
    ['2020072818dcDHFJcc804', '2020-07-28T15:19:12', '2020-07-28T15:19:12.000Z'],
    ['202001151000000b1', '2020-01-15T08:00:02', '2020-01-15T08:00:02.000Z'],
    ['202007280100000b1', '2020-07-27T22:00:02', '2020-07-27T22:00:02.000Z'],
    ['202007281819100b1', '2020-07-28T14:49:10', '2020-07-28T14:49:10.000Z'],
    ['202007281819100b1', '2020-07-28T17:49:10', '2020-07-28T17:49:10.000Z'],
    // Clocks that are behind by another amount, or not at all.
    ['202007281819100b1', '2020-07-28T14:49:09', '2020-07-28T11:49:09.000Z'],
    ['202007281819100b1', '2020-07-28T17:49:11', '2020-07-28T14:49:11.000Z'],
    ['202007281819100b1', '2020-07-28T18:14:33', '2020-07-28T15:14:33.000Z'],
    ['202007281819100b1', '2020-07-28T23:19:10', '2020-07-28T20:19:10.000Z'],
    // Ids that do not show the second, or show no clock at all.
    ['2020072818996012', '2020-07-28T17:30:00', '2020-07-28T17:30:00.000Z'],
    ['2020072818999912', '2020-07-28T17:30:01', '2020-07-28T14:30:01.000Z'],
    ['2020072818456012', '2020-07-28T18:15:00', '2020-07-28T18:15:00.000Z'],
    ['2020072818456012', '2020-07-28T18:15:01', '2020-07-28T15:15:01.000Z'],
    ['202007281', '2020-07-28T15:19:10', '2020-07-28T12:19:10.000Z'],
    ['a202007281819100b1', '2020-07-28T15:19:10', '2020-07-28T12:19:10.000Z'],
    ['2020023018191000', '2020-03-01T15:19:10', '2020-03-01T13:19:10.000Z'],
    ['2020072825191000', '2020-07-28T22:19:10', '2020-07-28T19:19:10.000Z'],
    ['2020072824000000', '2020-07-28T21:00:00', '2020-07-28T18:00:00.000Z'],
  ])('of the call %s at %s is %s', (ivruniqueid, clock, instant) => {
    for (const time of [reading(clock), clock]) {
      expect(parseCdr(minimal({ ivruniqueid, time })).startedAt.toISOString()).toBe(instant);
    }
  });

  it('is read in a given timeZone whatever the id shows', () => {
    const time = reading('2020-07-28T15:19:12');
    const { startedAt } = parseCdr(minimal({ time }), null, { timeZone: 'Asia/Jerusalem' });
    expect(startedAt.toISOString()).toBe('2020-07-28T12:19:12.000Z');
  });

  it('keeps milliseconds', () => {
    expect(startOf(1.001, 'UTC')).toBe('1970-01-01T00:00:01.001Z'); // 1.001 * 1000 is 1000.9999999999999
  });

  // Israel's clock goes from 02:00 to 03:00 on the Friday before the last Sunday in March, and
  // from 02:00 back to 01:00 on the last Sunday in October.
  it.each<[clock: string, instant: string]>([
    ['2020-07-28T18:19:10', '2020-07-28T15:19:10.000Z'],
    ['2020-01-15T12:00:00', '2020-01-15T10:00:00.000Z'],
    ['2024-03-29T01:59:59', '2024-03-28T23:59:59.000Z'],
    ['2024-03-29T03:00:00', '2024-03-29T00:00:00.000Z'],
    ['2024-10-27T00:59:59', '2024-10-26T21:59:59.000Z'],
    ['2024-10-27T02:00:00', '2024-10-27T00:00:00.000Z'],
  ])('at %s on a clock in Israel is %s', (clock, instant) => {
    expect(startOf(reading(clock), 'Asia/Jerusalem')).toBe(instant);
  });

  it.each<[clock: string, instant: string]>([
    ['2024-03-29T02:00:00', '2024-03-29T00:00:00.000Z'],
    ['2024-03-29T02:30:00', '2024-03-29T00:30:00.000Z'],
    ['2024-03-29T02:59:59', '2024-03-29T00:59:59.000Z'],
  ])('in the skipped hour, %s, moves forward: %s', (clock, instant) => {
    expect(startOf(reading(clock), 'Asia/Jerusalem')).toBe(instant);
  });

  it.each<[clock: string, instant: string]>([
    ['2024-10-27T01:00:00', '2024-10-26T22:00:00.000Z'],
    ['2024-10-27T01:30:00', '2024-10-26T22:30:00.000Z'],
    ['2024-10-27T01:59:59', '2024-10-26T22:59:59.000Z'],
  ])('in the repeated hour, %s, is the first of the two: %s', (clock, instant) => {
    expect(startOf(reading(clock), 'Asia/Jerusalem')).toBe(instant);
  });

  it('shows the same wall clock in its zone, except in the skipped hour', () => {
    const shown = new Intl.DateTimeFormat('sv-SE', {
      timeZone: 'Asia/Jerusalem',
      dateStyle: 'short',
      timeStyle: 'medium',
    });
    for (let day = 0; day < 730; day++) {
      const clock = new Date(Date.UTC(2024, 0, 1 + day, (day * 7) % 24, 30)).toISOString();
      if (/03-29T02|03-28T02/.test(clock)) continue;
      const instant = startOf(reading(clock.slice(0, 19)), 'Asia/Jerusalem');
      expect(shown.format(new Date(instant)).replace(' ', 'T')).toBe(clock.slice(0, 19));
    }
  });

  it.each<[zone: string, instant: string]>([
    ['America/New_York', '2020-07-28T16:00:00.000Z'],
    ['Asia/Kolkata', '2020-07-28T06:30:00.000Z'],
    ['Etc/UTC', '2020-07-28T12:00:00.000Z'],
    ['Africa/Monrovia', '2020-07-28T12:00:00.000Z'],
  ])('at noon in %s is %s', (zone, instant) => {
    expect(startOf(reading('2020-07-28T12:00:00'), zone)).toBe(instant);
  });

  it.each<[clock: string, instant: string]>([
    ['2024-03-10T01:59:59', '2024-03-10T06:59:59.000Z'],
    ['2024-03-10T03:30:00', '2024-03-10T07:30:00.000Z'],
    ['2024-11-03T00:30:00', '2024-11-03T04:30:00.000Z'],
    ['2024-11-03T03:30:00', '2024-11-03T08:30:00.000Z'],
  ])(
    'at %s in New York, where the clock changes hours after it does in UTC, is %s',
    (clock, instant) => {
      expect(startOf(reading(clock), 'America/New_York')).toBe(instant);
    },
  );

  it.each<[sent: string, utc: string, israel: string]>([
    ['20200728T18:19:10', '2020-07-28T18:19:10.000Z', '2020-07-28T15:19:10.000Z'],
    ['2020-07-28T18:19:10', '2020-07-28T18:19:10.000Z', '2020-07-28T15:19:10.000Z'],
    ['2020-07-28 18:19:10.5', '2020-07-28T18:19:10.500Z', '2020-07-28T15:19:10.500Z'],
    [' 20200728T181910 ', '2020-07-28T18:19:10.000Z', '2020-07-28T15:19:10.000Z'],
    ['2020-07-28t18:19:10.125z', '2020-07-28T18:19:10.125Z', '2020-07-28T18:19:10.125Z'],
    ['2020-07-28T18:19:10Z', '2020-07-28T18:19:10.000Z', '2020-07-28T18:19:10.000Z'],
    ['2020-07-28T18:19:10+03:00', '2020-07-28T15:19:10.000Z', '2020-07-28T15:19:10.000Z'],
    ['2020-07-28T18:19:10-0130', '2020-07-28T19:49:10.000Z', '2020-07-28T19:49:10.000Z'],
  ])(
    'sent as a date and time, %s, is on the same clock unless it has an offset',
    (sent, utc, israel) => {
      expect(startOf(sent, 'UTC')).toBe(utc);
      expect(startOf(sent)).toBe(israel);
    },
  );

  it.each([
    'yesterday',
    'x2020-07-28T18:19:10',
    '2020-07-28T18:19:10x',
    '2020-07-28T18:19:10.x',
    '2020-07-28x18:19:10',
    'NaN',
    '0x10',
    '٧',
    '2020-13-45T99:99:99',
    '0075-07-28T18:19:10',
    -1,
    1e18,
    '1e999',
    true,
    [{}],
    { seconds: 1 },
  ])('is refused if it is not a time: %j', (time) => {
    for (const timeZone of ['UTC', 'Asia/Jerusalem']) {
      const result = safeParseCdr(minimal({ time }), null, { timeZone });
      expect(result).toMatchObject({
        success: false,
        error: { code: 'invalid_field', format: 'json', issues: [{ path: ['time'] }] },
      });
    }
  });

  it('is right even after the cache of offsets is full', () => {
    const day = 24 * 60 * 60;
    for (let index = 0; index < 11_000; index++) startOf(index * day, 'Asia/Kolkata');
    expect(startOf(5 * day, 'Asia/Kolkata')).toBe('1970-01-05T18:30:00.000Z');
  });

  it('can be from the first second of 1970 to the last of 9999', () => {
    expect(startOf(0, 'UTC')).toBe('1970-01-01T00:00:00.000Z');
    expect(startOf(0, 'America/New_York')).toBe('1970-01-01T05:00:00.000Z');
    expect(startOf(253_402_300_799, 'UTC')).toBe('9999-12-31T23:59:59.000Z');
    expect(safeParseCdr(minimal({ time: 253_402_308_000 })).success).toBe(false);
  });

  it('throws a RangeError for an unknown zone', () => {
    expect(() => parseCdr('{', null, { timeZone: 'Asia/Atlantis' })).toThrow(RangeError);
    expect(() => safeParseCdr('{', null, { timeZone: 'Asia/Atlantis' })).toThrow(RangeError);
    expect(() => parseCdr('{', null, { timeZone: Object(1) })).toThrow(
      new RangeError('Expected the name of a time zone'),
    );
  });
});
