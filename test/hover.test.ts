import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

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

const { options } = ts.parseJsonConfigFileContent(
  ts.readConfigFile(`${root}/tsconfig.json`, ts.sys.readFile).config,
  ts.sys,
  root,
);
const editor = ts.createLanguageService({
  getScriptFileNames: () => [file],
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

  const program = editor.getProgram();
  const checker = program?.getTypeChecker();
  const declaration = program
    ?.getSourceFile(`${root}/src/model/cdr.ts`)
    ?.statements.find(
      (statement) => ts.isInterfaceDeclaration(statement) && statement.name.text === 'CdrFields',
    ) as ts.InterfaceDeclaration;
  const fields = declaration.members.map((member) => member.name?.getText() ?? '');

  it('a list of fields to hover over', () => {
    expect(fields).toContain('callId');
    expect(fields).toContain('raw');
  });

  it.each(fields)('what %s is, in a sentence', (field) => {
    const symbol = checker?.getTypeAtLocation(declaration).getProperty(field);
    const comment = ts.displayPartsToString(symbol?.getDocumentationComment(checker));
    expect(comment).toMatch(/^[A-Z].{20,}/s);
  });
});
