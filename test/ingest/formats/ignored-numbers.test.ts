import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { captureFormats } from '../../../src/ingest/formats/index.js';
import { readFile } from '../capture-tree.js';

const STATM = '1123 814 735 193 0 142 0\n';
const WRAPPED = '149919 12547 18446744073709551615 19864 0 14531 0\n';
const NUMA_MAPS =
  '55a9e753c000 default file=/usr/lib/systemd/systemd mapped=52 mapmax=2 active=16 N0=52 kernelpagesize_kB=4\n' +
  '55a9e753d000 default\n' +
  '7ffd2a1c0000 prefer=static:0 stack anon=3 dirty=3 N0=3 kernelpagesize_kB=4\n' +
  '7ffd2a1c1000 interleave:0-3 heap anon=3 dirty=3 N0=3 kernelpagesize_kB=4\n' +
  '7ffd2a1c2000 bind:0,2 file=/dev/shm/default\\040bind mapped=1 N2=1 kernelpagesize_kB=4\n';

describe('numbers of a process that are no bytes', () => {
  it.each([
    ['statm', STATM],
    ['statm', STATM.trimEnd()],
    ['statm', WRAPPED],
    ['statm', readFileSync('samples/statm/leak-example.statm', 'utf8')],
    ['numa_maps', NUMA_MAPS],
    ['numa_maps', readFileSync('samples/numa_maps/leak-example.numa_maps', 'utf8')],
  ])('are recognized as %s and ignored by rule', async (id, text) => {
    const read = await readFile(text);
    expect(read.files).toMatchObject([{ format: id, status: 'read', snapshots: 0 }]);
    expect(read.captures).toEqual([]);
    expect(read.problems).toEqual([]);
  });

  it.each([
    '1123 814 735 193 0 142\n',
    '1123 814 735 193 0 142 0 9\n',
    '1123 814 735 193 7 142 0\n',
    '1123 814 735 193 0 142 3\n',
    `${STATM}r  b   swpd   free\n`,
    `${STATM}1 2 3 4 5 6 7\n`,
    '0\n',
    '-1000\n',
    '667\n',
    '0x12\n',
    'do_epoll_wait',
    '00000000',
    '\n\n\n',
  ])('are not %j: such a file is ignored without a word', async (text) => {
    const read = await readFile(text);
    expect(read.files).toMatchObject([{ format: '', status: 'ignored' }]);
    expect(read.captures).toEqual([]);
    expect(read.problems).toEqual([]);
  });

  it('of numa_maps are no maps, nor maps numa_maps', () => {
    const maps = '55a9e753c000-55a9e753d000 r--p 00000000 08:01 12 /default\n';
    const claims = (text: string): string[] => captureFormats.filter((one) => one.recognizes(text)).map(({ id }) => id);
    expect(claims(NUMA_MAPS)).toEqual(['numa_maps']);
    expect(claims(maps)).toEqual(['maps']);
  });
});
