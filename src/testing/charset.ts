import type { CdrFormat } from '../errors.js';
import { isReallyWindows1255 } from '../input/charset.js';
import { decoderOf } from '../input/decoder.js';
import { typeError } from './type-error.js';

/** A `Uint8Array` that `fetch` takes as a body in every version of TypeScript. */
export type Bytes = ReturnType<Uint8ArrayConstructor['of']>;

/** Encodes text; `substitute` replaces a character that the charset lacks with ASCII, or throws. */
type Encoder = (text: string, substitute: (character: string) => string) => Bytes;

/**
 * Encodes the text of a body in a charset. A form is ASCII: only its percent-encoded bytes, which
 * are in UTF-8, are converted.
 *
 * @throws TypeError for an unsupported charset, or a character that a form cannot carry
 */
export function encodeBody(text: string, format: CdrFormat, charset: string): Bytes {
  const encode = encoderFor(charset, format);
  const substitute = (character: string) => ESCAPES[format](character, charset);
  if (format !== 'form') return encode(text, substitute);
  const form = text.replace(/(?:%[89A-F][0-9A-F])+/g, (run) =>
    percentEncode(encode(decodeURIComponent(run), substitute)),
  );
  return encode(form, substitute);
}

/** How each format writes a character that the charset lacks. */
const ESCAPES: Record<CdrFormat, (character: string, charset: string) => string> = {
  json: (character) => character.replace(/[\s\S]/g, (unit) => `\\u${hex(unit.charCodeAt(0), 4)}`),
  // Hexadecimal: PHP writes bytes as decimal references, so decimal ones are ambiguous.
  'xml-rpc': (character) => `&#x${hex(character.codePointAt(0) ?? 0)};`,
  form: (character, charset) => {
    throw typeError(`characters of ${charset}, since a form has no escape for others`, character);
  },
};

function encoderFor(charset: string, format: CdrFormat): Encoder {
  const decoder = decoderFor(charset);
  const encode = decoder && (UNICODE.get(decoder.encoding) ?? singleByteEncoder(decoder));
  // A form percent-encodes single bytes, and in UTF-16 a byte is only half a code unit.
  const allowed = format === 'form' ? 'UTF-8' : 'UTF-8, UTF-16';
  if (!encode || (format === 'form' && decoder.encoding.startsWith('utf-16'))) {
    throw typeError(`${allowed} or a single-byte charset such as windows-1255`, charset);
  }
  return encode;
}

/** Null for an unknown charset, and for a name that would need quotes in a Content-Type. */
function decoderFor(charset: string): TextDecoder | null {
  try {
    return /^[\w.-]+$/.test(charset) ? new TextDecoder(charset, { ignoreBOM: true }) : null;
  } catch {
    return null;
  }
}

const UNICODE = /* @__PURE__ */ new Map<string, Encoder>([
  ['utf-8', (text) => new TextEncoder().encode(text)],
  ['utf-16le', (text) => utf16(text, true)],
  ['utf-16be', (text) => utf16(text, false)],
]);

function utf16(text: string, littleEndian: boolean): Bytes {
  const view = new DataView(new ArrayBuffer(2 * text.length));
  for (let index = 0; index < text.length; index++) {
    view.setUint16(2 * index, text.charCodeAt(index), littleEndian);
  }
  return new Uint8Array(view.buffer);
}

/**
 * A decoder of a single-byte charset, inverted; null for any other charset. Leaves out the bytes
 * that show that a body is in another charset.
 */
function singleByteEncoder(decoder: TextDecoder): Encoder | null {
  const { encoding } = decoder;
  const all = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  const characters = decoderOf(encoding, { ignoreBOM: true }).decode(all);
  if (characters.length !== 256) return null;
  const bytes = new Map(
    Array.from(characters, (character, byte) => [character, byte] as const).filter(
      ([character]) => !isReallyWindows1255(encoding, character),
    ),
  );
  bytes.delete('\uFFFD'); // stands for every undefined byte
  return (text, substitute) => {
    const written = Array.from(text, (character) =>
      bytes.has(character) ? character : substitute(character),
    );
    return Uint8Array.from(written.join(''), (character) => bytes.get(character) ?? 0);
  };
}

function percentEncode(bytes: Bytes): string {
  return Array.from(bytes, (byte) => `%${hex(byte, 2)}`).join('');
}

function hex(value: number, digits = 1): string {
  return value.toString(16).toUpperCase().padStart(digits, '0');
}
