import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildSync } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { inSources } from '../../src/cli/source-places.js';
import { temporaryFolder } from './run-cli.js';

const SOURCE = `interface Gone {
  readonly is: string;
}
export function fail(gone: Gone): never {
  throw new Error(gone.is);
}
`;

/** The place in a built file where the error is made. */
function builtPlace(): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'fails.ts'), SOURCE);
  const outfile = join(folder, 'fails.js');
  buildSync({ entryPoints: [join(folder, 'fails.ts')], outfile, sourcemap: true });
  const lines = readFileSync(outfile, 'utf8').split('\n');
  const line = lines.findIndex((text) => text.includes('new Error'));
  return `${pathToFileURL(outfile).href}:${line + 1}:${(lines[line]?.indexOf('new Error') ?? 0) + 1}`;
}

describe('a stack trace', () => {
  it('names the places in the sources', () => {
    const text = inSources(`Error: x\n    at fail (${builtPlace()})\n    at node:fs:1:2`);
    expect(text).toBe('Error: x\n    at fail (fails.ts:5:9)\n    at node:fs:1:2');
  });

  it('stays as it is where there is no map', () => {
    const trace = '    at x (file:///nowhere/x.js:1:2)';
    expect(inSources(trace)).toBe(trace);
  });
});
