import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Analysis } from '../../src/model/analysis.js';
import { MAIN, temporaryFolder } from './run-cli.js';

/** Runs the command line with a text on its standard input; `temporary` is where it may put it meanwhile. */
function piped(words: readonly string[], input: Buffer, temporary = temporaryFolder()): ReturnType<typeof spawnSync> {
  return spawnSync(process.execPath, [MAIN, ...words], { input, env: { ...process.env, TMPDIR: temporary } });
}

const LOG = readFileSync('samples/memcheck/leak-example.log');

test.each(['-', '/dev/stdin'])('inspect %s reads the standard input', (name) => {
  const { status, stdout } = piped(['inspect', '--json', name], LOG);
  expect(status).toBe(0);
  const [found] = JSON.parse(String(stdout)) as [{ file: string; formats: string[]; leaks: unknown[] }];
  expect(found).toMatchObject({ file: 'stdin', formats: ['memcheck'] });
  expect(found.leaks).toHaveLength(1);
});

test('analyze - reads it beside other captures, quotes it, and leaves nothing behind', () => {
  const temporary = temporaryFolder();
  const out = join(temporaryFolder(), 'out');
  const words = ['analyze', '-', 'samples/lsan', '--format', 'json', '--out', out];
  const { status } = piped(words, LOG, temporary);
  expect(status).toBe(0);
  const report = JSON.parse(readFileSync(join(out, 'report.json'), 'utf8')) as Analysis;
  expect(report.captures).toEqual(['/dev/stdin', 'samples/lsan']);
  expect(report.files.map(({ path }) => path)).toContain('stdin');
  const verdict = report.verdicts.find(({ grounds }) => grounds.some(({ origins }) => origins[0]?.file === 'stdin'));
  expect(verdict?.label).toBe('leak');
  expect(verdict?.grounds[0]?.origins[0]?.quote).toContain('definitely lost');
  expect(readdirSync(temporary)).toEqual([]);
});

test('an archive may come there, too', () => {
  const { stdout } = piped(['inspect', '--json', '-'], readFileSync('samples/faults/null-dereference.tar.gz'));
  const files = (JSON.parse(String(stdout)) as { file: string }[]).map(({ file }) => file);
  expect(files).toContain('stdin/null-dereference/native/kernel.log');
});

test('nothing there is no usable input', () => {
  expect(piped(['inspect', '-'], Buffer.alloc(0)).status).toBe(4);
});

test('a temporary folder that cannot be written is named', () => {
  const gone = join(mkdtempSync(join(temporaryFolder(), 'a')), 'gone');
  const { status, stderr } = piped(['inspect', '-'], LOG, gone);
  expect(status).toBe(6);
  expect(String(stderr)).toBe(
    `memreport: ${gone}: expected a place for the standard input, found ENOENT: no such file or directory\n`,
  );
});
