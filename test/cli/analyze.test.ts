import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Analysis } from '../../src/model/analysis.js';
import { memreport, temporaryFolder } from './run-cli.js';

const out = temporaryFolder();

describe('analyze samples/sets', () => {
  let stdout = '';
  let analysis: Analysis;
  beforeAll(() => {
    const result = memreport(['analyze', 'samples/sets', '--out', out, '--browser', 'embedded']);
    // A browser that cannot have its own sandbox prints without, and that is said.
    expect(result.stderr.replace(/^memreport: the browser prints without its own sandbox: .*\n/, '')).toMatch(
      /^memreport: [\d,]+ files \([\d.]+ \w+\) read and \d+ programs? judged in [\d.]+ s; \d+ files written in [\d.]+ s; [\d.]+ s in all\n$/,
    );
    expect(result.status).toBe(0);
    ({ stdout } = result);
    analysis = JSON.parse(readFileSync(join(out, 'report.json'), 'utf8')) as Analysis;
  }, 120_000);

  const verdictOf = (command: string): Analysis['verdicts'][number] | undefined =>
    analysis.verdicts.find((verdict) => verdict.command === command);

  it('prints the table of verdicts and the paths', () => {
    expect(stdout).toMatch(/^leak +leak-example +leak-example +42\.2 MiB\/h +\[heap\]/m);
    expect(stdout).toMatch(/^clean +sawtooth/m);
    const [head = '', ...rows] = stdout.split('\n');
    expect(head.split(/ {2,}/)).toEqual([
      ...['VERDICT', 'PROGRAM', 'DEVICE', 'GROWS BY', 'IN', 'LASTS', 'COURSE', 'LOST AT', 'WHY'],
    ]);
    const course = (program: string): string | undefined =>
      rows
        .find((row) => row.includes(`  ${program} `))
        ?.slice(head.indexOf('COURSE'))
        .split('  ', 1)[0];
    expect(course('leak-example')).toBe('linear');
    expect(stdout).toMatch(/^leak +leak-example .* main \(leak-example\.c:29\), 100 % {2,}/m);
    expect(course('sawtooth')).toBe('cyclic');
    expect(course('warm-up')).toBe('settled');
    for (const name of ['index.html', 'report.pdf', 'report.json']) expect(stdout).toContain(join(out, name));
    expect(stdout).toContain('(2 tickets)');
  });

  it('writes the documented files and nothing else', () => {
    const written = (readdirSync(out, { recursive: true }) as string[]).sort();
    const tickets = ['leak-example--leak-example', 'mmap-leak--mmap-leak'].flatMap((name) => [
      `tickets/${name}.html`,
      `tickets/${name}.pdf`,
    ]);
    expect(written).toEqual(['index.html', 'report.json', 'report.pdf', 'tickets', ...tickets].sort());
  });

  it('gives each program the verdict that is true by construction', () => {
    const labels = Object.fromEntries(analysis.verdicts.map(({ command, label }) => [command, label]));
    expect(labels).toEqual({
      'leak-example': 'leak',
      'mmap-leak': 'leak',
      sawtooth: 'clean',
      'shared-code': 'clean',
      'use-after-free': 'clean',
      'warm-up': 'clean',
    });
  });

  it('finds the rate of leak-example within 5 % of 12 KiB a tick, in the heap', () => {
    const verdict = verdictOf('leak-example');
    const perTick = (verdict?.ratePerHour ?? 0) / 3600;
    expect(Math.abs(perTick / 12_288 - 1)).toBeLessThan(0.05);
    expect(verdict?.where).toBe('[heap]');
    const [lower = 0, upper = 0] = verdict?.rateInterval ?? [];
    expect(lower).toBeLessThanOrEqual(12_288 * 3600);
    expect(upper).toBeGreaterThanOrEqual(12_288 * 3600);
  });

  it('knows the line of the malloc from memcheck and from LeakSanitizer, under one fingerprint', () => {
    const leaks = analysis.leaks.filter(({ command, kind }) => command === 'leak-example' && kind === 'definite');
    expect(leaks.map(({ tool }) => tool).sort()).toEqual(['lsan', 'memcheck']);
    expect(new Set(leaks.map(({ fingerprint }) => fingerprint)).size).toBe(1);
    for (const { frames } of leaks) {
      expect(frames.some(({ file, line }) => file?.endsWith('leak-example.c') === true && line === 29)).toBe(true);
    }
    expect(verdictOf('leak-example')?.explainedBy[0]?.fingerprint).toBe(leaks[0]?.fingerprint);
  });

  it('says that the steps of the series match the lost blocks', () => {
    const [site] = verdictOf('leak-example')?.cause?.sites ?? [];
    expect(site).toMatchObject({ share: 1, basis: 'steps', conflicts: [] });
    expect(site?.agreements[0]?.statement).toMatch(
      /^the usual step from sample to sample is 12 KiB, 1\.00 ± .*12,288 bytes/,
    );
  });

  it('objects to a leak of the sawtooth and the warm-up, and says why', () => {
    for (const [command, words] of [
      ['sawtooth', /came back to/],
      ['warm-up', /settled since/],
    ] as const) {
      const objections = verdictOf(command)?.objections ?? [];
      expect(objections.map(({ rule }) => rule)).toContain('settled-usage');
      expect(objections.map(({ statement }) => statement).join('\n')).toMatch(words);
    }
  });

  it('tells the memory error as a defect, not as a leak, from both tools', () => {
    const errors = analysis.errors.filter(({ command }) => command === 'use-after-free');
    expect(errors.map(({ tool, kind }) => `${tool} ${kind}`).sort()).toEqual([
      'asan heap-use-after-free',
      'memcheck invalid-read',
    ]);
    expect(verdictOf('use-after-free')?.defects.length).toBeGreaterThan(0);
    expect(verdictOf('use-after-free')?.grounds).toEqual([]);
  });

  it('shows how the PSS of the code halves between two instances', () => {
    const shared = analysis.sharing.find(({ pathname }) => pathname === '/opt/demo/shared-code');
    expect(shared?.sharers).toBe(2);
    expect(Math.abs((shared?.pss ?? 0) / ((shared?.rss ?? 1) / 2) - 1)).toBeLessThan(0.02);
    const timelines = analysis.programs.find(({ command }) => command === 'shared-code')?.timelines ?? [];
    expect(timelines).toHaveLength(2);
  });

  it('uses every file', () => {
    expect(analysis.files.filter(({ status }) => status !== 'read')).toEqual([]);
    expect(analysis.problems).toEqual([]);
  });

  it('prints a PDF with text, bookmarks and page numbers', async () => {
    const data = new Uint8Array(readFileSync(join(out, 'report.pdf')));
    const pdf = await getDocument({ data, verbosity: 0 }).promise;
    expect(pdf.numPages).toBeGreaterThan(5);
    const pages = await Promise.all(
      Array.from({ length: pdf.numPages }, async (_, i) => {
        const content = await (await pdf.getPage(i + 1)).getTextContent();
        return content.items.map((item) => ('str' in item ? item.str : '')).join(' ');
      }),
    );
    expect(pages[0]).toContain('leak-example');
    pages.forEach((text, i) => {
      expect(text.replace(/\s+/g, ' ')).toContain(`Page ${i + 1} of ${pdf.numPages}`);
    });
    const outline = (await pdf.getOutline()) as { title: string; items: { title: string }[] }[];
    const titles = outline.flatMap(({ title, items }) => [title, ...items.map((item) => item.title)]).join('\n');
    expect(titles).toContain('leak-example on leak-example');
  });

  it('prints a ticket that stands alone', async () => {
    const data = new Uint8Array(readFileSync(join(out, 'tickets/leak-example--leak-example.pdf')));
    const pdf = await getDocument({ data, verbosity: 0 }).promise;
    expect(pdf.numPages).toBeLessThanOrEqual(6);
    const content = await (await pdf.getPage(1)).getTextContent();
    const text = content.items.map((item) => ('str' in item ? item.str : '')).join('');
    expect(text).toContain('leak-example.c:29');
  });

  it('gives the same bytes again, in another zone and from another order of threads', () => {
    const again = temporaryFolder();
    const result = memreport(['analyze', 'samples/sets', '--out', again, '--browser', 'embedded', '--jobs', '2'], {
      TZ: 'America/Caracas',
      LC_ALL: 'C.UTF-8',
    });
    expect(result.status).toBe(0);
    for (const name of ['report.json', 'index.html', 'report.pdf', 'tickets/mmap-leak--mmap-leak.pdf']) {
      expect(readFileSync(join(again, name)).equals(readFileSync(join(out, name))), name).toBe(true);
    }
  }, 120_000);

  it('renders the same page again from report.json', () => {
    const again = temporaryFolder();
    const result = memreport(['render', join(out, 'report.json'), '--out', again, '--format', 'html,json']);
    expect(result.status).toBe(0);
    for (const name of ['report.json', 'index.html', 'tickets/leak-example--leak-example.html']) {
      expect(readFileSync(join(again, name), 'utf8')).toBe(readFileSync(join(out, name), 'utf8'));
    }
    expect(existsSync(join(again, 'report.pdf'))).toBe(false);
  });
});
