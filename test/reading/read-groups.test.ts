import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type InputFile, listCaptures } from '../../src/ingest/captures-folder.js';
import { groupsOf } from '../../src/reading/read-groups.js';
import { temporaryFolder } from '../cli/run-cli.js';

const KIB = 1024;
const MIB = 1024 * KIB;

/** Files of these sizes, which take no space on disk. */
function inputsOf(sizes: Readonly<Record<string, number>>): InputFile[] {
  const root = temporaryFolder();
  for (const [path, bytes] of Object.entries(sizes)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), '');
    truncateSync(join(root, path), bytes);
  }
  return listCaptures([root], () => undefined);
}

function pathsOf(inputs: readonly InputFile[]): string[][] {
  return groupsOf(inputs).map((group) => group.map(({ path }) => path));
}

function devices(count: number, bytes: number): Record<string, number> {
  const numbers = Array.from({ length: count }, (_one, number) => String(number).padStart(4, '0'));
  return Object.fromEntries(numbers.flatMap((one) => ['a', 'b'].map((name) => [`board-${one}/${name}/smaps`, bytes])));
}

/** The groups of `after` that `before` has not. */
function changed(before: readonly string[][], after: readonly string[][]): string[][] {
  const known = new Set(before.map((group) => group.join('\n')));
  return after.filter((group) => !known.has(group.join('\n')));
}

describe('the groups of captures', () => {
  it('hold each file once, in the order of the files', () => {
    const name = fc.constantFrom('a', 'b', 'a-1', 'a.1', '10', '9');
    const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((parts) => `${parts.join('/')}/smaps`);
    const sizes = fc.dictionary(path, fc.constantFrom(0, 100 * KIB, 5 * MIB, 40 * MIB), { maxKeys: 20 });
    fc.assert(
      fc.property(sizes, (files) => {
        const inputs = inputsOf(files);
        expect(groupsOf(inputs).flat()).toEqual(inputs);
        expect(groupsOf(inputs).every((group) => group.length > 0)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it('are the devices, where each is a folder of some size', () => {
    const groups = pathsOf(inputsOf(devices(20, 200 * KIB)));
    expect(groups).toHaveLength(20);
    expect(groups[3]).toEqual(['board-0003/a/smaps', 'board-0003/b/smaps']);
  });

  it('are few for many small folders', () => {
    expect(pathsOf(inputsOf(devices(200, KIB))).length).toBeLessThan(50);
  });

  it.each([
    { of: 'devices', files: devices(100, 200 * KIB), more: { 'board-0041-b/a/smaps': 200 * KIB } },
    { of: 'small folders', files: devices(100, KIB), more: { 'board-0041-b/a/smaps': KIB } },
    {
      of: 'a folder of a long series',
      files: Object.fromEntries(Array.from({ length: 200 }, (_one, at) => [`smaps.${1000 + 2 * at}`, MIB])),
      more: { 'smaps.1101': MIB },
    },
  ])('change little where a file is added among $of', ({ files, more }) => {
    const before = pathsOf(inputsOf(files));
    const after = pathsOf(inputsOf({ ...files, ...more }));
    expect(before.length).toBeGreaterThan(4);
    expect(changed(before, after).length).toBeLessThanOrEqual(3);
    expect(changed(before, after).flat()).toContain(Object.keys(more)[0]);
  });

  it('keep a folder together up to some size, and a large file alone', () => {
    const groups = pathsOf(inputsOf({ 'd/one/smaps': 20 * MIB, 'd/two/smaps': 20 * MIB, 'd/x.log': 500 * MIB }));
    expect(groups).toEqual([['d/one/smaps'], ['d/two/smaps'], ['d/x.log']]);
  });

  it('cut a long series of small folders into few parts', () => {
    const minutes = Array.from({ length: 200 }, (_one, minute) => [`board/${1000 + minute}/smaps`, MIB] as const);
    const groups = pathsOf(inputsOf(Object.fromEntries(minutes)));
    expect(groups.length).toBeGreaterThan(200 / 32);
    expect(groups.length).toBeLessThan(200 / 8);
  });
});
