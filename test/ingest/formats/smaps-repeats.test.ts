import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ByteWindow } from '../../../src/ingest/byte-window.js';
import type { Reading } from '../../../src/ingest/format.js';
import { smaps } from '../../../src/ingest/formats/smaps.js';
import { RememberedVmas } from '../../../src/ingest/formats/smaps-repeats.js';
import { RunMemory } from '../../../src/ingest/run-memory.js';
import { copyTable, type VmaTable } from '../../../src/model/vma-table.js';
import { FUZZ_TIMEOUT, fuzzRuns } from '../../fuzz/fuzz-runs.js';
import { mutated, mutations } from '../../fuzz/mutate.js';
import { readBytes } from '../../fuzz/read-bytes.js';
import { smapsText, vmaText } from '../smaps-text.js';
import { smapsSeries } from './smaps-series.js';

afterEach(() => {
  vi.restoreAllMocks();
});

/** What `read` gives where each VMA is read, whatever stood in the snapshot before. */
async function withoutMemory<T>(read: () => T | Promise<T>): Promise<T> {
  const spy = vi.spyOn(RememberedVmas.prototype, 'repeatedAt').mockReturnValue(0);
  const result = await read();
  spy.mockRestore();
  return result;
}

/** Reads smaps whose lines come in windows of so many, one behind the other in the same buffer. */
function readInWindows(text: string, windows: readonly number[]): { readings: Reading[]; problems: string[] } {
  const lines = text.split(/(?<=\n)/);
  const window = new ByteWindow(Buffer.alloc(text.length));
  const readings: Reading[] = [];
  const problems: string[] = [];
  const run = new RunMemory();
  const open = () =>
    smaps.open({
      file: 'test.txt',
      paths: run.paths,
      kept: (owner, make) => run.kept(owner, make),
      emit: (reading) =>
        readings.push(reading.type === 'snapshot' ? { ...reading, table: copyTable(reading.table) } : reading),
      problem: (_severity, code, message, line) => problems.push(`${line} ${code}: ${message}`),
    });
  let reader = open();
  for (let from = 0, i = 0; from < lines.length; i++) {
    const count = windows[i % windows.length] ?? 1;
    window.position = 0;
    window.end = Buffer.from(lines.slice(from, from + count).join('')).copy(window.buffer);
    from += count;
    while (window.position < window.end) {
      reader.read(window);
      if (window.position === window.end) break;
      // As the driver does: another line ends the section here and there, and is passed over.
      window.skipLine();
      if (window.line % 2 === 0) continue;
      reader.end(false);
      reader = open();
    }
  }
  reader.end(true);
  return { readings, problems };
}

describe('a series of which much stands as in the snapshot before', () => {
  it(
    'is read as if nothing was remembered',
    async () => {
      await fc.assert(
        fc.asyncProperty(smapsSeries, async (text) => {
          const bytes = Buffer.from(text);
          expect(await readBytes(bytes)).toEqual(await withoutMemory(() => readBytes(bytes)));
        }),
        fuzzRuns(800),
      );
    },
    FUZZ_TIMEOUT,
  );

  it(
    'is read so where it is damaged',
    async () => {
      await fc.assert(
        fc.asyncProperty(smapsSeries, smapsSeries, mutations, async (text, other, changes) => {
          const bytes = mutated(Buffer.from(text), changes, Buffer.from(other));
          expect(await readBytes(bytes)).toEqual(await withoutMemory(() => readBytes(bytes)));
        }),
        fuzzRuns(500),
      );
    },
    FUZZ_TIMEOUT,
  );

  it(
    'is read so where it comes in pieces',
    async () => {
      await fc.assert(
        fc.asyncProperty(
          smapsSeries,
          fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 8 }),
          async (text, windows) => {
            const remembered = readInWindows(text, windows);
            expect(remembered).toEqual(await withoutMemory(() => readInWindows(text, windows)));
          },
        ),
        fuzzRuns(500),
      );
    },
    FUZZ_TIMEOUT,
  );
});

describe('what is remembered', () => {
  const vmas = Array.from({ length: 40 }, (_, i) => vmaText(16 * (i + 1), `/opt/part-${i}`, 4));
  const came = vmaText(16 * 20 + 4, '', 8);
  const date = '2026-01-01T00:00:00Z\n';

  /** How many VMAs of the last snapshot are not read. */
  async function repeatedInLast(...snapshots: string[]): Promise<number> {
    const spy = vi.spyOn(RememberedVmas.prototype, 'repeatedAt');
    const { readings } = await readBytes(Buffer.from(snapshots.map((text) => date + text).join('')));
    expect(readings).toHaveLength(snapshots.length);
    const atStart = spy.mock.calls.findLastIndex(([row]) => row === 0);
    return spy.mock.results.slice(atStart).reduce((sum, { value }) => sum + (value as number), 0);
  }

  it('spares each VMA that is the same', async () => {
    const text = smapsText(vmas);
    // By the first VMA of all the layout is learned.
    expect(await repeatedInLast(text, text)).toBe(39);
    expect(await repeatedInLast(text, text, text)).toBe(40);
    const other = smapsText(vmas.with(9, vmaText(160, '/opt/part-9', 5)));
    expect(await repeatedInLast(text, text, other)).toBe(39);
    expect(await repeatedInLast(text, text, other, text)).toBe(39);
    expect(await repeatedInLast(text, text, other, text, text, text)).toBe(40);
  });

  it('is seldom what changes all the time, and is it again where that ends', async () => {
    const changing = Array.from({ length: 16 }, (_, i) => smapsText(vmas.with(9, vmaText(160, '/opt/part-9', i))));
    const last = changing.at(-1) ?? '';
    const spy = vi.spyOn(Buffer.prototype, 'copy');
    const copies = async (...snapshots: string[]): Promise<number> => {
      spy.mockClear();
      await repeatedInLast(...snapshots);
      return spy.mock.calls.length;
    };
    expect(await copies(...changing)).toBeLessThan((await copies(...changing.map(() => last))) + 6);
    expect(await repeatedInLast(...changing, ...Array.from({ length: 8 }, () => last))).toBe(40);
  });

  it('moves with VMAs that come and go', async () => {
    const text = smapsText(vmas);
    const more = smapsText(vmas.toSpliced(20, 0, came));
    expect(await repeatedInLast(text, text, more)).toBe(40);
    expect(await repeatedInLast(text, text, more, more)).toBe(41);
    // The VMA behind what went is read: its address shows that something went.
    expect(await repeatedInLast(more, more, text)).toBe(39);
    expect(await repeatedInLast(text, text, smapsText(vmas.toSpliced(5, 3)))).toBe(36);
  });

  it('is given up where VMAs come and go everywhere', async () => {
    const others = Array.from({ length: 40 }, (_, i) => vmaText(16 * (i + 1) + 4, '', 8));
    const all = [...vmas, ...others].toSorted((a, b) => a.start - b.start);
    expect(await repeatedInLast(smapsText(vmas), smapsText(all))).toBeLessThan(20);
  });

  it('is nothing where each snapshot is of another process', async () => {
    const a = smapsText(vmas);
    const b = smapsText(vmas.map(({ start, path }) => vmaText(start / 4096 + 1, path, 4)));
    expect(await repeatedInLast(a, a, b, b)).toBe(40);
    expect(await repeatedInLast(a, b, a, b, b)).toBe(0);
    expect(await repeatedInLast(a, b, a, b, b, b)).toBe(40);
  });

  it('is bounded', async () => {
    const many = Array.from({ length: 14_000 }, (_, i) => vmaText(16 * (i + 1), `/opt/part-${i % 50}`, 4));
    const text = smapsText(many);
    const remembered = ((4 << 20) / text.length) * many.length;
    const repeated = await repeatedInLast(text, text);
    expect(Math.abs(repeated - remembered)).toBeLessThan(0.05 * remembered);
  });

  it('gives the lines of each snapshot', async () => {
    const text = date + smapsText(vmas);
    const { readings } = await readBytes(Buffer.from(text.repeat(3)));
    const lines = readings.map((reading) => ('table' in reading ? linesOf(reading.table) : []));
    const perSnapshot = text.split('\n').length - 1;
    expect(lines[2]).toEqual(lines[0]?.map((line) => line + 2 * perSnapshot));
  });
});

function linesOf({ line, count }: VmaTable): number[] {
  return [...line.subarray(0, count)];
}
