import { mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EntryStore, type EntryStoreOptions, keyOf } from '../../src/cache/entry-store.js';
import { temporaryFolder } from '../cli/run-cli.js';

const NOW = Date.UTC(2026, 0, 31);

function storeIn(folder: string, more: Partial<EntryStoreOptions> = {}): { store: EntryStore; messages: string[] } {
  const messages: string[] = [];
  const onMessage = (message: string): void => void messages.push(message);
  return { store: new EntryStore({ folder, clock: () => NOW, onMessage, ...more }), messages };
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
}

describe('the store of entries', () => {
  it('gives back what was written, also to another process, and nothing for another key', () => {
    const folder = join(temporaryFolder(), 'cache');
    const { store } = storeIn(folder);
    expect(store.read(keyOf(['a']))).toBeUndefined();
    expect(store.read(keyOf(['a']))).toBeUndefined();
    store.write(keyOf(['a']), Buffer.from('what was read'));
    const again = storeIn(folder).store;
    expect(again.read(keyOf(['a']))).toBeDefined();
    expect(again.read(keyOf(['a']))?.toString()).toBe('what was read');
    expect(again.read(keyOf(['b']))).toBeUndefined();
  });

  it('gives an entry whose typed arrays may be used in its own memory', () => {
    const { store } = storeIn(temporaryFolder());
    store.write(keyOf([1]), new Uint8Array(new Float64Array([1.5, 2.5]).buffer));
    expect((store.read(keyOf([1]))?.byteOffset ?? 1) % 8).toBe(0);
  });

  it.each([
    ['is cut short', (bytes: Buffer) => bytes.subarray(0, bytes.length - 1)],
    ['is empty', () => Buffer.alloc(0)],
    ['ends in its header', (bytes: Buffer) => bytes.subarray(0, 9)],
    ['has a byte changed', (bytes: Buffer) => Buffer.from(bytes.map((byte, at) => (at === 20 ? byte ^ 1 : byte)))],
    ['is something else', () => Buffer.from('#!/bin/sh\nexit 0\n')],
  ])('does not know an entry that %s, and tells so', (_what, damaged) => {
    const folder = temporaryFolder();
    const { store, messages } = storeIn(folder);
    store.write(keyOf([1]), Buffer.from('what was read'));
    const [path = ''] = filesIn(folder);
    writeFileSync(path, damaged(readFileSync(path)));
    expect(store.read(keyOf([1]))).toBeUndefined();
    expect(messages).toEqual([expect.stringContaining('damaged')]);
    store.write(keyOf([1]), Buffer.from('read anew'));
    expect(store.read(keyOf([1]))?.toString()).toBe('read anew');
  });

  it('goes on without a folder that cannot be written, and tells so once', () => {
    const folder = join(temporaryFolder(), 'a file');
    writeFileSync(folder, '');
    const { store, messages } = storeIn(folder);
    store.write(keyOf([1]), Buffer.from('x'));
    store.write(keyOf([2]), Buffer.from('x'));
    expect(store.read(keyOf([1]))).toBeUndefined();
    expect(messages).toEqual([expect.stringContaining('going on without it')]);
    store.prune();
  });

  it('leaves no unfinished file, and removes those of processes that were killed long ago', () => {
    const folder = temporaryFolder();
    const { store } = storeIn(folder);
    const key = keyOf([1]);
    store.write(key, Buffer.from('x'));
    expect(filesIn(folder)).toHaveLength(1);
    const abandoned = join(folder, key.slice(0, 2), `${key.slice(2)}.123.tmp`);
    const recent = join(folder, key.slice(0, 2), `${key.slice(2)}.124.tmp`);
    for (const path of [abandoned, recent]) writeFileSync(path, 'half');
    utimesSync(abandoned, NOW / 1000 - 7200, NOW / 1000 - 7200);
    utimesSync(recent, NOW / 1000, NOW / 1000);
    store.prune();
    expect(filesIn(folder)).not.toContain(abandoned);
    expect(filesIn(folder)).toContain(recent);
  });

  it('removes what was not used for longest once it is beyond its limit, and nothing that is not its own', () => {
    const folder = temporaryFolder();
    const hour = 3_600_000;
    let now = NOW;
    const { store } = storeIn(folder, { limit: 10_000, clock: () => now });
    const keys = Array.from({ length: 12 }, (_one, index) => keyOf([index]));
    for (const [index, key] of keys.entries()) {
      store.write(key, Buffer.alloc(1000));
      const path = join(folder, key.slice(0, 2), key.slice(2));
      utimesSync(path, NOW / 1000 + index * 3600, NOW / 1000 + index * 3600);
    }
    const [oldest = '', second = ''] = keys;
    mkdirSync(join(folder, 'notes'));
    writeFileSync(join(folder, 'notes', 'mine.txt'), 'x'.repeat(100_000));
    now = NOW + 24 * hour;
    expect(store.read(oldest)).toBeDefined();
    store.prune();
    const left = keys.filter((key) => store.read(key) !== undefined);
    expect(left).toContain(oldest);
    expect(left).not.toContain(second);
    expect(left.length * 1016).toBeLessThanOrEqual(8_000);
    expect(left.length).toBeGreaterThan(5);
    expect(filesIn(folder)).toContain(join(folder, 'notes', 'mine.txt'));
  });

  it('makes keys that differ where their parts do', () => {
    const parts = [['a'], ['a', ''], ['', 'a'], [['a']], ['b'], [1], ['1'], [undefined, 'x'], ['x']];
    expect(new Set(parts.map(keyOf)).size).toBe(parts.length);
  });
});
