/** Parses the body in a file and prints the cost. Run by bench/hostile.ts as a child process. */
import { readFileSync } from 'node:fs';
import { type CdrBody, parseCdrs } from 'voicenter-cdr';
import { encodeCdr, sampleCdr } from 'voicenter-cdr/testing';
import { type Cost, outcomeOf } from './hostile/outcome.js';

const [, , file = '', isParsed] = process.argv;

// Ordinary records first, so that loading and compiling code is not charged to the body.
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
  // Other processes inflate the wall time; the engine's other threads inflate the CPU time.
  milliseconds: Math.min(wall, (cpu.user + cpu.system) / 1000),
  growth: process.resourceUsage().maxRSS * 1024 - sizeBefore,
};
console.log(JSON.stringify(cost));
