import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CHUNK_BYTES } from '../../src/ingest/text-feed.js';
import { totalsOf } from '../../src/model/memory.js';
import { readFile } from './capture-tree.js';
import { processText } from './smaps-text.js';

/** Blank lines, so that what follows them begins where a chunk ends, less `bytes`. */
function untilBorder(text: string, bytes: number): string {
  return '\n'.repeat(CHUNK_BYTES - bytes - Buffer.byteLength(text));
}

describe('a section that begins where a chunk ends', () => {
  const date = 'Mon Nov 23 01:06:25 UTC 2026\n';
  const next = 'Mon Nov 23 01:06:26 UTC 2026\n';

  // The first line of a smaps alone looks like maps; what comes after it may be in the next chunk.
  it.each([1, 40, 90, 120, 200, 1000, 4000])('is recognized with %i bytes of it in the chunk', async (bytes) => {
    const first = `${date}${processText(100)}`;
    const { captures, problems } = await readFile(`${first}${untilBorder(first, bytes)}${next}${processText(200)}`);
    expect(problems).toEqual([]);
    const heaps = captures.map((capture) =>
      capture.type === 'snapshot' ? [capture.format, (totalsOf(capture.table).rss ?? 0) / 1024 > 200] : capture.type,
    );
    expect(heaps).toEqual([
      ['smaps', false],
      ['smaps', true],
    ]);
  });

  it('is the same for a valgrind log and names of grep -H', async () => {
    const log = readFileSync('samples/memcheck/leak-example.log', 'utf8');
    const first = `${date}${processText(100)}`;
    for (const bytes of [1, 30, 60, 500]) {
      const { captures } = await readFile(`${first}${untilBorder(first, bytes)}${log}`);
      const last = captures.at(-1);
      expect(last?.type === 'diagnosis' ? last.leaks.length : last?.type).toBe(1);
    }
    const named = processText(100).replace(/^(?=.)/gm, '/proc/7/smaps:');
    const copies = Math.ceil((1.2 * CHUNK_BYTES) / named.length);
    const { captures, problems } = await readFile(named.repeat(copies));
    expect(captures).toHaveLength(copies);
    expect(captures.every(({ context }) => context.pid === 7)).toBe(true);
    expect(problems).toEqual([]);
  });
});
