import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AckOptions, buildAck, type CdrFormat, detectFormat } from 'voicenter-cdr';
import { READERS } from './foreign-clients.js';
import { hostileBody } from './fuzz/bodies.js';
import { checkPromises } from './fuzz/promises.js';

fc.configureGlobal({ seed: 20200728 });

describe('for every body, however broken', () => {
  it('parseCdr returns a Cdr or throws a CdrParseError, and buildAck answers either', async () => {
    let read = 0;
    await fc.assert(
      fc.asyncProperty(hostileBody, async (hostile) => {
        if (await checkPromises(hostile)) read++;
      }),
      { numRuns: 5000 },
    );
    // Otherwise the bodies are so broken that only refusals are checked.
    expect(read).toBeGreaterThan(500);
  }, 120_000);

  it.each([
    ['a value of any type', undefined],
    ['nothing', null],
    ['a Proxy that throws at everything', throwing()],
    ['a function', () => 'ivruniqueid=a'],
    ['text in a box', new String('ivruniqueid=a&type=a&status=a&time=1')],
    ['a view of shared memory', new Uint8Array(new SharedArrayBuffer(8))],
    ['shared memory', new SharedArrayBuffer(8)],
    ['a detached buffer', detached()],
    ['a Map', new Map([['ivruniqueid', 'a']])],
    ['a class', class {}],
    ['a promise', Promise.resolve({})],
    ['an iterator', [1].values()],
    ['a typed array', new Float64Array([1, Number.NaN])],
    ['a DataView', new DataView(new ArrayBuffer(3))],
    ['a RegExp', /a/],
    ['an Error', new Error('a')],
    ['a BigInt in a box', Object(5n)],
    ['a sealed object', Object.seal({ ivruniqueid: Object.freeze([]) })],
  ])('the same holds for %s', async (_, body) => {
    expect(await checkPromises({ kind: '', body: body as object, contentType: null })).toBe(false);
  });

  it('detectFormat never throws', () => {
    const any = fc.oneof(fc.anything(), fc.constant(Symbol('x')));
    fc.assert(
      fc.property(any, any, (body, contentType) => {
        const format = detectFormat(body as object, contentType as string);
        expect([null, 'json', 'xml-rpc', 'form']).toContain(format);
      }),
      { numRuns: 1000 },
    );
    expect(detectFormat(throwing() as object, throwing() as string)).toBeNull();
  });

  it('buildAck always returns a well-formed answer', async () => {
    const any = fc.oneof(fc.anything(), fc.constant(Symbol('x')));
    const format = fc.oneof(any, fc.constantFrom('json', 'xml-rpc', 'form'));
    const options = fc.oneof(
      any,
      fc.record({
        errdesc: fc.oneof(any, fc.string({ unit: 'binary' })),
        keys: fc.constantFrom('lower', '__proto__', 'x', null, 7),
      }),
    );
    await fc.assert(
      fc.asyncProperty(any, format, options, async (err, asked, how) => {
        const ack = buildAck(err, asked as CdrFormat, how as AckOptions);
        const sent = ack.headers['content-type'];
        const read = READERS[/xml/.test(sent) ? 'xml-rpc' : /json/.test(sent) ? 'json' : 'form'];
        expect(await read(ack.body)).toMatchObject({ err: ack.err });
      }),
      { numRuns: 1000 },
    );
    const thrown = buildAck(throwing(), throwing() as CdrFormat, throwing() as AckOptions);
    expect(thrown).toEqual(buildAck(2));
  });
});

/** An object that throws on any access; what it throws does the same. */
function throwing(): unknown {
  const traps = new Proxy(
    {},
    {
      get: () => () => {
        throw traps;
      },
    },
  );
  return new Proxy({}, traps);
}

function detached(): ArrayBuffer {
  const buffer = new ArrayBuffer(8);
  structuredClone(buffer, { transfer: [buffer] });
  return buffer;
}
