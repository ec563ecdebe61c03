import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CODE_EXTENSION, CODE_FOLDER, PACKAGE_FOLDER } from '../own-files.js';

/**
 * A digest of memreport's own code and templates as it runs, and of the packages it names: what another build has kept
 * is of no use to this one, even where both call themselves the same version.
 */
export function codeDigest(): string {
  const folder = fileURLToPath(CODE_FOLDER);
  const hash = createHash('sha256').update(process.version);
  hash.update(readFileSync(new URL('package.json', PACKAGE_FOLDER)));
  const code = filesIn(folder).filter((name) => name.endsWith(CODE_EXTENSION));
  for (const name of code) hash.update(`\0${name}\0`).update(readFileSync(folder + name));
  const templates = fileURLToPath(new URL('templates/', PACKAGE_FOLDER));
  for (const name of filesIn(templates)) hash.update(`\0${name}\0`).update(readFileSync(templates + name));
  return hash.digest('hex');
}

function filesIn(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return files.map((entry) => relative(folder, join(entry.parentPath, entry.name))).sort();
}
