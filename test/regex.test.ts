import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { checkSync } from 'recheck';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const src = fileURLToPath(new URL('../src/', import.meta.url));

/** Every regular expression in src, and where it is. */
function expressions(): { where: string; source: string; flags: string }[] {
  const found: ReturnType<typeof expressions> = [];
  for (const file of readdirSync(src, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts')) continue;
    const text = readFileSync(`${src}${file}`, 'utf8');
    const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest);
    const visit = (node: ts.Node): void => {
      if (ts.isRegularExpressionLiteral(node)) {
        const end = node.text.lastIndexOf('/');
        const { line } = tree.getLineAndCharacterOfPosition(node.pos);
        const source = node.text.slice(1, end);
        found.push({ where: `${file}:${line + 1}`, source, flags: node.text.slice(end + 1) });
      }
      expect(ts.isNewExpression(node) && node.expression.getText(tree) === 'RegExp').toBe(false);
      ts.forEachChild(node, visit);
    };
    visit(tree);
  }
  return found;
}

describe('a regular expression in src', () => {
  it('is caught if it backtracks', () => {
    expect(checkSync('^\\s*a?\\s*$', '').status).toBe('vulnerable');
  });

  it.each(expressions())('takes linear time: $where /$source/$flags', (found) => {
    expect(checkSync(found.source, found.flags).status).toBe('safe');
  });
});
