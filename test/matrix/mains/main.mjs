import { readFileSync } from 'node:fs';
import { receiveAll } from './driver.mjs';

console.log(JSON.stringify(receiveAll(JSON.parse(readFileSync('bodies.json', 'utf8')))));
