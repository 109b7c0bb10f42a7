/** Parses the one body of a file, and prints what that took: a process of bench/hostile.ts. */
import { readFileSync } from 'node:fs';
import { type CdrBody, parseCdrs } from 'voicenter-cdr';
import { encodeCdr, sampleCdr } from 'voicenter-cdr/testing';
import { type Cost, outcomeOf } from './hostile/outcome.js';

const [, , file = '', isParsed] = process.argv;

// What ordinary records load and compile is not the body's.
for (let round = 0; round < 300; round++) {
  for (const format of ['json', 'form', 'xml-rpc'] as const) {
    const { body, contentType } = encodeCdr(sampleCdr('Queue'), format);
    parseCdrs(body, contentType);
  }
}

const bytes = readFileSync(file);
const body: CdrBody = isParsed ? JSON.parse(bytes.toString()) : bytes;
globalThis.gc?.();
const sizeBefore = process.memoryUsage.rss();
const cpuBefore = process.cpuUsage();
const from = performance.now();
const results = parseCdrs(body);
const wall = performance.now() - from;
const cpu = process.cpuUsage(cpuBefore);
const cost: Cost = {
  outcome: outcomeOf(results),
  // What else the machine does adds to the one, the engine's other threads to the other.
  milliseconds: Math.min(wall, (cpu.user + cpu.system) / 1000),
  growth: process.resourceUsage().maxRSS * 1024 - sizeBefore,
};
console.log(JSON.stringify(cost));
