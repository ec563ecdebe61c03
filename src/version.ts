import { readFileSync } from 'node:fs';
import { PACKAGE_FOLDER } from './own-files.js';

/** memreport's own version, from its package. */
export const VERSION: string = (
  JSON.parse(readFileSync(new URL('package.json', PACKAGE_FOLDER), 'utf8')) as { version: string }
).version;
