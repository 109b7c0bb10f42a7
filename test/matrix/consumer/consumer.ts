import * as voicenter from 'voicenter-cdr';
import * as callLog from 'voicenter-cdr/call-log';
import * as phone from 'voicenter-cdr/phone';
import * as schema from 'voicenter-cdr/schema';
import * as testing from 'voicenter-cdr/testing';

export function receive(body: Uint8Array | ArrayBuffer | string, contentType?: string | null) {
  const result = voicenter.safeParseCdr(body, contentType, {
    timeZone: 'Asia/Jerusalem',
    limits: { maxBytes: 1_000_000 },
  });
  if (result.success) return voicenter.buildAck(0, result.data.format);
  const code: voicenter.CdrErrorCode = result.error.code;
  const issues: voicenter.CdrIssue[] = result.error.issues;
  const errdesc = `${code}: ${issues[0]?.message}`;
  return voicenter.buildAck(result.error, result.error.format, { errdesc, keys: 'pascal' });
}

export function describe(cdr: voicenter.Cdr): string {
  if (cdr.type === 'Queue' && cdr.status === 'ABANDONE') {
    const abandoned: voicenter.CdrOf<'Queue', 'ABANDONE'> = cdr;
    const outcome: 'abandoned' = abandoned.outcome;
    const wait: number | null = abandoned.queue.waitSeconds;
    return `${outcome} after ${wait}`;
  }
  if (cdr.leg === 2) {
    const family: voicenter.LegFamily = cdr.legFamily;
    const second: voicenter.CallStatus = cdr.legStatus.leg2;
    return `${family}: ${voicenter.CALL_STATUSES.BUSY.outcome} ${second}`;
  }
  if (cdr.answered) {
    const status: 'ANSWER' | 'unknown' = cdr.status;
    return status;
  }
  return cdr.ivr.map(({ layerName, digits }) => `${layerName} ${digits}`).join();
}

export function customersOf(cdrs: Iterable<voicenter.Cdr>): (string | null)[] {
  const { pairs, singles } = voicenter.pairLegs(cdrs);
  for (const pair of pairs) {
    if (pair.legFamily !== 'smart-dialer') continue;
    const first: voicenter.CdrOf<'Click 2 IVR'> | null = pair.leg1;
    if (first?.leg === 1) {
      const status: voicenter.CallStatus = first.legStatus.leg1;
      if (status === 'BUSY') return [pair.customerPhone];
    }
  }
  const missed = singles.filter((cdr) => voicenter.isMissed(cdr));
  return [...pairs, ...missed].map(({ customerPhone }) => phone.toE164(customerPhone, 'IL'));
}

export function missed(from: Date, to: Date, answer: string): string[] {
  const request: callLog.CallLogRequest = callLog.callLogRequest({
    auth: { token: 'secret' },
    from,
    to,
    types: ['Queue'],
  });
  const halves: [Date, Date][] = callLog.splitPeriod(from, to);
  try {
    const page: callLog.CallLogPage = callLog.parseCallLog(answer);
    return page.truncated ? halves.map(String) : page.cdrs.map(voicenter.cdrKey);
  } catch (error) {
    return error instanceof callLog.CallLogError && error.retryable ? [request.body] : [];
  }
}

export function revive(message: string): Map<string, voicenter.Cdr> {
  const cdr: voicenter.Cdr = schema.cdrSchema.parse(JSON.parse(message));
  const checked = schema.cdrSchema.safeParse(message);
  const again: voicenter.Cdr | undefined = checked.data;
  const version: 1 = schema.cdrSchema['~standard'].version;
  const chains: voicenter.TransferChain[] = voicenter.linkTransfers(again ? [cdr, again] : [cdr]);
  return new Map([[`${voicenter.cdrKey(cdr)} ${version} ${chains.length}`, cdr]]);
}

export function send(format: voicenter.CdrFormat): testing.EncodedCdr {
  const record: testing.WireCdr = testing.sampleCdr('Queue', 'ABANDONE', { caller: '0501234567' });
  const again: string = testing.encodeCdr(voicenter.parseCdr(record), 'json').body;
  return again === '' ? testing.encodeCdr(record, format) : { body: again, contentType: '' };
}

export function answerOf(family: voicenter.LegFamily): testing.ParsedAck {
  const [leg1, leg2] = testing.sampleCall(family, { leg2: 'BUSY' });
  const first: string = leg1.type;
  const bytes: Uint8Array = testing.encodeCdr(leg2, 'json', { charset: 'windows-1255' }).body;
  return testing.parseAck(first === '' ? bytes : new ArrayBuffer(2), 'application/json');
}
