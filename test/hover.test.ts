import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { beforeAll, describe, expect, it } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');
const file = `${root}/hover.ts`;
const source = `
import { parseCdr, type Cdr, type CdrFields, type CdrOf } from 'voicenter-cdr';
declare const fields: CdrFields;
type Abandoned = CdrOf<'Queue', 'ABANDONE'>;
type Queued = CdrOf<'Queue'>;
const parsed = parseCdr('');
const { callId, durationSeconds, queue, legStatus, direction, outcome, ai } = parsed;
if (parsed.type === 'Queue' && parsed.status === 'ABANDONE') { const member = parsed; }
if (parsed.type === 'Queue') { const narrowed = parsed.queue; }
if (parsed.leg === 2) { const legs = parsed.legStatus; const leg2Types = parsed.type; }
`;

/** The source of each entry that package.json exports. */
const entries = Object.values(packageJson.exports).flatMap((entry) =>
  typeof entry === 'string' || !('import' in entry)
    ? []
    : entry.import.types.replace('./dist', `${root}/src`).replace('.d.ts', '.ts'),
);

const { options } = ts.parseJsonConfigFileContent(
  ts.readConfigFile(`${root}/tsconfig.json`, ts.sys.readFile).config,
  ts.sys,
  root,
);
const editor = ts.createLanguageService({
  getScriptFileNames: () => [file, ...entries],
  getScriptVersion: () => '1',
  getScriptSnapshot: (name) => {
    const text = name === file ? source : ts.sys.readFile(name);
    return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
  },
  getCurrentDirectory: () => root,
  getCompilationSettings: () => options,
  getDefaultLibFileName: ts.getDefaultLibFilePath,
  fileExists: (name) => name === file || ts.sys.fileExists(name),
  readFile: ts.sys.readFile,
  directoryExists: ts.sys.directoryExists,
  getDirectories: ts.sys.getDirectories,
});

function hover(name: string): { type: string; documentation: string } {
  const at = new RegExp(`\\b${name}\\b`).exec(source)?.index ?? -1;
  const shown = editor.getQuickInfoAtPosition(file, at);
  return {
    type: ts.displayPartsToString(shown?.displayParts).replace(/^\(alias\) |\nimport \w+$/g, ''),
    documentation: ts.displayPartsToString(shown?.documentation),
  };
}

describe('hovering in an editor shows', () => {
  // The first look reads the whole program.
  beforeAll(() => void hover('parsed'), 60_000);

  it.each<[name: string, type: string]>([
    ['parsed', 'const parsed: Cdr'],
    ['Cdr', 'type Cdr = CdrFields & (OfAnyType & OfAnyStatus)'],
    ['Abandoned', 'type Abandoned = CdrFields & OfType<"Queue"> & OfStatus<"ABANDONE">'],
    ['member', 'const member: CdrFields & OfType<"Queue"> & OfStatus<"ABANDONE">'],
    ['callId', 'const callId: string'],
    ['durationSeconds', 'const durationSeconds: number'],
    ['queue', 'const queue: Queue | null'],
    ['direction', 'const direction: Direction | null'],
    ['ai', 'const ai: AiData | null'],
    ['narrowed', 'const narrowed: Queue'],
    ['legs', 'const legs: LegStatus & LegStatusOnLeg2'],
  ])('of %s: %s', (name, type) => {
    expect(hover(name).type).toBe(type);
  });

  it('what it is, of every name that can be imported and of every member within', () => {
    const comments = namesWithComments();
    expect(comments.map(([name]) => name)).toEqual(
      expect.arrayContaining(['parseCdr', 'Cdr', 'CdrFields.raw', 'AiData.sentences', 'toE164']),
    );
    expect(comments.filter(([, comment]) => !/^[A-Z\d`].{12,}/s.test(comment))).toEqual([]);
  });
});

/** Each name that an entry of the package exports, and each member of a type, with its comment. */
function namesWithComments(): [name: string, comment: string][] {
  const program = editor.getProgram();
  const checker = program?.getTypeChecker();
  if (!program || !checker) throw new Error('no program to look into');
  const comments: [string, string][] = [];

  function visit(name: string, symbol: ts.Symbol | undefined): void {
    comments.push([name, ts.displayPartsToString(symbol?.getDocumentationComment(checker))]);
  }
  function visitMembers(name: string, node: ts.Node): void {
    // What a function does, and what a table must fulfil, is not their type.
    if (ts.isBlock(node) || ts.isSatisfiesExpression(node)) return;
    if (ts.isTypeElement(node) || ts.isPropertyDeclaration(node)) {
      const member = node.name;
      if (member) visit(`${name}.${member.getText()}`, checker?.getSymbolAtLocation(member));
    }
    ts.forEachChild(node, (child) => visitMembers(name, child));
  }
  for (const entry of entries) {
    const module = program.getSourceFile(entry);
    const exported = module && checker.getSymbolAtLocation(module);
    if (!exported) throw new Error(`nothing is exported by ${entry}`);
    for (const name of checker.getExportsOfModule(exported)) {
      const isAlias = name.flags & ts.SymbolFlags.Alias;
      const symbol = isAlias ? checker.getAliasedSymbol(name) : name;
      const ours = symbol.declarations?.filter((one) =>
        one.getSourceFile().fileName.startsWith(`${root}/src/`),
      );
      if (!ours?.length) continue; // CountryCode is libphonenumber's
      visit(name.name, symbol);
      for (const declaration of ours) visitMembers(name.name, declaration);
    }
  }
  return comments;
}
