/** The part of a TextDecoder that is needed here. */
export type Decoder = Pick<TextDecoder, 'decode'>;

/** The characters of windows-1252 at 80 to 9F. */
const WINDOWS_1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

/** A decoder for a charset. Node 20 decodes windows-1252 as ISO-8859-1, without € and quotes. */
export function decoderOf(charset: string, options?: TextDecoderOptions): Decoder {
  return charset === 'windows-1252'
    ? { decode: decodeWindows1252 }
    : new TextDecoder(charset, options);
}

function decodeWindows1252(bytes: Uint8Array): string {
  const units = new Uint16Array(bytes).map((byte) =>
    byte < 0x80 || byte > 0x9f ? byte : WINDOWS_1252.charCodeAt(byte - 0x80),
  );
  return new TextDecoder('utf-16le').decode(units);
}

/** Created once: creating a decoder takes longer than decoding most bodies. */
const STRICT_UTF_8 = /* @__PURE__ */ new TextDecoder('utf-8', { fatal: true });

/** The decoded text; null if any bytes are not UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string | null {
  return decodeStrictly(STRICT_UTF_8, bytes);
}

/** The decoded text; null if any bytes are invalid in the charset. */
export function decodeStrictly(decoder: Decoder, bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes);
  } catch {
    return null;
  }
}
