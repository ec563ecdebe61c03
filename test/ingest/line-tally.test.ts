import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { CHUNK_BYTES } from '../../src/ingest/text-feed.js';
import { inspect } from '../../src/inspect.js';
import { readBytes } from '../fuzz/read-bytes.js';
import { captureTree, readCaptures } from './capture-tree.js';
import { processText } from './smaps-text.js';

function linesOf(bytes: Buffer): number {
  const text = bytes.toString('latin1');
  return text.split('\n').length - (text.endsWith('\n') || text === '' ? 1 : 0);
}

const countsOf = async (text: string): Promise<[used: number, ignored: number, reported: number]> => {
  const { lines } = await readBytes(Buffer.from(text));
  expect(lines.read).toBe(linesOf(Buffer.from(text)));
  return [lines.used, lines.ignored, lines.reported];
};

const VMA = processText(100);
const VMA_LINES = linesOf(Buffer.from(VMA));

describe('the lines of a file', () => {
  it('are used where a format takes them', async () => {
    expect(await countsOf(VMA)).toEqual([VMA_LINES, 0, 0]);
  });

  it('are ignored where they are blank, dates or banners', async () => {
    expect(await countsOf(`Mon Nov 23 01:06:25 UTC 2026\n\n\r\n  \n${VMA}`)).toEqual([VMA_LINES, 4, 0]);
  });

  it('are reported where no format knows them', async () => {
    expect(await countsOf(`${VMA}what is this?\nand this?`)).toEqual([VMA_LINES, 0, 2]);
  });

  it('are reported where they cannot be read', async () => {
    const bad = VMA.replace(/Rss: +\d+ kB/, 'Rss: many kB');
    expect(await countsOf(bad)).toEqual([VMA_LINES - 1, 0, 1]);
  });

  it('are reported where they are too long', async () => {
    expect(await countsOf(`${VMA}${'x'.repeat(3 * CHUNK_BYTES)}\n`)).toEqual([VMA_LINES, 0, 1]);
  });

  it('are ignored where a program wrote them into its log', async () => {
    const log = readFileSync('samples/memcheck/leak-example.log', 'utf8');
    const lines = linesOf(Buffer.from(log));
    const [used, ignored, reported] = await countsOf(log.replace(/\n/, '\nhello\nworld\n'));
    expect([used, ignored, reported]).toEqual([lines, 2, 0]);
  });

  it('are ignored where a format says nothing of a program', async () => {
    expect(await countsOf('1123 814 735 193 0 142 0\n')).toEqual([0, 1, 0]);
  });

  it('are reported where a section only tells why it cannot be used', async () => {
    expect(await countsOf(VMA.split('\n').slice(0, 3).join('\n'))).toEqual([0, 0, 3]);
  });

  it('are reported once where a capture breaks off inside of one', async () => {
    const pmap = readFileSync('samples/pmap/x.txt', 'utf8').slice(0, 90);
    const { lines, problems } = await readBytes(Buffer.from(pmap));
    expect(lines).toEqual({ read: 3, used: 2, ignored: 0, reported: 1 });
    expect(problems.map(({ code }) => code)).toEqual(['truncated-capture']);
    const after = await readBytes(Buffer.from(`${VMA}what is this?\nand this`));
    expect(after.problems.map(({ code }) => code)).toEqual(['unexplained-lines']);
  });

  it('are told of each file, by analyze and by inspect', async () => {
    const root = captureTree({ 'board-7/7.smaps': VMA });
    const expected = { read: VMA_LINES, used: VMA_LINES, ignored: 0, reported: 0 };
    expect((await readCaptures(root)).files).toMatchObject([{ lines: expected }]);
    expect((await inspect([root])).map(({ result }) => result)).toMatchObject([{ lines: expected }]);
  });

  it('are ignored around the records of a kernel log', async () => {
    const log = readFileSync('samples/kernel-log/segfaults.txt', 'utf8');
    const [used, ignored, reported] = await countsOf(`something else\n${log}`);
    expect([used > 0, ignored > 0, reported]).toEqual([true, true, 0]);
  });
});

const samples = readdirSync('samples', { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && !/(?:programs|packed)$/.test(entry.parentPath))
  .map((entry) => `${entry.parentPath}/${entry.name}`)
  .sort();

it('of all samples are accounted for', async () => {
  const sums = { read: 0, used: 0, ignored: 0, reported: 0 };
  const lost: string[] = [];
  for (const path of samples.filter((name) => !name.endsWith('.tar.gz'))) {
    const bytes = path.endsWith('.gz') ? gunzipSync(readFileSync(path)) : readFileSync(path);
    const { formats, lines } = await readBytes(bytes);
    if (formats.length === 0) continue;
    const { read, used, ignored, reported } = lines;
    if (read !== linesOf(bytes) || used + ignored + reported !== read) lost.push(`${path}: ${JSON.stringify(lines)}`);
    for (const key of ['read', 'used', 'ignored', 'reported'] as const) sums[key] += lines[key];
  }
  expect(lost).toEqual([]);
  expect(sums.used).toBeGreaterThan(0.9 * sums.read);
});
