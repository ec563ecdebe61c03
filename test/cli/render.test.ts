import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { OUTPUTS } from '../../src/report/outputs/index.js';
import { memreport, temporaryFolder } from './run-cli.js';

const out = temporaryFolder();
const again = temporaryFolder();
const FORMATS = OUTPUTS.map(({ id }) => id).join(',');
const PDF = ['--browser', 'embedded'];
const hasEmbedded = process.platform === 'linux' && process.arch === 'x64';

function filesIn(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => statSync(join(folder, name)).isFile()).sort();
}

describe.skipIf(!hasEmbedded)('render, with the embedded browser (linux on x64 only)', () => {
  beforeAll(() => {
    const captures = 'samples/sets/mmap-leak';
    expect(memreport(['analyze', captures, '--out', out, '--format', FORMATS, ...PDF]).stderr).not.toContain('no PDF');
  }, 120_000);

  it('makes any output again, byte for byte', () => {
    const report = join(out, 'report.json');
    expect(memreport(['render', report, '--out', again, '--format', FORMATS, ...PDF]).status).toBe(0);
    expect(filesIn(again)).toEqual(filesIn(out));
    expect(filesIn(out)).toContain('tickets/mmap-leak--mmap-leak.pdf');
    for (const name of filesIn(out)) {
      expect(readFileSync(join(again, name)).equals(readFileSync(join(out, name))), name).toBe(true);
    }
  }, 120_000);

  it('keeps what lies beside the report that it reads, and writes over what it makes', () => {
    const before = filesIn(out);
    writeFileSync(join(out, 'tickets', 'of-yesterday.md'), 'old');
    expect(memreport(['render', join(out, 'report.json'), '--out', out, '--format', 'md,csv']).status).toBe(0);
    expect(filesIn(out)).toEqual(before);
  });

  it('removes of another report whatever it had written, and nothing else', () => {
    const other = temporaryFolder();
    for (const name of ['tickets', 'devices/board-7']) mkdirSync(join(other, name), { recursive: true });
    const stale = ['report.pdf', 'vmas.csv', 'tickets/a--b.jira', 'devices/board-7/report.json'];
    const others = ['notes.txt', 'tickets/notes.txt'];
    for (const name of [...stale, ...others]) writeFileSync(join(other, name), 'old');
    expect(memreport(['render', join(out, 'report.json'), '--out', other, '--format', 'json']).status).toBe(0);
    expect(filesIn(other)).toEqual([...others, 'report.json'].sort());
    expect(existsSync(join(other, 'devices'))).toBe(false);
  });
});

describe('diff', () => {
  const sides = ['samples/pairs/heap-leaky.tar.gz', 'samples/pairs/heap-repaired.tar.gz'];

  it('writes Markdown and the notation of Jira', () => {
    const folder = temporaryFolder();
    expect(memreport(['diff', ...sides, '--out', folder, '--format', 'md,jira']).status).toBe(0);
    expect(filesIn(folder)).toEqual(['diff.jira', 'diff.md']);
    expect(readFileSync(join(folder, 'diff.md'), 'utf8')).toContain('`heap-repaired` leaks no more');
  });

  it('has no CSV, and says so', () => {
    const { status, stderr } = memreport(['diff', ...sides, '--format', 'csv']);
    expect(status).toBe(2);
    expect(stderr).toContain('--format: expected html, pdf, json, md, jira, found "csv"');
  });
});

it('--help lists the formats of the registry', () => {
  for (const command of ['analyze', 'render']) {
    const help = memreport([command, '--help']).stdout.replace(/\s+/g, ' ');
    expect(help).toContain(`any of ${FORMATS.replaceAll(',', ', ')}`);
  }
});
