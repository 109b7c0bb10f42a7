import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const root = new URL('../', import.meta.url);
const read = (file: string) => readFileSync(new URL(file, root), 'utf8');

const document = read('docs/frameworks.md');
const recipes = [
  ...document.matchAll(/^\[`(.+)`\]\(\.\.\/(.+)\)\n\n```(?:ts|js)\n([\s\S]*?)```$/gm),
].map(([, file = '', link = '', code = '']) => ({ file, link, code }));

describe('the recipes of docs/frameworks.md', () => {
  it.each(recipes)('show $file exactly', ({ file, link, code }) => {
    expect(link).toBe(file);
    expect(code).toBe(read(file));
  });

  it('are all of its code', () => {
    expect(document.match(/^```(?:ts|js)$/gm)).toHaveLength(recipes.length);
  });

  it('show every example that other documents link to', () => {
    const examples = readdirSync(new URL('examples/', root), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.c?[jt]s$/.test(file) && !/(^|\/)(demo|\.next)\b|next-env/.test(file))
      .map((file) => `examples/${file}`);
    const linked = readdirSync(new URL('docs/', root))
      .flatMap((file) => [...read(`docs/${file}`).matchAll(/\]\(\.\.\/(examples\/[^)]+)\)/g)])
      .map(([, file]) => file);
    expect([...new Set(linked)].sort()).toEqual(examples.sort());
  });

  it('are linked from the table of frameworks', () => {
    const anchors = [...document.matchAll(/^## (.+)$/gm)].map(
      ([, heading = '']) =>
        `#${heading
          .toLowerCase()
          .replace(/[^\w -]/g, '')
          .replaceAll(' ', '-')}`,
    );
    const links = [...document.matchAll(/\]\((#.+?)\)/g)].map(([, link]) => link);
    expect(new Set(links)).toEqual(new Set(anchors));
  });
});
