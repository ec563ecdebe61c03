import { expect, it } from 'vitest';
import { readFile } from '../capture-tree.js';
import { processText } from '../smaps-text.js';
import { zipOf } from './build-archives.js';

const TEXT = processText(100);
const CENTRAL_HEADER = Buffer.from('PK\x01\x02', 'latin1');

it.each([
  ['its end', (zip: Buffer): Buffer => zip.subarray(0, zip.length - 10)],
  [
    'its second entry',
    (zip: Buffer): Buffer => {
      const first = zip.indexOf(CENTRAL_HEADER);
      zip.write('xxxx', zip.indexOf(CENTRAL_HEADER, first + 4));
      return zip;
    },
  ],
] as const)(
  'a zip archive whose directory is damaged at %s is read file by file, and the damage told',
  async (_, damage) => {
    const zip = zipOf({ 'board/1/smaps': TEXT, 'board/2/smaps': TEXT });
    const { snapshots, problems } = await readFile(damage(zip), 'x.zip');
    expect(snapshots.map(({ context }) => context.pid)).toEqual([1, 2]);
    expect(problems.filter(({ code }) => code === 'damaged-compression')).toMatchObject([{ severity: 'error' }]);
  },
);
