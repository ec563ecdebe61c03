import { readFileSync } from 'node:fs';
import { PACKAGE_FOLDER } from '../../own-files.js';
import { EXIT } from '../exit-codes.js';
import type { Terminal } from '../terminal.js';

const SCRIPT = new URL('templates/capture.sh', PACKAGE_FOLDER);

/** `memreport capture-script`: prints the shell script that takes captures on a target. */
export function captureScriptCommand(terminal: Terminal): number {
  terminal.data(readFileSync(SCRIPT, 'utf8'));
  return EXIT.written;
}
