import { describe, expect, it } from 'vitest';
import { type CdrBody, type ParseOptions, parseCdr } from 'voicenter-cdr';
import { CONTENT_TYPES, ENCODERS, errorOf, minimal, QUEUE, type Wire } from './records.js';

describe('keys with a special meaning in JavaScript are data', () => {
  const names = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'];
  const json = `{${names.map((name) => `"${name}":"x"`).join()},"CustomData":{${names.map((name) => `"${name}":"y"`).join()}},${JSON.stringify(minimal()).slice(1)}`;
  const form = `${names.map((name) => `${name}=x`).join('&')}&${names.map((name) => `CustomData[${name}]=y`).join('&')}&${ENCODERS.form(minimal())}`;
  const members = (value: string) =>
    names.map((name) => `<member><name>${name}</name><value>${value}</value></member>`).join('');
  const xmlRpc = ENCODERS['xml-rpc'](minimal()).replace(
    '<struct>',
    `<struct>${members('x')}<member><name>CustomData</name><value><struct>${members('y')}</struct></value></member>`,
  );

  it.each<[format: string, body: CdrBody]>([
    ['json', json],
    ['form', form],
    ['xml-rpc', xmlRpc],
    ['an object', JSON.parse(json)],
  ])('in %s', (_, body) => {
    const cdr = parseCdr(body);
    for (const name of names) {
      expect(Object.getOwnPropertyDescriptor(cdr.raw, name)?.value).toBe('x');
      expect(Object.getOwnPropertyDescriptor(cdr.customData, name)?.value).toBe('y');
      expect(Object.getOwnPropertyDescriptor({ ...cdr.raw }, name)?.value).toBe('x');
    }
    expect(Object.keys(cdr.customData)).toEqual(names);
    expect(cdr.issues).toEqual([]);
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });

  it('in brackets of a parsed body that already has the structure', () => {
    const cdr = parseCdr({ ...minimal(), a: { b: 1 }, 'a[__proto__][polluted]': 'x' });
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    const nested = JSON.parse('{"__proto__":{"polluted":"x"}}');
    expect(cdr.raw['a']).toEqual([{ b: 1 }, nested]);
  });

  it.each<[format: string, body: CdrBody]>([
    ['json', JSON.stringify(minimal({ IVR: [{ layer_id: 1 }] }))],
    ['form', `${ENCODERS.form(minimal())}&IVR[0][layer_id]=1`],
    ['xml-rpc', ENCODERS['xml-rpc'](minimal({ IVR: [{ layer_id: 1 }] }))],
    ['an object', minimal({ IVR: [{ layer_id: 1 }] })],
  ])('because raw has no prototype, and its values have the usual ones: %s', (_, body) => {
    const { raw, customData } = parseCdr(body);
    expect(Object.getPrototypeOf(raw)).toBeNull();
    expect(Object.getPrototypeOf(customData)).toBeNull();
    const [layer] = raw['IVR'] as object[];
    expect(Object.getPrototypeOf(layer)).toBe(Object.prototype);
  });

  it('and undefined if they were not sent', () => {
    const cdr = parseCdr(JSON.stringify(minimal({ CustomData: { vip: 1 } })));
    for (const name of names) {
      expect(cdr.raw[name]).toBeUndefined();
      expect(cdr.customData[name]).toBeUndefined();
    }
  });
});

describe('a form of fifty thousand keys without a value', () => {
  it('is read, with the record at its end', () => {
    const body = `${'a&'.repeat(50_000)}${ENCODERS.form(minimal())}`;
    expect(parseCdr(body, CONTENT_TYPES.form).callId).toBe(minimal()['ivruniqueid']);
  });
});

describe('a form key of millions of parts', () => {
  it.each(['.a', '[a]', '[]', 'a.'])('is refused: %s', (part) => {
    const key = `IVR${part.repeat(1e7 / part.length)}`;
    for (const body of [`${key}=1`, { [key]: '1' }]) {
      const { code } = errorOf(body, CONTENT_TYPES.form);
      expect(['too_large', 'missing_field']).toContain(code);
    }
  });
});

describe('a charset of millions of characters', () => {
  it('is unknown', () => {
    const { issues } = parseCdr(JSON.stringify(minimal()), `text/json; charset=${'x'.repeat(9e6)}`);
    expect(issues.map(({ code }) => code)).toEqual(['unknown_charset']);
  });
});

describe('what can end up in a log', () => {
  it('contains only short excerpts without control characters', () => {
    const hostile = `\u001b[31m\r\n2026-01-01 ERROR forged\u202e${'x'.repeat(1000)}`;
    const cdr = parseCdr(
      minimal({
        type: hostile,
        status: hostile,
        duration: hostile,
        [`${hostile}\u0000`]: 1,
        IVR: hostile,
      }),
    );
    for (const { message, received, path } of cdr.issues) {
      expect(message.length).toBeLessThan(200);
      expect(`${message}${received}${path}`).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u);
      expect(String(received).length).toBeLessThanOrEqual(32);
    }
    // The type and the status each have a second issue, for their control characters.
    expect(cdr.issues).toHaveLength(6);
  });

  it('shortens paths, however deep', () => {
    const key = `IVR[0][layer_id]${'[]'.repeat(60)}[x]`;
    const { issues } = parseCdr(`${ENCODERS.form(minimal())}&${key}=1`);
    expect(issues).toMatchObject([{ code: 'invalid_field' }]);
    expect(JSON.stringify(issues).length).toBeLessThan(500);
  });

  it('makes hostile keys safe too', () => {
    const key = `Dur${'_'.repeat(100)}ation`;
    const cdr = parseCdr({ ...minimal({ duration: undefined }), [key]: 'x' });
    expect(cdr.issues[0]?.path.join('').length).toBeLessThanOrEqual(32);
  });
});

function* endless(): Generator<[string, string]> {
  for (;;) yield ['a', 'b'];
}

function throwing(): never {
  throw new Error('no');
}

describe('the input', () => {
  it('is never changed', () => {
    const body = JSON.parse(JSON.stringify([QUEUE]));
    const before = structuredClone(body);
    const bytes = new TextEncoder().encode(JSON.stringify(QUEUE));
    parseCdr(body);
    parseCdr(bytes);
    expect(body).toEqual(before);
    expect(new TextDecoder().decode(bytes)).toBe(JSON.stringify(QUEUE));
    expect(Object.getPrototypeOf(body[0])).toBe(Object.prototype);
  });

  it('is not retained: later changes by the caller do not change raw', () => {
    const body = { ...QUEUE, CustomData: { vip: '1' } };
    const cdr = parseCdr(body);
    body.CustomData.vip = '2';
    expect(cdr.raw['CustomData']).toEqual({ vip: '1' });
  });

  it.each<[what: string, body: () => object]>([
    [
      'a getter that throws',
      () => ({
        ...QUEUE,
        get caller(): never {
          throw new Error('no');
        },
      }),
    ],
    [
      'a revoked proxy',
      () => {
        const { proxy, revoke } = Proxy.revocable({}, {});
        revoke();
        return proxy;
      },
    ],
    [
      'a revoked proxy inside',
      () => {
        const { proxy, revoke } = Proxy.revocable({}, {});
        revoke();
        return { ...QUEUE, x: proxy };
      },
    ],
    [
      'a circular reference',
      () => {
        const body: Wire = { ...QUEUE };
        body['self'] = body;
        return body;
      },
    ],
    ['a list of four billion holes', () => ({ ...QUEUE, IVR: new Array(2 ** 32 - 1) })],
    ['an endless form', () => ({ getAll() {}, [Symbol.iterator]: endless })],
    ['a form that throws', () => ({ getAll() {}, [Symbol.iterator]: throwing })],
    [
      'a form whose items are not pairs',
      () => ({ getAll() {}, [Symbol.iterator]: () => [7].values() }),
    ],
  ])('may be hostile: %s', (_, body) => {
    expect(['malformed', 'too_large', 'unsupported_format']).toContain(errorOf(body()).code);
  });

  it('can be a Date with overridden methods, which are not called', () => {
    class Liar extends Date {
      override toISOString(): string {
        return JSON.parse('{}');
      }
    }
    const cdr = parseCdr(minimal({ time: new Liar(1595960350000) }));
    expect(cdr.raw['time']).toBe('2020-07-28T18:19:10.000Z');
  });

  it('can contain an invalid Date, which no field reads as a time', () => {
    class Liar extends Date {
      override toISOString(): never {
        throw undefined;
      }
    }
    for (const time of [new Date(Number.NaN), new Liar(Number.NaN)]) {
      expect(errorOf(minimal({ time })).code).toBe('invalid_field');
      expect(parseCdr(minimal({ other: time })).raw['other']).toBe('Invalid Date');
    }
  });

  it('can be a list shorter than its length says', () => {
    const IVR = new Proxy([{}], {
      get: (list, key) => (key === 'length' ? -1e9 : Reflect.get(list, key)),
    });
    const items = Array(50).fill(1);
    const limits = { maxNodes: 30 };
    expect(errorOf({ ...minimal(), IVR, items }, null, { limits }).code).toBe('too_large');
  });

  it('can contain dates, functions and symbols', () => {
    const cdr = parseCdr({
      ...minimal({ time: new Date(1595960350000) }),
      f: () => 1,
      s: Symbol('s'),
    });
    expect(cdr.startedAt.toISOString()).toBe('2020-07-28T18:19:10.000Z');
    expect([cdr.raw['f'], cdr.raw['s']]).toEqual([undefined, undefined]);
  });
});

describe('invalid options', () => {
  it.each([null, undefined, {}, { limits: null }, { timeZone: null, strict: null }, 7, 'x'])(
    'mean the defaults: %j',
    (options) => {
      expect(parseCdr(minimal(), null, options as ParseOptions)).toEqual(parseCdr(minimal()));
    },
  );

  it.each([Symbol('zone'), {}, 5, 'Mars/Phobos', ''])(
    'are refused if it is the time zone: %o',
    (timeZone) => {
      const options = { timeZone } as ParseOptions;
      expect(() => parseCdr(minimal(), null, options)).toThrow(RangeError);
    },
  );
});
