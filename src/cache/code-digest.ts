import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * A digest of memreport's own code as it runs, and of the packages it names: what another build has kept is of no use
 * to this one, even where both call themselves the same version.
 */
export function codeDigest(): string {
  const folder = fileURLToPath(new URL('../', import.meta.url));
  const extension = extname(import.meta.url);
  const hash = createHash('sha256').update(process.version);
  hash.update(readFileSync(new URL('../../package.json', import.meta.url)));
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith(extension));
  for (const name of names.sort()) hash.update(`\0${name}\0`).update(readFileSync(folder + name));
  return hash.digest('hex');
}
