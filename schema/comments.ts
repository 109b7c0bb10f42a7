import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/**
 * Reads the types and comments of the package: a field's meaning is documented only in `src/`, and
 * the schemas take their descriptions from there.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const { options } = ts.parseJsonConfigFileContent(
  ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile).config,
  ts.sys,
  root,
);
const index = `${root}src/index.ts`;
const program = ts.createProgram([index], options);
const checker = program.getTypeChecker();
const EXPORTS = exportsOf(index);

/** A field of a type: its comment, its type, and that type's name if it has one. */
export interface Field {
  comment: string;
  type: ts.Type;
  typeName: string | undefined;
}

function exportsOf(file: string): Map<string, ts.Symbol> {
  const module = checker.getSymbolAtLocation(program.getSourceFile(file) ?? fail(file));
  const symbols = checker.getExportsOfModule(module ?? fail(file)).map((symbol) => {
    const aliased = symbol.flags & ts.SymbolFlags.Alias;
    return [symbol.name, aliased ? checker.getAliasedSymbol(symbol) : symbol] as const;
  });
  return new Map(symbols);
}

function fail(what: string): never {
  throw new Error(`not found among the exported types: ${what}`);
}

/** An exported type, by its name. */
export function exportedType(name: string): { comment: string; type: ts.Type } {
  const symbol = EXPORTS.get(name) ?? fail(name);
  return { comment: commentOf(symbol), type: checker.getDeclaredTypeOfSymbol(symbol) };
}

/** A field of a type, which can be an intersection or a union. */
export function fieldOf(type: ts.Type, name: string): Field {
  const symbol = checker.getPropertyOfType(type, name) ?? fail(name);
  const node = symbol.declarations?.find(ts.isPropertySignature)?.type;
  const typeName = node && nameIn(node);
  return {
    comment: commentOf(symbol),
    type: partOf(checker.getTypeOfSymbol(symbol)),
    typeName: typeName !== undefined && EXPORTS.has(typeName) ? typeName : undefined,
  };
}

/** The names of a type's fields; none for types that are not declared in `src/`, such as lists. */
export function fieldNames(type: ts.Type): string[] {
  const ours = type.symbol?.declarations?.some((one) =>
    one.getSourceFile().fileName.startsWith(`${root}src/`),
  );
  return ours ? checker.getPropertiesOfType(type).map(({ name }) => name) : [];
}

/** `Queue` of `Queue | null`, `IvrLayer` of `IvrLayer[]`. */
function partOf(type: ts.Type): ts.Type {
  const present = checker.getNonNullableType(type);
  return checker.getIndexTypeOfType(present, ts.IndexKind.Number) ?? present;
}

/** The name of such a part, from its declaration: the compiler forgets the name of a union. */
function nameIn(node: ts.TypeNode): string | undefined {
  if (ts.isArrayTypeNode(node)) return nameIn(node.elementType);
  if (ts.isUnionTypeNode(node)) {
    const [only, ...others] = node.types.filter((part) => part.getText() !== 'null');
    return only && others.length === 0 ? nameIn(only) : undefined;
  }
  return ts.isTypeReferenceNode(node) ? node.typeName.getText() : undefined;
}

function commentOf(symbol: ts.Symbol): string {
  return ts
    .displayPartsToString(symbol.getDocumentationComment(checker))
    .replace(/\{@link (\w+)\}/g, '`$1`')
    .replaceAll('\n', ' ');
}
