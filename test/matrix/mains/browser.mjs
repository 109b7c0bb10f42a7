import { readFileSync } from 'node:fs';
import { createContext, SourceTextModule } from 'node:vm';

// The language, and of the web's own globals no more than these.
const context = createContext({ TextDecoder, atob });
const bundle = new SourceTextModule(readFileSync('bundle.mjs', 'utf8'), { context });
await bundle.link((specifier) => {
  throw new Error(`the bundle imports ${specifier}`);
});
await bundle.evaluate();

const bodies = JSON.parse(readFileSync('bodies.json', 'utf8'));
console.log(JSON.stringify(bundle.namespace.receiveAll(bodies)));
