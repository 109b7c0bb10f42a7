import { execFile, execFileSync } from 'node:child_process';
import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import type { CdrFormat } from 'voicenter-cdr';
import xmlrpc from 'xmlrpc';
import Deserializer from 'xmlrpc/lib/deserializer.js';
import type { Wire } from './records.js';

/** Readers of answers that are not the package's own: the platform's and npm's xmlrpc. */
export const READERS: Record<CdrFormat, (answer: string) => unknown> = {
  json: (answer) => JSON.parse(answer),
  form: (answer) => {
    const pairs = [...new URLSearchParams(answer)];
    return Object.fromEntries(
      pairs.map(([key, value]) => [key, /^err$/i.test(key) ? Number(value) : value]),
    );
  },
  'xml-rpc': (answer) =>
    new Promise((resolve, reject) => {
      new Deserializer().deserializeMethodResponse(Readable.from([answer]), (error, value) =>
        error ? reject(error) : resolve(value),
      );
    }),
};

/** Sends a record with npm's XML-RPC client, and returns the answer that it reads. */
export function callFromNpm(url: string, record: Wire): Promise<unknown> {
  return new Promise((resolve, reject) => {
    xmlrpc.createClient(url).methodCall('cdr', [record], (error, value) => {
      if (error) reject(error);
      else resolve(value);
    });
  });
}

/** Whether Python is available to call from. */
export const python = hasPython();

function hasPython(): boolean {
  try {
    execFileSync('python3', ['--version']);
    return true;
  } catch {
    return false;
  }
}

/** Sends a record with Python's XML-RPC client, and returns the answer that it reads. */
export async function callFromPython(url: string, record: Wire): Promise<unknown> {
  const script = [
    'import json, sys, xmlrpc.client',
    'print(json.dumps(xmlrpc.client.ServerProxy(sys.argv[1], allow_none=True).cdr(json.loads(sys.argv[2]))))',
  ];
  const args = ['-c', script.join('\n'), url, JSON.stringify(record)];
  return JSON.parse((await promisify(execFile)('python3', args)).stdout);
}
