#!/usr/bin/env node
import { run } from './run.js';
import { processTerminal } from './terminal.js';

// `inspect … | head` closes the pipe early.
process.stdout.on('error', () => process.exit(0));

run(process.argv.slice(2), processTerminal(process)).then((code) => {
  process.exitCode = code;
});
