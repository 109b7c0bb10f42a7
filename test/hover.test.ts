import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { beforeAll, describe, expect, it } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');
const file = `${root}/hover.ts`;

const HOVERS = `
type Abandoned = CdrOf<'Queue', 'ABANDONE'>;
declare const queued: CdrOf<'Queue'>;
const parsed = parseCdr('');
const { callId, durationSeconds, queue, legStatus, direction, ai } = parsed;
if (parsed.type === 'Queue') { const ofType = parsed; const queueOfType = parsed.queue; }
if (parsed.type !== 'Queue') { const ofOtherTypes = parsed; }
if (parsed.type === 'Queue' && parsed.status === 'ABANDONE') { const ofBoth = parsed; }
if (parsed.status === 'ANSWER') { const ofStatus = parsed; }
if (parsed.outcome === 'abandoned') { const ofOutcome = parsed; }
if (parsed.answered) { const ofAnswered = parsed; }
if (parsed.leg === 1) { const ofLeg1 = parsed; const legStatusOfLeg1 = parsed.legStatus; }
if (parsed.leg === 2) { const legStatusOfLeg2 = parsed.legStatus; }
if (parsed.legFamily === 'smart-dialer') { const ofFamily = parsed; }
switch (parsed.type) { case 'Queue': break; default: { const ofDefault = parsed; } }
`;

/** Wrong code, and the compiler's message. */
const MISTAKES: [code: string, message: string][] = [
  [
    'parseCdr(request)',
    `Type '() => Promise<ArrayBuffer>' is not assignable to type '"read the body first"'.`,
  ],
  ['parseCdr(request.text())', `is not assignable to type '"await the promise first"'.`],
  [
    'parseCdr(undefined)',
    `Argument of type 'undefined' is not assignable to parameter of type 'CdrBody'.`,
  ],
  [
    "parseCdr('', null, { timezone: 'UTC' })",
    `'timezone' does not exist in type 'ParseOptions'. Did you mean to write 'timeZone'?`,
  ],
  [
    "buildAck('json')",
    `Argument of type '"json"' is not assignable to parameter of type '"the format is the second argument"'.`,
  ],
  [
    "receiveCdr('', null, {})",
    `Property 'save' is missing in type '{}' but required in type 'Receiver'.`,
  ],
  ["parsed.type === 'Que'", `and '"Que"' have no overlap.`],
  [
    'parsed.callid',
    `Property 'callid' does not exist on type 'CdrMember<"Incoming Call", "unknown">'.`,
  ],
  [
    'export const voicemail: CdrOf<"VoiceMail"> = queued',
    `Type '"Queue"' is not assignable to type '"VoiceMail"'.`,
  ],
];

const source = `
import { buildAck, mergeCdr, parseCdr, receiveCdr, type CdrOf } from 'voicenter-cdr';
import { callLogRequest } from 'voicenter-cdr/call-log';
declare const request: Request;
${HOVERS}
${MISTAKES.map(([code]) => code).join(';\n')};
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
  // The first hover loads the whole program.
  beforeAll(() => void hover('parsed'), 60_000);

  it.each<[name: string, type: string]>([
    ['parsed', 'const parsed: Cdr'],
    ['queued', 'const queued: CdrOf<"Queue">'],
    ['Abandoned', 'type Abandoned = CdrMember<"Queue", "ABANDONE">'],
    ['ofBoth', 'const ofBoth: CdrMember<"Queue", "ABANDONE">'],
    ['callId', 'const callId: string'],
    ['durationSeconds', 'const durationSeconds: number'],
    ['queue', 'const queue: Queue | null'],
    ['queueOfType', 'const queueOfType: Queue'],
    ['direction', 'const direction: Direction | null'],
    ['ai', 'const ai: AiData | null'],
    ['legStatus', 'const legStatus: LegStatusOnLeg1 | LegStatusOnLeg2 | null'],
    ['legStatusOfLeg1', 'const legStatusOfLeg1: LegStatusOnLeg1'],
    ['legStatusOfLeg2', 'const legStatusOfLeg2: LegStatusOnLeg2'],
    [
      'buildAck',
      'function buildAck<const E extends NotAFormat<E>>(err?: E, format?: CdrFormat | null, options?: AckOptions): Ack',
    ],
    ['mergeCdr', 'function mergeCdr(stored: Cdr, received: Cdr): Cdr'],
    [
      'parseCdr',
      'function parseCdr(body: CdrBody, contentType?: string | null, options?: ParseOptions): Cdr',
    ],
    [
      'receiveCdr',
      'function receiveCdr(body: CdrBody | null | undefined, contentType: string | null | undefined, receiver: Receiver): Promise<Ack>',
    ],
    ['callLogRequest', 'function callLogRequest(query: CallLogQuery): CallLogRequest'],
  ])('of %s: %s', (name, type) => {
    expect(hover(name).type).toBe(type);
  });

  // The compiler flattens a union: it shows the members and truncates long ones.
  it.each([
    'ofType',
    'ofOtherTypes',
    'ofStatus',
    'ofOutcome',
    'ofAnswered',
    'ofLeg1',
    'ofFamily',
    'ofDefault',
  ])('of %s, which is one of several members, only their names', (name) => {
    const { type } = hover(name);
    const members = type.replace(`const ${name}: `, '').split(' | ');
    const others = members.filter((member) => !/^CdrMember<("[^"]+", "\w+"|\.{3})>$/.test(member));
    expect(others).toEqual([expect.stringMatching(/^\.{3} \d+ more \.{3}$/)]);
    expect(type.length).toBeLessThan(500);
  });

  it('a comment for every export and every member', () => {
    const comments = namesWithComments();
    expect(comments.map(([name]) => name)).toEqual(
      expect.arrayContaining(['parseCdr', 'Cdr', 'CdrFields.raw', 'AiData.sentences', 'toE164']),
    );
    expect(comments.filter(([, comment]) => !/^[A-Z\d`].{12,}/s.test(comment))).toEqual([]);
  });
});

describe('a compiler error explains the mistake', () => {
  it.each(MISTAKES)('in %s: %s', (code, message) => {
    expect(errorsIn(code)).toEqual([expect.stringContaining(message)]);
  });
});

function errorsIn(code: string): string[] {
  const from = source.indexOf(`${code};`);
  return editor
    .getSemanticDiagnostics(file)
    .filter(({ start = 0 }) => start >= from && start < from + code.length)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

/** Each name that an entry of the package exports and each member of a type, with its comment. */
function namesWithComments(): [name: string, comment: string][] {
  const program = editor.getProgram();
  const checker = program?.getTypeChecker();
  if (!program || !checker) throw new Error('no program to look into');
  const comments: [string, string][] = [];

  function visit(name: string, symbol: ts.Symbol | undefined): void {
    comments.push([name, ts.displayPartsToString(symbol?.getDocumentationComment(checker))]);
  }
  function visitMembers(name: string, node: ts.Node): void {
    // Function bodies and `satisfies` expressions are not part of a type.
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
