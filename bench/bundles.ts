import { build } from 'esbuild';

/** What users bundle: a receiver, or whole entries. */
export const BUNDLES: Record<string, string> = {
  'parseCdr and buildAck': "export { buildAck, parseCdr } from 'voicenter-cdr';",
  'the package': "export * from 'voicenter-cdr';",
  'the call-log entry': "export * from 'voicenter-cdr/call-log';",
  'the schema entry': "export * from 'voicenter-cdr/schema';",
  'the phone entry': "export * from 'voicenter-cdr/phone';",
};

/** Makes a minified bundle, as a user would. */
export async function bundle(contents: string, platform: 'node' | 'browser'): Promise<Uint8Array> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: import.meta.dirname },
    bundle: true,
    minify: true,
    format: 'esm',
    platform,
    write: false,
    tsconfigRaw: {}, // without the root's paths: what is bundled is the built package
  });
  return outputFiles[0]?.contents ?? new Uint8Array();
}
