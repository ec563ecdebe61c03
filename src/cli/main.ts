#!/usr/bin/env node
import { argv, exit } from 'node:process';
import { EXIT } from './exit-codes.js';
import { run } from './run.js';

// A reader that goes away (`memreport formats | head -1`) is no error of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') exit(0);
  throw error;
});

// What is written so far is whole; the browser ends with us.
for (const [signal, code] of [
  ['SIGINT', EXIT.interrupted],
  ['SIGTERM', EXIT.terminated],
] as const) {
  process.once(signal, () => {
    process.stderr.write('\nmemreport: interrupted; the files written so far are whole\n');
    exit(code);
  });
}

process.exitCode = await run(argv.slice(2));
