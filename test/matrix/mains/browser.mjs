import { readFileSync } from 'node:fs';
import { createContext, SourceTextModule } from 'node:vm';

// Only the language and these web globals.
const context = createContext({ TextDecoder, atob });
const bundle = new SourceTextModule(readFileSync('bundle.mjs', 'utf8'), { context });
await bundle.link((specifier) => {
  throw new Error(`the bundle imports ${specifier}`);
});
await bundle.evaluate();

const bodies = JSON.parse(readFileSync('bodies.json', 'utf8'));
console.log(JSON.stringify(bundle.namespace.receiveAll(bodies)));
