import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { totalsOf } from '../../../src/model/memory.js';
import { type ReadCaptures, readFile } from '../capture-tree.js';
import { processText } from '../smaps-text.js';
import { tarOfFiles, zipOf } from './build-archives.js';

const PLAIN = readFileSync('samples/smaps/leak-example.smaps');
const packed = (name: string): Buffer => readFileSync(`samples/packed/leak-example.${name}`);

/** What the snapshots say, without where and when they come from. */
function tables({ snapshots }: ReadCaptures): unknown {
  return snapshots.map(({ table: { paths, path, count, ...table }, context: { command } }) => ({
    ...table,
    names: Array.from(path.subarray(0, count), (index) => paths[index]),
    command,
  }));
}

function errorsOf({ problems }: ReadCaptures): string[] {
  return problems.filter(({ severity }) => severity === 'error').map(({ code }) => code);
}

describe('a packed file', () => {
  it.each(['smaps.xz', 'smaps.zst', 'smaps.bz2'])('%s says what it says unpacked', async (name) => {
    const plain = await readFile(PLAIN, 'leak-example.smaps');
    const read = await readFile(packed(name), `leak-example.${name}`);
    expect(tables(read)).toEqual(tables(plain));
    expect(read.files).toMatchObject([{ format: 'smaps', status: 'read', bytes: packed(name).length, snapshots: 1 }]);
    expect(errorsOf(read)).toEqual([]);
  });

  it.each(['smaps.xz', 'smaps.zst', 'smaps.bz2'])('%s may hold several streams', async (name) => {
    const read = await readFile(Buffer.concat([packed(name), packed(name)]));
    expect(read.snapshots.map(({ table }) => table.count)).toEqual([24, 24]);
    expect(errorsOf(read)).toEqual([]);
  });

  it.each(['tar.gz', 'tar.xz', 'tar.zst', 'tar.bz2', 'zip'])('%s says what its files say', async (name) => {
    const plain = await readFile(PLAIN, 'leak-example.smaps');
    const read = await readFile(packed(name), `captures.${name}`);
    expect(tables(read)).toEqual(tables(plain));
    expect(read.files).toMatchObject([
      { path: `captures.${name}/smaps/leak-example.smaps`, format: 'smaps', status: 'read' },
      { path: `captures.${name}/status/leak-example.status`, format: 'status', status: 'read' },
    ]);
    expect(errorsOf(read)).toEqual([]);
  });

  it('may be packed once more, and no third time', async () => {
    const once = packed('smaps.xz');
    const twice = await readFile(gzipSync(once));
    expect(twice.snapshots).toHaveLength(1);
    const thrice = await readFile(gzipSync(gzipSync(once)));
    expect(thrice.files).toMatchObject([{ status: 'refused', format: '' }]);
    expect(errorsOf(thrice)).toEqual(['over-limit']);
    expect(thrice.problems[0]?.message).toMatch(/a third: unpack it first/);
  });

  it('may be xz inside xz', async () => {
    // Two decoders that are open at the same time.
    const read = await readFile(packed('tar.xz'), 'captures.tar.xz');
    const inner = await readFile(
      await tarOfFiles({ 'a/1/smaps.xz': packed('smaps.xz'), 'a/2/x.tar.xz': packed('tar.xz') }),
    );
    expect(read.snapshots).toHaveLength(1);
    expect(inner.snapshots).toHaveLength(2);
    expect(errorsOf(inner)).toEqual([]);
  });

  const samples = readdirSync('samples/packed');
  it.each(samples)('%s keeps what is whole wherever it is cut, and says so', async (name) => {
    const whole = packed(name.replace('leak-example.', ''));
    const { snapshots } = await readFile(whole, name);
    for (let i = 1; i < 24; i++) {
      const length = Math.floor((whole.length * i) / 24);
      const read = await readFile(whole.subarray(0, length), name);
      expect(errorsOf(read).length, `cut at ${length}`).toBeGreaterThan(0);
      expect(read.files.length).toBeGreaterThan(0);
      expect(
        read.files.some(({ status }) => status === 'partial' || status === 'refused'),
        `cut at ${length}`,
      ).toBe(true);
      for (const { table, truncated } of read.snapshots) {
        const full = snapshots[0]?.table;
        expect(truncated ?? table.count === full?.count, `cut at ${length}`).toBe(true);
        expect(table.start).toEqual(full?.start.slice(0, table.count));
      }
    }
  });

  it.each(samples.filter((name) => name.includes('smaps')))('%s with a wrong byte is told', async (name) => {
    const whole = packed(name.replace('leak-example.', ''));
    // The last bits of bzip2 only fill up its last byte.
    for (let at = 10; at < whole.length - 1; at += 13) {
      const damaged = Buffer.from(whole);
      damaged[at] = (damaged[at] ?? 0) ^ 0x10;
      const read = await readFile(damaged);
      expect(
        errorsOf(read).some((code) => ['damaged-compression', 'over-limit'].includes(code)),
        `byte ${at}`,
      ).toBe(true);
    }
  });

  it('has the files of a zip archive that are whole before a wrong byte and behind it', async () => {
    const files = Object.fromEntries([1, 2, 3].map((pid) => [`${pid}/smaps`, processText(pid * 100)]));
    const whole = zipOf(files);
    const at = whole.indexOf('2/smaps') + 60;
    whole[at] = (whole[at] ?? 0) ^ 0x55;
    const read = await readFile(whole, 'x.zip');
    const rss = read.snapshots
      .filter(({ truncated }) => !truncated)
      .map(({ context, table }) => [context.pid, (totalsOf(table).rss ?? 0) / 1024]);
    expect(rss).toEqual(
      expect.arrayContaining([
        [1, 112],
        [3, 312],
      ]),
    );
    expect(read.files.map(({ status }) => status)).toEqual(['read', expect.stringMatching(/partial|refused/), 'read']);
  });

  it('has the files of a tar archive before its damage', async () => {
    const files = Object.fromEntries([1, 2, 3].map((pid) => [`${pid}/smaps`, processText(pid * 100)]));
    const whole = await tarOfFiles(files);
    const at = whole.indexOf('3/smaps');
    const read = await readFile(whole.fill('x', at, at + 512), 'x.tar');
    expect(read.snapshots.map(({ context }) => context.pid)).toEqual([1, 2]);
    expect(read.files.at(-1)).toMatchObject({ path: 'x.tar', format: 'archive', status: 'partial' });
    const cut = await readFile(whole.subarray(0, at), 'x.tar');
    expect(cut.snapshots.map(({ context }) => context.pid)).toEqual([1, 2]);
    expect(errorsOf(cut)).toEqual(['damaged-compression']);
  });
});
