import { fileURLToPath } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { register } from 'tsx/esm/api';

// A worker does not inherit its parent's tsx hooks.
register({ tsconfig: fileURLToPath(new URL('tsconfig.json', import.meta.url)) });
const { replay } = await import('../examples/replay.ts');

let count = 0;
for await (const _ of replay(workerData.file, workerData.range)) count++;
parentPort.postMessage(count);
