#!/usr/bin/env node
import { argv, exit } from 'node:process';
import { run } from './run.js';

// A reader that goes away (`memreport formats | head -1`) is no error of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') exit(0);
  throw error;
});

process.exitCode = await run(argv.slice(2));
