import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { dhat } from '../../../src/ingest/formats/dhat.js';
import { massif } from '../../../src/ingest/formats/massif.js';
import { readFile } from '../capture-tree.js';
import { readText } from '../read-text.js';

const sample = (path: string): string => readFileSync(new URL(`../../../samples/${path}`, import.meta.url), 'utf8');
const SMAPS_ROLLUP =
  '55d0c0000000-7ffd00000000 ---p 00000000 00:00 0                          [rollup]\nRss: 12 kB\nPss: 1 kB\n';

describe.each([
  [massif, 'massif/leak-list.massif'],
  [dhat, 'dhat/leak-list.json'],
])('$id', (format, path) => {
  test('is refused, with advice', async () => {
    const { files, captures, problems } = await readFile(sample(path));
    expect(files).toMatchObject([{ format: format.id, status: 'refused' }]);
    expect(captures).toEqual([]);
    expect(problems).toMatchObject([
      { code: 'refused-format', message: expect.stringContaining('use memcheck') as string },
    ]);
  });

  test('takes its own lines and no more', () => {
    expect(readText(format, sample(path)).rest).toBe('');
    expect(readText(format, `${sample(path)}${SMAPS_ROLLUP}`).rest).toBe(SMAPS_ROLLUP);
  });
});

test('a detailed tree of massif is its own', () => {
  const tree =
    'heap_tree=detailed\nn2: 196 (heap allocation functions) malloc, new/new[], --alloc-fns, etc.\n n0: 96 0x1: f (a.c:1)\n';
  expect(readText(massif, `${sample('massif/leak-list.massif')}${tree}`).rest).toBe('');
});

test.each([
  '{"dhatFileVersion":2,"mode":"rust-heap","pps":[]}\n',
  '{\n  "dhatFileVersion": 2,\n  "pps": [\n    {\n    }\n  ]\n}\n',
])('DHAT in other white space: %j', (text) => {
  expect(dhat.recognizes(text)).toBe(true);
  expect(readText(dhat, text + SMAPS_ROLLUP).rest).toBe(SMAPS_ROLLUP);
});

test.each(['{"version":2}\n', 'desc: a package\ncmd: x\n', 'desc: x\nhello\n'])('%j is of neither', (text) => {
  expect(massif.recognizes(text) || dhat.recognizes(text)).toBe(false);
});
