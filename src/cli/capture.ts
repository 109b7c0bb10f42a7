import { createReadStream } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { isRecord } from '../record.js';
import { CommandError, UsageError } from './arguments.js';
import type { EncodedRequest, NamedRequest } from './request.js';
import type { Terminal } from './terminal.js';

/** How files are to be read. */
interface ReadOptions {
  'content-type'?: string | undefined;
  lines?: boolean | undefined;
}

/**
 * Reads the bodies of files. A file is one bare body, or has a bare body or a capture on each line.
 *
 * @param files `-` is standard input
 * @throws CommandError for a file that cannot be read, or a line of captures that is not a capture
 */
export async function* readBodies(
  files: readonly string[],
  options: ReadOptions,
  terminal: Terminal,
): AsyncGenerator<NamedRequest> {
  const contentType = options['content-type'] ?? null;
  for (const file of files) {
    const content = await readInput(file, terminal);
    const name = file === '-' ? 'standard input' : file;
    if (options.lines) {
      for (const [number, line] of linesOf(content)) {
        yield { name: `${name}:${number}`, body: line, contentType };
      }
    } else if (isCapture(content)) {
      for (const [number, line] of linesOf(content)) {
        const captured = requestOf(line);
        if (captured === null) throw new CommandError(`${name}:${number}: ${NOT_CAPTURED}`);
        yield { name: `${name}:${number}`, ...captured };
      }
    } else {
      yield { name, body: content, contentType };
    }
  }
}

const NOT_CAPTURED =
  'expected a line with { "contentType", "body" } or { "contentType", "base64" }';

async function readInput(file: string, { stdin }: Terminal): Promise<Uint8Array> {
  if (file !== '-') {
    return buffer(createReadStream(file)).catch((error: NodeJS.ErrnoException) => {
      throw new CommandError(`Cannot read ${file}: ${REASONS[error.code ?? ''] ?? error.message}`);
    });
  }
  if (stdin === null) throw new UsageError('Name a file, or send a body to standard input');
  return buffer(stdin);
}

const REASONS: Record<string, string> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'permission denied',
};

const LINE_FEED = '\n'.charCodeAt(0);
const CARRIAGE_RETURN = '\r'.charCodeAt(0);

/** The non-empty lines, numbered from 1. As bytes, because a body need not be in UTF-8. */
function* linesOf(content: Uint8Array): Generator<[number: number, line: Uint8Array]> {
  for (let from = 0, number = 1; from < content.length; number++) {
    const feed = content.indexOf(LINE_FEED, from);
    const end = feed === -1 ? content.length : feed;
    const line = content.subarray(from, content[end - 1] === CARRIAGE_RETURN ? end - 1 : end);
    if (line.length > 0) yield [number, line];
    from = end + 1;
  }
}

/** Safe for a bare body: Voicenter's records have neither `body` nor `base64`. */
function isCapture(content: Uint8Array): boolean {
  for (const [, line] of linesOf(content)) return requestOf(line) !== null;
  return false;
}

function requestOf(line: Uint8Array): EncodedRequest | null {
  let request: unknown;
  try {
    request = JSON.parse(new TextDecoder().decode(line)); // without a byte order mark
  } catch {
    return null;
  }
  if (!isRecord(request)) return null;
  const contentType = typeof request['contentType'] === 'string' ? request['contentType'] : null;
  const { body, base64 } = request;
  if (typeof base64 === 'string') return { body: Buffer.from(base64, 'base64'), contentType };
  return typeof body === 'string' ? { body: Buffer.from(body), contentType } : null;
}
