import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { analyze } from '../../src/analyze.js';
import type { StackFrame } from '../../src/model/leaks.js';
import type { Problem } from '../../src/model/problem.js';
import { SourceTree } from '../../src/symbols/source-tree.js';
import { captureTree } from '../ingest/capture-tree.js';

function treeOf(files: Readonly<Record<string, string | Uint8Array>>) {
  const problems: Problem[] = [];
  const root = captureTree(files);
  const tree = new SourceTree(root, (problem) => problems.push(problem));
  const at = (file: string, line: number): ReturnType<SourceTree['excerptOf']> =>
    tree.excerptOf([{ symbol: 'malloc' }, { symbol: 'f', file, line }]);
  return { root, tree, at, problems };
}

const CODE = 'one\n\ttwo\r\nthree\nfour';

describe('SourceTree', () => {
  it('shows the line with one before and one after', () => {
    const { at } = treeOf({ 'lib/a.c': CODE });
    expect(at('/build/lib/a.c', 2)).toEqual({
      file: 'lib/a.c',
      line: 2,
      firstLine: 1,
      lines: ['one', '\ttwo', 'three'],
    });
    expect(at('a.c', 1)).toEqual({ file: 'lib/a.c', line: 1, firstLine: 1, lines: ['one', '\ttwo'] });
    expect(at('../lib/a.c', 4)).toEqual({ file: 'lib/a.c', line: 4, firstLine: 3, lines: ['three', 'four'] });
    expect(at('C:\\build\\lib\\a.c', 5)).toBeUndefined();
  });

  it('goes by the longest end of the path, and shows none where two are alike', () => {
    const { at, problems } = treeOf({ 'app/util/log.c': 'app', 'lib/util/log.c': 'lib', 'lib/main.c': 'main' });
    expect(at('/build/app/util/log.c', 1)?.lines).toEqual(['app']);
    expect(at('x/lib/./util/../util/log.c', 1)?.lines).toEqual(['lib']);
    expect(at('main.c', 1)?.lines).toEqual(['main']);
    expect(problems).toEqual([]);
    expect(at('util/log.c', 1)).toBeUndefined();
    expect(at('util/log.c', 1)).toBeUndefined();
    const message = '2 files could be the source "util/log.c", none is shown: app/util/log.c, lib/util/log.c';
    expect(problems).toEqual([{ severity: 'warning', code: 'ambiguous-source', message, file: '', line: 0 }]);
  });

  it('shows the innermost caller that is in the tree', () => {
    const { tree } = treeOf({ 'own.cc': 'first\nsecond' });
    const stack: StackFrame[] = [
      { symbol: 'operator new(unsigned long)' },
      { symbol: 'std::vector<int>::reserve', file: '/usr/include/c++/12/vector', line: 70 },
      { symbol: 'load', file: '/build/own.cc', line: 2 },
      { symbol: 'main', file: '/build/own.cc', line: 1 },
    ];
    expect(tree.excerptOf(stack)?.line).toBe(2);
    expect(tree.excerptOf(stack.slice(0, 2))).toBeUndefined();
    expect(tree.excerptOf([])).toBeUndefined();
  });

  it('passes over what is binary or too large, and cuts long lines', () => {
    const { at } = treeOf({ 'a.o': 'a\0b', 'b.c': 'x'.repeat(5_000_001), 'c.c': 'y'.repeat(1000), 'd.c': '' });
    expect(at('a.o', 1)).toBeUndefined();
    expect(at('b.c', 1)).toBeUndefined();
    expect(at('c.c', 1)?.lines).toEqual(['y'.repeat(400)]);
    expect(at('d.c', 1)).toBeUndefined();
  });

  it('opens nothing outside the folder, whatever a capture says', () => {
    const root = captureTree({ 'a.c': 'inside' });
    const outside = join(dirname(root), 'outside');
    mkdirSync(outside);
    writeFileSync(join(outside, 'secret.c'), 'secret');
    symlinkSync(join(outside, 'secret.c'), join(root, 'secret.c'));
    symlinkSync(outside, join(root, 'folder'));
    const tree = new SourceTree(root, () => undefined);
    for (const file of ['secret.c', `${outside}/secret.c`, '../outside/secret.c', 'folder/secret.c', '..', '', '/']) {
      expect(tree.excerptOf([{ symbol: 'f', file, line: 1 }])).toBeUndefined();
    }
    expect(tree.excerptOf([{ symbol: 'f', file: '/a.c', line: 1 }])?.lines).toEqual(['inside']);
  });
});

it('a report has the code of its leaks and errors', async () => {
  const captures = ['samples/memcheck/leak-example.log', 'samples/asan/use-after-free.txt'];
  const { leaks, errors } = await analyze({ captures, source: 'samples/programs' });
  expect(leaks[0]?.source).toMatchObject({ file: 'leak-example.c', line: 29, firstLine: 28 });
  expect(leaks[0]?.source?.lines[1]).toMatch(/malloc\(/);
  expect(errors[0]?.source).toMatchObject({ file: 'use-after-free.c', line: 34 });
  const without = await analyze({ captures });
  expect([...without.leaks, ...without.errors].map(({ source }) => source)).toEqual([undefined, undefined]);
});
