/** Writes the schemas that the package ships: `npm run schemas`, after a change to the model. */
import { writeFileSync } from 'node:fs';
import { FILES } from './files.js';

for (const [file, text] of Object.entries(FILES)) {
  writeFileSync(new URL(file, import.meta.url), text);
}
