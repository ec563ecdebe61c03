import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { captureTree, type ReadCaptures, readCaptures } from '../capture-tree.js';
import { processText } from '../smaps-text.js';
import { tarOf, tarOfFiles, zipOf } from './build-archives.js';

const TEXT = processText(100);
/** Inflated whole, each of them would take minutes; a busy machine takes its time for the rest. */
const MOST_MILLISECONDS = 15_000;
const MOST_BYTES = 250 * 1024 ** 2;

/** Reads one file, within the bounds of time and memory; nothing may be written beside it. */
async function readBounded(content: Uint8Array, name: string): Promise<ReadCaptures> {
  const root = captureTree({ [name]: content });
  const before = process.memoryUsage().rss;
  const started = performance.now();
  const read = await readCaptures(root);
  expect(performance.now() - started).toBeLessThan(MOST_MILLISECONDS);
  expect(process.memoryUsage().rss - before).toBeLessThan(MOST_BYTES);
  expect(readdirSync(join(root, '..'), { recursive: true })).toEqual(['captures', `captures/${name}`]);
  return read;
}

function codes({ problems }: ReadCaptures): string[] {
  return problems.filter(({ code }) => code !== 'time-from-modification').map(({ code }) => code);
}

function pids({ captures }: ReadCaptures): (number | undefined)[] {
  return captures.map(({ context }) => context.pid);
}

describe('names that lead elsewhere', () => {
  const NAMES = [
    '../1/smaps',
    'a/../../1/smaps',
    '/etc/1/smaps',
    '..',
    'C:/1/smaps',
    'C:\\1\\smaps',
    '\\\\host\\1',
    '..\\1',
    'x'.repeat(2000),
  ];

  it('are not read from a tar archive, all others are', async () => {
    const entries = NAMES.map((name) => ({ name, content: TEXT }));
    const read = await readBounded(await tarOf([...entries, { name: './a/7/smaps', content: TEXT }]), 'x.tar');
    expect(pids(read)).toEqual([7]);
    expect(read.problems.filter(({ code }) => code === 'skipped-entries')).toMatchObject([
      {
        severity: 'warning',
        file: 'x.tar',
        message: expect.stringContaining(`: ${NAMES.length} × name that leads`) as string,
      },
    ]);
  });

  it('are not read from a zip archive, all others are', async () => {
    const names = [...NAMES, 'a\0b/6/smaps', 'a/7/smaps'];
    const whole = zipOf(Object.fromEntries(names.map((name): [string, string] => [name, TEXT])));
    for (const bytes of [whole, whole.subarray(0, -10)]) {
      const read = await readBounded(bytes, 'x.zip');
      expect(pids(read)).toEqual([7]);
      expect(codes(read)).toContain('skipped-entries');
    }
  });
});

describe('what is no regular file', () => {
  it('is counted and passed over', async () => {
    const special = ['symlink', 'link', 'character-device', 'block-device', 'fifo'] as const;
    const entries = special.map((type, i) => ({ name: `a/${i}/smaps`, type, linkname: '/etc/passwd' }));
    const read = await readBounded(await tarOf([...entries, { name: 'a/7/smaps', content: TEXT }]), 'x.tar');
    expect(pids(read)).toEqual([7]);
    expect(read.files.map(({ path, status }) => [path, status])).toEqual([
      ['x.tar/a/7/smaps', 'read'],
      ['x.tar', 'read'],
    ]);
    expect(read.problems.some(({ message }) => message.includes('5 × link, device or pipe'))).toBe(true);
  });

  it('of an odd length does no harm', async () => {
    for (const size of [
      '77777777777\0',
      '-0000000001\0',
      '\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff',
      '            ',
      'zzzzzzzzzzz\0',
    ]) {
      const tar = await tarOfFiles({ 'a/6/smaps': TEXT, 'a/7/smaps': TEXT });
      tar.write(size, 124, 'latin1');
      tar.write('        ', 148, 'latin1');
      const sum = tar.subarray(0, 512).reduce((total, byte) => total + byte, 0);
      tar.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
      const read = await readBounded(tar, 'x.tar');
      expect(read.files.length).toBeGreaterThan(0);
      expect(read.problems.length).toBeGreaterThan(0);
    }
  });
});

describe('a bomb', () => {
  const MIB = 1024 ** 2;
  const snapshots = Buffer.from(TEXT.repeat(Math.ceil((64 * MIB) / TEXT.length)));
  /** Several members after each other, as `cat` makes them: 10 GiB in less than 40 MB. */
  const gzipOf = (text: Buffer, times: number): Buffer => {
    const member = gzipSync(text, { level: 9 });
    return Buffer.concat(Array.from({ length: times }, () => member));
  };

  it('of zeros is refused', async () => {
    const bomb = gzipOf(Buffer.alloc(64 * MIB), 160);
    const packed = { 'x.gz': bomb, 'x.gz.gz': gzipSync(bomb) };
    for (const [name, content] of Object.entries(packed)) {
      const read = await readBounded(content, name);
      expect(read.files).toMatchObject([{ status: 'refused' }]);
      expect(codes(read)).toEqual(['over-limit']);
    }
  });

  it('is not what is binary and small: that is ignored', async () => {
    const read = await readBounded(gzipSync(Buffer.alloc(MIB)), 'x.gz');
    expect(read.files).toMatchObject([{ status: 'ignored' }]);
    expect(codes(read)).toEqual([]);
  });

  it('of one line is refused', async () => {
    const bomb = gzipOf(Buffer.alloc(64 * MIB, 'a'), 160);
    const read = await readBounded(bomb, 'x.gz');
    expect(read.files).toMatchObject([{ status: 'refused' }]);
    expect(codes(read)).toContain('over-limit');
    expect(codes(await readBounded(gzipSync(bomb), 'x.gz.gz'))).toContain('over-limit');
  });

  it('of equal snapshots is stopped', async () => {
    const read = await readBounded(gzipSync(gzipOf(snapshots, 16)), 'x.gz.gz');
    expect(read.files).toMatchObject([{ status: 'partial' }]);
    expect(codes(read)).toContain('over-limit');
  });

  it('in a tar or zip archive leaves the honest files', async () => {
    const files = { 'a/1/smaps': TEXT, 'a/2/smaps': gzipOf(Buffer.alloc(64 * MIB, 'a'), 16), 'a/3/smaps': TEXT };
    for (const read of [
      await readBounded(await tarOfFiles(files), 'x.tar'),
      await readBounded(zipOf(files), 'x.zip'),
    ]) {
      expect(pids(read)).toEqual([1, 3]);
      expect(codes(read)).toContain('over-limit');
    }
    const deflated = await readBounded(zipOf({ 'a/1/smaps': TEXT, 'a/2/smaps': Buffer.alloc(64 * MIB, 'a') }), 'x.zip');
    expect(pids(deflated)).toEqual([1]);
    expect(codes(deflated)).toEqual(['over-limit']);
  });

  it('of nested zip archives ends at the second level', async () => {
    let zip = zipOf({ '1/smaps': TEXT });
    for (let level = 0; level < 4; level++) {
      const packed = zip;
      zip = zipOf(Object.fromEntries(Array.from({ length: 16 }, (_, i) => [`${i}.zip`, packed])));
    }
    const read = await readBounded(zip, 'x.zip');
    expect(read.captures).toEqual([]);
    expect(new Set(codes(read))).toEqual(new Set(['over-limit']));
  });

  it('of files that share their bytes is read once', async () => {
    const read = await readBounded(overlapping(60_000), 'x.zip');
    expect(pids(read)).toEqual([7]);
    expect(read.problems.some(({ message }) => message.includes('59999 × file inside the bytes of another'))).toBe(
      true,
    );
  });

  it('of more entries than anyone has is refused', async () => {
    const read = await readBounded(overlapping(100_001), 'x.zip');
    expect(codes(read)).toEqual(['over-limit']);
    expect(read.files).toMatchObject([{ path: 'x.zip', status: 'refused' }]);
  });

  /** A zip archive whose directory lists its one file `count` times. */
  function overlapping(count: number): Buffer {
    const zip = zipOf({ 'a/7/smaps': TEXT });
    const end = zip.subarray(-22);
    const start = end.readUInt32LE(16);
    const entry = zip.subarray(start, start + end.readUInt32LE(12));
    const directory = Buffer.concat(Array.from({ length: count }, () => entry));
    if (count <= 0xffff) {
      end.writeUInt16LE(count, 8);
      end.writeUInt16LE(count, 10);
      end.writeUInt32LE(directory.length, 12);
      return Buffer.concat([zip.subarray(0, start), directory, end]);
    }
    // Zip64: the end and its locator tell the numbers that do not fit.
    const end64 = Buffer.alloc(56 + 20);
    end64.writeUInt32LE(0x06064b50, 0);
    end64.writeBigUInt64LE(44n, 4);
    end64.writeBigUInt64LE(BigInt(count), 24);
    end64.writeBigUInt64LE(BigInt(count), 32);
    end64.writeBigUInt64LE(BigInt(directory.length), 40);
    end64.writeBigUInt64LE(BigInt(start), 48);
    end64.writeUInt32LE(0x07064b50, 56);
    end64.writeBigUInt64LE(BigInt(start + directory.length), 64);
    end64.writeUInt32LE(1, 72);
    end.fill(0xff, 8, 20);
    return Buffer.concat([zip.subarray(0, start), directory, end64, end]);
  }
});
