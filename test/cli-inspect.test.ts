import { describe, expect, it } from 'vitest';
import { cdrKey, parseCdr } from 'voicenter-cdr';
import { encodeCdr, sampleCdr } from 'voicenter-cdr/testing';
import { wireKeysOf } from '../src/cli/field-keys.js';
import { WIRE_KEYS } from '../src/model/wire.js';
import { command } from './command.js';
import { FIXTURES } from './fixtures.js';
import { ENCODERS, fieldsReadFrom, inWindows1255, minimal, QUEUE, type Wire } from './records.js';

/** What inspect prints about a record on standard input. */
async function inspected(record: Wire, ...args: string[]): Promise<string> {
  const { out } = await command(['inspect', ...args], { input: ENCODERS.json(record) });
  return out;
}

/** A line of a table, without the widths of its columns. */
const row = (...cells: string[]) =>
  new RegExp(
    `^  ${cells.map((cell) => cell.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('  +')}$`,
    'm',
  );

describe('inspect', () => {
  it('shows format, charset, key and answer', async () => {
    const out = await inspected(QUEUE, '--content-type', 'application/json');
    expect(out).toMatch(row('format', 'JSON, from application/json'));
    expect(out).toMatch(row('charset', 'utf-8, the default'));
    expect(out).toMatch(row('key', cdrKey(parseCdr(QUEUE))));
    expect(out).toMatch(row('answer', 'application/json, err 0: OK'));
    expect(out).toMatch(/\n✔ readable\n\n$/);
  });

  it('says if the Content-Type did not determine the format', async () => {
    const out = await inspected(QUEUE, '--content-type', 'text/plain');
    expect(out).toMatch(row('format', 'JSON, detected from the body: not text/plain'));
    expect(await inspected(QUEUE)).toMatch(
      row('format', 'JSON, detected from the body: no Content-Type'),
    );
  });

  it('shows the wire keys as sent', async () => {
    const out = await inspected({ ...minimal(), Queue_Name: 'Sales', leg1dialstatusname: 'BUSY' });
    expect(out).toMatch(row('callId', 'ivruniqueid', '202007281819100b1'));
    expect(out).toMatch(row('queue.name', 'Queue_Name', 'Sales'));
  });

  it('shows the key that decided a derived field', async () => {
    const call = { type: 'Extension Outgoing', caller: '0721234567', target: '0501234567' };
    const out = await inspected(minimal(call));
    expect(out).toMatch(row('customerPhone', 'target', '0501234567'));
    expect(out).toMatch(row('businessPhone', 'caller', '0721234567'));
  });

  it('makes keys and empty values safe to print', async () => {
    const out = await inspected({ ...minimal(), '\ncaller': '0501234567', queueid: '\u202e0' });
    expect(out).toMatch(row('caller', '\uFFFDcaller', '0501234567'));
    expect(out).toMatch(row('queue', 'queueid', 'the call entered no queue'));
    const named = await inspected({ ...minimal(), queuename: 'Sales', queueid: '\u202e0' });
    expect(named).toMatch(row('queue.id', 'queueid', 'sent as "\uFFFD0": nothing'));
  });

  it('shows keys inside structures', async () => {
    const out = await inspected(minimal({ dialerData: '{"campaignID":"7"}' }));
    expect(out).toMatch(row('dialer.campaignId', 'dialerData.campaignID', '7'));
  });

  it('shows the key that has the value, of several spellings or places', async () => {
    const CustomData = { OriginalIvrUniqueID: 'b' };
    const call = { caller: '1', Caller: '2', CALLER: '', OriginalIvrUniqueID: '', CustomData };
    const out = await inspected(minimal(call));
    expect(out).toMatch(row('caller', 'Caller', '2'));
    expect(out).toMatch(row('originalCallId', 'CustomData.OriginalIvrUniqueID', 'b'));
  });

  it('shows menus, custom data and the size of an AI analysis', async () => {
    const insights = { summary: 'לקוח שאל על מחיר', questions: [{ key: 'a', answer: '1' }] };
    const aiData = { insights, transcript: [{ text: 'a' }, { text: 'b' }] };
    const out = await inspected({ ...QUEUE, aiData, CustomData: { order: '17' } });
    expect(out).toMatch(row('ivr', 'IVR', '0, pressed 2: Main IVR'));
    expect(out).toMatch(row('customData', 'CustomData', 'order=17'));
    expect(out).toMatch(row('ai', 'aiData', '1 answer, 0 emotions'));
    expect(out).toMatch(row('ai', 'aiData', '2 sentences'));
    expect(out).toMatch(row('ai', 'aiData', 'לקוח שאל על מחיר'));
  });

  it('does not take custom data for the fields of the call', async () => {
    const CustomData = { did: '7', price: '5', direction: 'outgoing', campaignID: '9' };
    const out = await inspected(minimal({ CustomData, dialerData: { caller: '050', Phone: '1' } }));
    expect(out).toMatch(row('did', 'did', 'not sent'));
    expect(out).toMatch(row('priceAgorot', 'price', 'not sent'));
    expect(out).toMatch(row('direction', 'type', 'incoming'));
    expect(out).toMatch(row('dialer.campaignId', 'campaignID', 'not sent'));
    expect(out).toMatch(row('caller', 'caller', 'not sent'));
  });

  it('shows custom data that was sent as JSON text', async () => {
    const out = await inspected(minimal({ CustomData: '{"order":"17"}' }));
    expect(out).toMatch(row('customData', 'CustomData', 'order=17'));
  });

  it.each<[why: string, field: string, key: string, record: Wire]>([
    ['not sent', 'did', 'did', minimal()],
    ['sent empty', 'did', 'DID', minimal({ DID: '' })],
    ['not usable: see issues', 'priceAgorot', 'price', minimal({ price: 'free' })],
    ['calls of this type have one leg', 'leg', 'type', minimal()],
    ['the type is unknown', 'leg', 'type', minimal({ type: 'Hologram' })],
    ['the call entered no queue', 'queue', 'queueid', minimal({ queueid: 0 })],
    ['the number is withheld', 'customerPhone', 'caller', minimal({ caller: 'Anonymous' })],
    [
      'the number is withheld',
      'customerPhone',
      'caller',
      minimal({ type: 'VoiceMail', caller: 'Anonymous' }),
    ],
    ['not usable: see issues', 'ivr', 'IVR', minimal({ IVR: [1] })],
    ['not usable: see issues', 'dialer', 'campaignID', minimal({ dialerData: 'x' })],
    ['not sent', 'dialer.phone', 'Phone', minimal({ dialerData: { campaignID: 7 } })],
    [
      'the type and direction do not determine it',
      'customerPhone',
      'caller',
      minimal({ type: 'CC', caller: '1' }),
    ],
    ['not sent, and the type does not determine it', 'direction', 'type', minimal({ type: 'CC' })],
    [
      'isAnswer was not sent, and the status is unknown',
      'answered',
      'status',
      minimal({ status: 'NEW' }),
    ],
    [
      'the record of the second leg has it',
      'legStatus.leg2',
      'status',
      minimal({ type: 'Click2Call leg1' }),
    ],
    [
      'leg1DialStatusName was not sent',
      'legStatus.leg1',
      'status',
      minimal({ type: 'Click2Call leg2' }),
    ],
  ])('says why a field is null: %s', async (why, field, key, record) => {
    expect((await inspected(record)).replace(/\n {30,}/g, ' ')).toMatch(row(field, key, why));
  });

  it('lists issues', async () => {
    const out = await inspected(minimal({ duration: -1 }));
    expect(out).toContain('ISSUES\n  duration: expected seconds');
    expect(out).toContain('✔ readable, 1 issue');
  });

  it('says why a body was refused, and exits with 1', async () => {
    const { code, out } = await command(['inspect'], { input: '{"caller":' });
    expect(code).toBe(1);
    expect(out).toContain('✘ refused: malformed');
    expect(out).toMatch(row('answer', 'application/json, err 1: The body is not valid JSON'));
    const empty = await command(['inspect'], { input: '' });
    expect(empty.out).toMatch(row('format', 'not JSON, XML-RPC or a form'));
  });

  it('shows Hebrew as sent, at the end of the line', async () => {
    const record = minimal({ queuename: 'תור מכירות', representative_name: 'נציג א' });
    const input = inWindows1255(record, 'xml-rpc');
    const { out } = await command(['inspect', '--content-type', 'text/xml; charset=windows-1255'], {
      input,
    });
    expect(out).toMatch(row('queue.name', 'queuename', 'תור מכירות'));
    for (const line of out.split('\n')) expect(line).not.toMatch(/[א-ת].* {2,}/);
  });

  it('makes the whole body safe to print', async () => {
    const out = await inspected(minimal({ CustomData: { note: '\u001B[2J\u202E1\r\n2' } }));
    expect(out).toMatch(row('customData', 'CustomData', 'note=\uFFFD[2J\uFFFD1\uFFFD\uFFFD2'));
  });

  it('fits 80 columns for any body', async () => {
    for (const { body, expected } of FIXTURES) {
      const type = expected.contentType ? ['--content-type', expected.contentType] : [];
      const { out, err } = await command(['inspect', ...type], { input: body });
      expect(err).toBe('');
      for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    }
  }, 60_000);

  it('uses colors if the terminal has them', async () => {
    const { out } = await command(['inspect'], { input: ENCODERS.json(QUEUE), colors: true });
    expect(out).toContain('\u001B[32m✔ readable\u001B[39m');
    expect(out).toContain('\u001B[1mstandard input\u001B[22m');
  });
});

describe('inspect, with files', () => {
  const body = 'fixtures/vendor/queue-json.json';
  const cutOff = 'fixtures/broken/json-cut-off.json';

  it('shows each file, and how many bodies were readable', async () => {
    const { code, out } = await command(['inspect', body, cutOff]);
    expect(out).toMatch(new RegExp(`^${body}\n`, 'm'));
    expect(out).toMatch(new RegExp(`^${cutOff}\n`, 'm'));
    expect(out).toMatch(/\n2 bodies: 1 readable, 1 refused\n$/);
    expect(code).toBe(1);
  });

  it('shows every record of a body', async () => {
    const input = JSON.stringify([minimal(), { caller: '0501234567' }, minimal({ type: 'CC' })]);
    const { code, out } = await command(['inspect'], { input });
    expect(out.match(/^[✔✘] .*/gm)).toEqual([
      '✔ readable',
      '✘ refused: missing_field',
      '✔ readable',
    ]);
    expect(code).toBe(1);
    const json = await command(['inspect', '--json'], { input });
    const lines = json.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ key }) => key)).toEqual([expect.any(String), null, expect.any(String)]);
  });
});

describe('inspect --json', () => {
  it('prints one line per body', async () => {
    const { body, contentType } = encodeCdr(sampleCdr('Queue'), 'form');
    const { out } = await command(['inspect', '--json', '--content-type', contentType], {
      input: body,
    });
    const cdr = parseCdr(body, contentType);
    expect(JSON.parse(out)).toEqual({
      file: 'standard input',
      format: 'form',
      charset: { name: 'utf-8', source: expect.any(String) },
      clock: 'Israel',
      cdr: JSON.parse(JSON.stringify(cdr)),
      key: cdrKey(cdr),
      ack: expect.objectContaining({ status: 200, err: 0, body: 'err=0&errdesc=OK' }),
    });
  });

  it('prints the error of an unreadable body', async () => {
    const { code, out } = await command(['inspect', '--json'], { input: '<methodCall>' });
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      format: 'xml-rpc',
      error: { code: 'malformed', message: expect.any(String), issues: [expect.any(Object)] },
      key: null,
      ack: { err: 1 },
    });
  });
});

describe('the wire keys of inspect', () => {
  const { format, issues, raw, ...fields } = parseCdr(QUEUE);
  const names = Object.keys(fields) as (keyof typeof fields)[];

  it.each(names)('exist for %s', (name) => {
    expect(wireKeysOf(name)).not.toEqual([]);
  });

  it.each(Object.keys(WIRE_KEYS).filter((key) => key !== 'dialerData'))(
    'name an existing field for %s',
    (key) => {
      const named = names
        .flatMap(wireKeysOf)
        .filter(({ keys }) => keys.includes(key))
        .map(({ field, part }) => (part === null ? field : `${field}.${part}`));
      expect(named).not.toEqual([]);
      const read = fieldsReadFrom(key);
      // Skips keys whose sample value changes nothing.
      if (read.length > 0) expect(read.filter((name) => named.includes(name))).not.toEqual([]);
    },
  );
});
