#!/usr/bin/env node
import { argv } from 'node:process';
import { run } from './run.js';

process.exitCode = await run(argv.slice(2));
