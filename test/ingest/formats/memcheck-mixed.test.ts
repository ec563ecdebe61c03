import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type ReadCaptures, readFile } from '../capture-tree.js';

const sample = (name: string): string => readFileSync(new URL(`../../../samples/${name}`, import.meta.url), 'utf8');

const LOG = sample('memcheck/memory-errors.log');
const SMAPS = sample('smaps/leak-example.smaps');
const linesIn = (text: string): number => text.split('\n').length - 1;

/** Puts what a program prints behind every second line. */
function withOutput(log: string, output: readonly string[]): string {
  return log.replaceAll(/.*\n/g, (line, at: number) => {
    const number = linesIn(log.slice(0, at));
    return number % 2 === 0 ? line : `${line}${output[(number >> 1) % output.length] ?? ''}\n`;
  });
}

function saidBy({ captures }: ReadCaptures): unknown {
  return captures.map((capture) =>
    capture.type === 'diagnosis'
      ? [
          capture.leaks.map(({ kind, bytes, blocks, frames }) => [kind, bytes, blocks, frames.length]),
          capture.errors.map(({ kind, frames }) => [kind, frames.length]),
          capture.summaries.length,
        ]
      : capture.type,
  );
}

describe("memcheck's log among other text", () => {
  test("the program's output is ignored by rule, line by line, and all else is used", async () => {
    const alone = await readFile(LOG);
    const output = [
      'ready',
      'Rss: not a counter',
      '2026-01-31 21:00:00 tick',
      '=== phase 2 ===',
      '12 34 56',
      '    at home (street)',
    ];
    const mixed = await readFile(withOutput(LOG, output));
    expect(saidBy(mixed)).toEqual(saidBy(alone));
    expect(mixed.problems).toEqual([]);
    const added = Math.floor(linesIn(LOG) / 2);
    const before = alone.files[0]?.lines;
    expect(mixed.files[0]?.lines).toEqual({
      read: linesIn(LOG) + added,
      used: before?.used,
      ignored: (before?.ignored ?? 0) + added,
      reported: 0,
    });
  });

  test('a line that cannot be read is reported once, the others stay used', async () => {
    const broken = LOG.replace(/definitely lost: .*/, 'definitely lost: many bytes');
    const { files, problems } = await readFile(broken);
    expect(problems.map(({ code }) => code)).toEqual(['bad-value']);
    const lines = files[0]?.lines;
    expect(lines).toMatchObject({ read: linesIn(LOG), reported: 1 });
    expect((lines?.used ?? 0) + (lines?.ignored ?? 0)).toBe(linesIn(LOG) - 1);
  });

  test.each([
    ['smaps behind it', [LOG, SMAPS]],
    ['smaps before it', [SMAPS, LOG]],
    ['between two snapshots', [SMAPS, LOG, SMAPS]],
    ['before and behind a snapshot, two runs', [LOG, SMAPS, LOG.replaceAll(/==\d+==/g, '==9999==')]],
  ])('%s', async (_, parts) => {
    const text = parts.join('');
    const { snapshots, captures, files, problems } = await readFile(text);
    expect(snapshots.map(({ table, truncated }) => [table.count, truncated])).toEqual(
      parts.filter((part) => part === SMAPS).map(() => [24, undefined]),
    );
    const logs = captures.filter(({ type }) => type === 'diagnosis');
    expect(logs).toHaveLength(parts.filter((part) => part !== SMAPS).length);
    for (const log of logs) expect(log).toMatchObject({ summaries: [{ definite: { bytes: 124, blocks: 2 } }] });
    expect(problems.filter(({ code }) => code !== 'time-from-modification')).toEqual([]);
    const alone = (await readFile(LOG)).files[0]?.lines;
    expect(files[0]?.lines).toEqual({
      read: linesIn(text),
      used: snapshots.length * linesIn(SMAPS) + logs.length * (alone?.used ?? 0),
      ignored: logs.length * (alone?.ignored ?? 0),
      reported: 0,
    });
  });
});
