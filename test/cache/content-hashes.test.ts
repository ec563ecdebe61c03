import { renameSync, statSync, truncateSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize } from 'node:v8';
import { describe, expect, it, vi } from 'vitest';
import { ContentHashes } from '../../src/cache/content-hashes.js';
import { EntryStore } from '../../src/cache/entry-store.js';
import { temporaryFolder } from '../cli/run-cli.js';

/** Long after the files of these tests are made. */
const LATER = Date.UTC(2100, 0, 1);
const FOLDERS = ['/captures'];

function hashesIn(folder: string, now = LATER): Promise<ContentHashes> {
  const clock = (): number => now;
  return ContentHashes.open(new EntryStore({ folder: join(folder, 'cache'), clock }), clock, FOLDERS);
}

async function hashOf(folder: string, path: string, now = LATER): Promise<string | undefined> {
  const hashes = await hashesIn(folder, now);
  const hash = hashes.of(path);
  hashes.save();
  return hash;
}

/** Other content of the same size, inode and modification time: only the time of its last change tells. */
function changeUnseen(path: string, text: string): void {
  const { atime, mtime } = statSync(path);
  writeFileSync(path, text);
  utimesSync(path, atime, mtime);
}

describe('the hashes of contents', () => {
  it('are equal for equal contents alone', async () => {
    const folder = temporaryFolder();
    const paths = ['one', 'two', 'three', 'empty'].map((name) => join(folder, name));
    const [one = '', two = '', three = '', empty = ''] = paths;
    writeFileSync(one, 'a'.repeat(3_000_000));
    writeFileSync(two, 'a'.repeat(3_000_000));
    writeFileSync(three, `${'a'.repeat(2_999_999)}b`);
    writeFileSync(empty, '');
    const hashes = await hashesIn(folder);
    expect(hashes.of(one)).toBe(hashes.of(two));
    expect(new Set(paths.map((path) => hashes.of(path))).size).toBe(3);
    expect(hashes.of(join(folder, 'missing'))).toBeUndefined();
    expect(hashes.of(folder)).toBeUndefined();
  });

  it('are not made again for a file that is as it was', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'smaps');
    writeFileSync(path, 'first');
    const first = await hashOf(folder, path);
    const store = new EntryStore({ folder: join(folder, 'cache'), clock: () => LATER });
    const hashes = await ContentHashes.open(store, () => LATER, FOLDERS);
    const written = vi.spyOn(store, 'write');
    expect(hashes.of(path)).toBe(first);
    expect(hashes.isUnchanged(path)).toBe(true);
    hashes.save();
    // There was nothing new to keep.
    expect(written).not.toHaveBeenCalled();
  });

  it.each([
    [
      'has grown',
      (path: string): void => {
        writeFileSync(path, 'first, and more');
      },
    ],
    [
      'was cut',
      (path: string): void => {
        truncateSync(path, 2);
      },
    ],
    [
      'was written anew with the same size and time',
      (path: string): void => {
        changeUnseen(path, 'other');
      },
    ],
    [
      'was replaced by another of the same size and time',
      (path: string) => {
        const { atime, mtime } = statSync(path);
        writeFileSync(`${path}.new`, 'other');
        utimesSync(`${path}.new`, atime, mtime);
        renameSync(`${path}.new`, path);
      },
    ],
  ])('are made again for a file that %s', async (_what, change) => {
    const folder = temporaryFolder();
    const path = join(folder, 'smaps');
    writeFileSync(path, 'first');
    const first = await hashOf(folder, path);
    const hashes = await hashesIn(folder);
    expect(hashes.of(path)).toBe(first);
    change(path);
    expect(hashes.isUnchanged(path)).toBe(false);
    expect(await hashOf(folder, path)).not.toBe(first);
  });

  it('tell of a file that is gone', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'smaps');
    writeFileSync(path, 'first');
    const hashes = await hashesIn(folder);
    expect(hashes.of(path)).toBeDefined();
    unlinkSync(path);
    expect(hashes.isUnchanged(path)).toBe(false);
  });

  it('are not kept of a file that was written just before, since its times may not tell the next change', async () => {
    const folder = temporaryFolder();
    const store = new EntryStore({ folder: join(folder, 'cache'), clock: () => LATER });
    const written = vi.spyOn(store, 'write');
    const path = join(folder, 'smaps');
    const isKept = async (after: number): Promise<boolean> => {
      writeFileSync(path, `written ${after}`);
      const modifiedAt = statSync(path).mtimeMs;
      const hashes = await ContentHashes.open(store, () => modifiedAt + after, [String(after)]);
      expect(hashes.of(path)).toBeDefined();
      hashes.save();
      return (deserialize(written.mock.lastCall?.[1] ?? new Uint8Array(0)) as Map<string, unknown>).has(path);
    };
    expect(await isKept(100)).toBe(false);
    expect(await isKept(1_900)).toBe(false);
    expect(await isKept(-5_000)).toBe(false);
    expect(await isKept(10_000)).toBe(true);
  });
});
