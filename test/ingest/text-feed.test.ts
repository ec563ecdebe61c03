import { describe, expect, it } from 'vitest';
import type { ByteSource } from '../../src/ingest/byte-source.js';
import { DamagedSource } from '../../src/ingest/byte-source.js';
import { ByteWindow } from '../../src/ingest/byte-window.js';
import { CHUNK_BYTES, TextFeed, windowBuffer } from '../../src/ingest/text-feed.js';
import { wrappingOf } from '../../src/ingest/wrapping.js';
import { totalsOf } from '../../src/model/memory.js';
import { readFile } from './capture-tree.js';
import { processText } from './smaps-text.js';

/** A source that gives at most `step` bytes at a time, and breaks at its end if asked. */
function sourceOf(text: string, step = Number.POSITIVE_INFINITY, isDamaged = false): ByteSource {
  let rest = Buffer.from(text);
  return {
    read(into, offset) {
      if (rest.length === 0 && isDamaged) throw new DamagedSource('broken');
      const count = Math.min(step, rest.length, into.length - offset);
      rest.copy(into, offset, 0, count);
      rest = rest.subarray(count);
      return count;
    },
    close: () => undefined,
  };
}

interface Fed {
  lines: [number: number, text: string, place: string | undefined][];
  long: number[];
  damage: string | undefined;
}

async function fed(source: ByteSource): Promise<Fed> {
  const window = new ByteWindow(windowBuffer());
  const long: number[] = [];
  const feed = new TextFeed(source, window, (line) => long.push(line));
  const lines: Fed['lines'] = [];
  if (await feed.fill()) {
    const wrapping = wrappingOf(window.head(16_384), () => false);
    if (wrapping) feed.unwrap(wrapping);
  }
  while (await feed.fill()) {
    for (let text = window.peekLine(); text !== undefined; text = window.peekLine()) {
      lines.push([window.line, text, feed.place]);
      window.skipLine();
    }
  }
  return { lines, long, damage: feed.damage?.message };
}

const textsOf = ({ lines }: Fed): string[] => lines.map(([, text]) => text);

describe('TextFeed', () => {
  it.each([1, 7, 4096, Number.POSITIVE_INFINITY])(
    'gives whole lines from a source that gives %s bytes at a time',
    async (step) => {
      const read = await fed(sourceOf('a\r\n\nbc\n€\nlast', step));
      expect(read.lines).toEqual([
        [1, 'a', undefined],
        [2, '', undefined],
        [3, 'bc', undefined],
        [4, '€', undefined],
        [5, 'last', undefined],
      ]);
    },
  );

  it('gives whole lines across its chunks', async () => {
    const expected = Array.from({ length: 60_000 }, (_, i) => `line ${i} ${'€'.repeat(i % 40)}`);
    const text = expected.join('\n');
    expect(Buffer.byteLength(text)).toBeGreaterThan(2 * CHUNK_BYTES);
    expect(textsOf(await fed(sourceOf(text)))).toEqual(expected);
  });

  it('leaves NULs out', async () => {
    expect(textsOf(await fed(sourceOf('\0\0a\0b\n\0\0\n\0', 2)))).toEqual(['ab', '']);
  });

  it('parts the words of a command line that NULs part', async () => {
    expect(textsOf(await fed(sourceOf('./a.out\0-f\0\0x\0\n1\0 2\0\n')))).toEqual(['./a.out -fx', '1 2']);
  });

  it('gives the first VMA a line of its own, behind a command line that has no end', async () => {
    const vma = '5581d0000000-5581d0001000 r-xp 00000000 fe:00 12';
    expect(textsOf(await fed(sourceOf(`a\n./a.out\0-f\0${vma}\n\0${vma}\n`)))).toEqual(['a', vma, vma]);
  });

  it('does not wait for more than fits before a line that is longer than the buffer', async () => {
    const window = new ByteWindow(windowBuffer());
    const long: number[] = [];
    const feed = new TextFeed(sourceOf(`first\n${'x'.repeat(3 * CHUNK_BYTES)}\nnext\n`), window, (line) =>
      long.push(line),
    );
    expect(await feed.fill(4096)).toBe(true);
    expect(window.peekLine()).toBe('first');
    window.skipLine();
    expect(await feed.fill(4096)).toBe(true);
    expect([window.peekLine(), window.line, long]).toEqual(['next', 3, [2]]);
  });

  it('skips a line that is longer than the buffer, and counts it', async () => {
    const read = await fed(sourceOf(`first\n${'x'.repeat(3 * CHUNK_BYTES)}\nnext\n`));
    expect(read.lines).toEqual([
      [1, 'first', undefined],
      [3, 'next', undefined],
    ]);
    expect(read.long).toEqual([2]);
  });

  it('survives a line without end', async () => {
    const read = await fed(sourceOf('x'.repeat(5 * CHUNK_BYTES), 100_000));
    expect(read).toEqual({ lines: [], long: [1], damage: undefined });
  });

  it('gives what came before a damage, and tells of it', async () => {
    const read = await fed(sourceOf('a\nb\nhalf', 3, true));
    expect(textsOf(read)).toEqual(['a', 'b', 'half']);
    expect(read.damage).toBe('broken');
  });

  it('takes off the names that grep -H puts before lines', async () => {
    const text = '/proc/2/smaps:a\n/proc/2/smaps:b:c\nMon Nov 23\n/proc/30/smaps:d\n';
    expect((await fed(sourceOf(text))).lines).toEqual([
      [1, 'a', '/proc/2/smaps'],
      [2, 'b:c', '/proc/2/smaps'],
      [3, 'Mon Nov 23', '/proc/2/smaps'],
      [4, 'd', '/proc/30/smaps'],
    ]);
  });

  it.each([
    ['one such line', '/proc/2/smaps:a\nb\n'],
    ['other names', 'main.c:a\nmain.c:b\n'],
    ['fields of smaps', 'Rss: 1 kB\nRss: 2 kB\n'],
    ['status', 'status: 1\nstate: 2\n'],
  ])('leaves %s alone', async (_, text) => {
    expect(textsOf(await fed(sourceOf(text)))).toEqual(text.trimEnd().split('\n'));
  });

  it('takes names off across its chunks', async () => {
    const lines = Array.from({ length: 90_000 }, (_, i) => `/proc/${i < 40_000 ? 2 : 3}/smaps:line ${i}`);
    const read = await fed(sourceOf(lines.join('\n')));
    expect(read.lines.every(([number, text]) => text === `line ${number - 1}`)).toBe(true);
    expect(read.lines.filter(([, , place]) => place === '/proc/2/smaps')).toHaveLength(40_000);
    expect(read.lines).toHaveLength(90_000);
  });
});

describe('smaps larger than a chunk', () => {
  const rssOf = async (text: string): Promise<(number | undefined)[]> =>
    (await readFile(text)).snapshots.map(({ table }) => totalsOf(table).rss);
  const heaps = Array.from({ length: 1500 }, (_, i) => i);
  const expected = heaps.map((kb) => (kb + 12) * 1024);

  it.each(['\n', '\r\n'])('is read alike wherever the chunks end (line end %j)', async (end) => {
    const text = heaps
      .map((kb) => processText(kb))
      .join('')
      .replaceAll('\n', end);
    expect(text.length).toBeGreaterThan(CHUNK_BYTES);
    // Each shift moves every border of a chunk to another place in a VMA.
    for (let shift = 0; shift < 400; shift += 37)
      expect(await rssOf(`${'#'.repeat(shift)}${end}${text}`)).toEqual(expected);
  });

  it('is read with the names of grep -H', async () => {
    const text = heaps
      .map((kb) => processText(kb))
      .join('')
      .replace(/^/gm, '/proc/2/smaps:')
      .replace(/\/proc\/2\/smaps:$/, '');
    expect(await rssOf(text)).toEqual(expected);
  });

  it('survives a long line in its middle', async () => {
    const { snapshots, problems } = await readFile(`${processText(1)}${'x'.repeat(600_000)}\n${processText(2)}`);
    expect(snapshots.map(({ table }) => totalsOf(table).rss)).toEqual([13 * 1024, 14 * 1024]);
    expect(problems.map(({ code }) => code)).toContain('unexplained-lines');
  });
});
