import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXIT } from '../../src/cli/exit-codes.js';
import type { Analysis } from '../../src/model/analysis.js';
import { memreport, temporaryFolder } from './run-cli.js';

const folder = temporaryFolder();

describe('a folder that holds findings of the kernel only', () => {
  const captures = join(folder, 'captures');
  const out = join(folder, 'out');
  mkdirSync(join(captures, 'board-7'), { recursive: true });
  copyFileSync('samples/kernel-log/segfaults.txt', join(captures, 'board-7', 'dmesg.txt'));

  it('is reported, with a sentence instead of a table of verdicts', () => {
    const run = memreport([
      'analyze',
      captures,
      '--out',
      out,
      '--format',
      'html,json',
      '--fail-on',
      'suspect',
      '--strict',
      '--quiet',
    ]);
    expect(run.stderr).toBe('');
    expect(run.status).toBe(EXIT.written);
    expect(run.stdout).toMatch(/^No program to judge; 6 findings of the kernel about memory: see the report\.\n\n/);
    const report = JSON.parse(readFileSync(join(out, 'report.json'), 'utf8')) as Analysis;
    expect(report.programs).toEqual([]);
    expect(report.verdicts).toEqual([]);
    expect(report.kernelFindings.map(({ device, kind }) => [device, kind])).toEqual(
      Array(6).fill(['board-7', 'segfault']),
    );
    const html = readFileSync(join(out, 'index.html'), 'utf8');
    expect(html).toContain('Kernel findings');
    expect(html).toContain('write to a page that is not mapped, from user mode');
  });

  it('is told in the singular where it is one', () => {
    const one = join(folder, 'one');
    mkdirSync(one);
    writeFileSync(
      join(one, 'dmesg.txt'),
      readFileSync('samples/kernel-log/segfaults.txt', 'utf8').split('\n')[0] ?? '',
    );
    const run = memreport(['analyze', one, '--out', join(folder, 'out-one'), '--format', 'json']);
    expect(run.status).toBe(EXIT.written);
    expect(run.stdout).toContain('1 finding of the kernel');
  });
});
