import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { MOST_FOLLOWED } from '../../src/correlate/followed-snapshots.js';
import { MOST_LISTED } from '../../src/correlate/listed-samples.js';
import type { Analysis } from '../../src/model/analysis.js';
import { memreport, temporaryFolder } from './run-cli.js';

const SAMPLES = 12_000;
/** Pages of a peak that a single sample shows. */
const PEAK = 40_000;

function vma(range: string, permissions: string, name: string, kib: number): string {
  const counters = { Size: kib, Rss: kib, Pss: kib, Private_Clean: 0, Private_Dirty: kib, Anonymous: kib, Swap: 0 };
  const lines = Object.entries(counters).map(
    ([field, amount]) => `${`${field}:`.padEnd(16)}${String(amount).padStart(8)} kB\n`,
  );
  return `${range} ${permissions} 00000000 00:00 0 ${name}\n${lines.join('')}`;
}

/** A daemon that was looked at each minute and loses a page each tenth time, in two files that are each out of order. */
function writeCaptures(folder: string): void {
  mkdirSync(join(folder, 'board-7', 'even'), { recursive: true });
  const snapshots = Array.from({ length: SAMPLES }, (_, i) => {
    const pages = i === 7777 ? PEAK : 500 + Math.floor(i / 10);
    const time = new Date(Date.UTC(2026, 0, 1, 0, i)).toISOString();
    return `${time}\n${vma('55d000000000-55d0ffffffff', 'rw-p', '[heap]', pages * 4)}${vma('7ffc00000000-7ffc00021000', 'rw-p', '[stack]', 16)}`;
  });
  const odd = snapshots.filter((_, i) => i % 2 === 1);
  const even = snapshots.filter((_, i) => i % 2 === 0).reverse();
  writeFileSync(join(folder, 'board-7', 'sensord.812.smaps'), odd.join(''));
  writeFileSync(join(folder, 'board-7', 'even', 'sensord.812.smaps'), even.join(''));
}

describe('a series of 12,000 snapshots', () => {
  const folder = temporaryFolder();
  const out = join(folder, 'report');
  let analysis: Analysis;

  beforeAll(() => {
    writeCaptures(join(folder, 'captures'));
    const words = ['analyze', join(folder, 'captures'), '--out', out, '--format', 'html,json'];
    expect(memreport(words).status).toBe(0);
    analysis = JSON.parse(readFileSync(join(out, 'report.json'), 'utf8')) as Analysis;
  }, 120_000);

  it('is judged by each sample', () => {
    const [verdict, ...others] = analysis.verdicts;
    expect(others).toEqual([]);
    expect(verdict).toMatchObject({ label: 'leak', where: '[heap]', command: 'sensord' });
    expect(verdict?.ratePerHour).toBeCloseTo(6 * 4096, -1);
    expect(verdict?.grounds[0]?.statement).toContain(`in ${SAMPLES.toLocaleString('en-US')} samples over`);
  });

  it('is listed by its telling samples, as the schema says, in files that stay small', () => {
    const [timeline] = analysis.programs[0]?.timelines ?? [];
    expect(timeline?.thinned?.of).toBe(SAMPLES);
    expect(timeline?.samples.length).toBeLessThanOrEqual(MOST_LISTED);
    expect(timeline?.samples.length).toBe(timeline?.thinned?.at.length);
    expect(Math.max(...(timeline?.samples.map(({ rss = 0 }) => rss) ?? []))).toBe((PEAK + 4) * 4096);
    const schema = JSON.parse(readFileSync('src/model/report.schema.json', 'utf8')) as object;
    expect(new Ajv2020({ strict: true }).validate(schema, analysis)).toBe(true);
    expect(statSync(join(out, 'report.json')).size).toBeLessThan(1e6);
    expect(statSync(join(out, 'index.html')).size).toBeLessThan(1e6);
  });

  it('says in its report how many samples there were, and which are drawn', () => {
    const page = readFileSync(join(out, 'index.html'), 'utf8');
    expect(page).toMatch(/[\d,]+ of 12,000 samples are drawn: of each stretch of time/);
    expect(
      memreport(['render', join(out, 'report.json'), '--out', join(folder, 'again'), '--format', 'html,csv']).status,
    ).toBe(0);
    expect(readFileSync(join(folder, 'again', 'index.html'), 'utf8')).toBe(page);
    expect(readFileSync(join(folder, 'again', 'programs.csv'), 'utf8')).toContain(`,${SAMPLES},`);
  });

  it('shows mappings by the first snapshot, the last and some between', () => {
    const [program] = analysis.programs;
    const heap = program?.mappings.find(({ label }) => label === '[heap]');
    expect(heap?.growth).toBe(Math.floor((SAMPLES - 1) / 10) * 4096);
    expect(heap?.ratePerHour).toBeCloseTo(6 * 4096, -2);
    expect(program?.categorySeries?.at.length).toBeLessThanOrEqual(Math.min(200, MOST_FOLLOWED));
  });
});
