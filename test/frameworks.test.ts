import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const root = new URL('../', import.meta.url);
const read = (file: string) => readFileSync(new URL(file, root), 'utf8');

const document = read('docs/frameworks.md');
const recipes = [...document.matchAll(/^\[`(.+)`\]\(\.\.\/(.+)\)\n\n```ts\n([\s\S]*?)```$/gm)].map(
  ([, file = '', link = '', code = '']) => ({ file, link, code }),
);

describe('the recipes of docs/frameworks.md', () => {
  it.each(recipes)('show $file as it is', ({ file, link, code }) => {
    expect(link).toBe(file);
    expect(code).toBe(read(file));
  });

  it('show every receiver, and nothing else', () => {
    const examples = readdirSync(new URL('examples/', root), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.includes('.next/'))
      .filter((file) => !file.endsWith('next-env.d.ts'))
      .map((file) => `examples/${file}`);
    // Those that are no recipe for a framework: documents of their own show them.
    const others = /^examples\/(demo|replay|durable\/.+|bullmq\/.+)\.ts$/;
    expect(recipes.map(({ file }) => file).sort()).toEqual(
      examples.filter((file) => !others.test(file)).sort(),
    );
    expect(document.match(/^```ts/gm)).toHaveLength(recipes.length);
  });

  it('are found from the table of frameworks', () => {
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
