import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';

/**
 * Compares text with the file `test/golden/NAME`. `npm run golden` writes it anew: read the difference before
 * committing it.
 */
export function expectGolden(name: string, actual: string): void {
  const path = fileURLToPath(new URL(`golden/${name}`, import.meta.url));
  if (process.env.GOLDEN === 'write') {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, actual);
    return;
  }
  if (!existsSync(path)) throw new Error(`test/golden/${name} is missing: make it with "npm run golden", and read it`);
  expect(actual, `differs from test/golden/${name}; if the change is meant: npm run golden`).toBe(
    readFileSync(path, 'utf8'),
  );
}

/** The same for a value, as JSON. */
export function expectGoldenJson(name: string, actual: unknown): void {
  expectGolden(name, `${JSON.stringify(actual, null, 1)}\n`);
}
