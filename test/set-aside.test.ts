import { beforeEach, describe, expect, it, vi } from 'vitest';
import { parseCdr } from 'voicenter-cdr';
import { answerTo } from '../examples/set-aside.js';
import { READERS } from './foreign-clients.js';
import { CONTENT_TYPES, ENCODERS, minimal } from './wire.js';

const save = vi.fn();
const setAside = vi.fn();
const logged = vi.spyOn(console, 'error');

beforeEach(() => {
  for (const mock of [save, setAside, logged]) mock.mockReset().mockReturnValue(undefined);
});

describe.each(['json', 'form', 'xml-rpc'] as const)(
  'a receiver that sets aside, in %s',
  (format) => {
    const contentType = CONTENT_TYPES[format];
    const answer = async (body: string) => {
      const ack = await answerTo(body, contentType, { save, setAside });
      expect(ack.headers['content-type']).toContain(contentType);
      return READERS[format](ack.body);
    };
    const body = ENCODERS[format](minimal());
    const unreadable = ENCODERS[format]({ ivruniqueid: 'a' });

    it('answers OK to what it saved', async () => {
      expect(await answer(body)).toEqual({ err: 0, errdesc: 'OK' });
      expect(save.mock.calls).toEqual([[parseCdr(body, contentType)]]);
      expect(setAside).not.toHaveBeenCalled();
    });

    it('answers OK to what it set aside as it came', async () => {
      expect(await answer(unreadable)).toEqual({ err: 0, errdesc: 'OK' });
      const why = expect.stringContaining('type: required, but not sent');
      expect(setAside.mock.calls).toEqual([[unreadable, contentType, why]]);
      expect(save).not.toHaveBeenCalled();
    });

    it('lets come again what could not be saved', async () => {
      save.mockRejectedValue(new Error('password rejected'));
      expect(await answer(body)).toEqual({ err: 2, errdesc: 'Application error' });
      expect(logged.mock.calls).toEqual([['Error: password rejected']]);
    });

    it('lets come again what could not be set aside', async () => {
      setAside.mockRejectedValue(new Error('disk full'));
      expect(await answer(unreadable)).toEqual({ err: 2, errdesc: 'Application error' });
      expect(logged.mock.calls).toEqual([['Error: disk full']]);
    });
  },
);
