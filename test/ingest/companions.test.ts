import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { companionsOf, isCompanionOnly } from '../../src/ingest/companions.js';
import { captureTree } from './capture-tree.js';

/** What the files say of `name`, which stands among them. */
function companions(files: Readonly<Record<string, string | Uint8Array>>, name = 'smaps'): unknown {
  const root = captureTree({ ...files, [name]: '' });
  return companionsOf(name, new Map(readdirSync(root).map((file) => [file.replace(/\.gz$/, ''), join(root, file)])));
}

const fields = (startTicks: string): string => `S 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 1 ${startTicks} 20 21`;

describe('companionsOf', () => {
  it('takes the command out of a cmdline with NULs', () => {
    expect(companions({ cmdline: '/opt/demo/sensord\0--config\0/etc/x y.conf\0' })).toEqual({ command: 'sensord' });
    expect(companions({ cmdline: 'nginx: worker process\0\0\0' })).toEqual({ command: 'nginx' });
  });

  it('takes comm where the cmdline is empty, as with kernel threads', () => {
    expect(companions({ cmdline: '', comm: 'kworker/0:1\n' })).toEqual({ command: 'kworker/0:1' });
  });

  it('takes the cmdline before comm, which may be cut', () => {
    expect(companions({ cmdline: 'telemetry-uploader\0', comm: 'telemetry-uploa\n' })).toEqual({
      command: 'telemetry-uploader',
    });
  });

  it('takes a comm with a newline and parentheses as it is', () => {
    expect(companions({ comm: 'a\nVmRSS:\t9 kB\n' })).toEqual({ command: 'a\nVmRSS:\t9 kB' });
    expect(companions({ comm: 'a) S 1 (b\n' })).toEqual({ command: 'a) S 1 (b' });
  });

  it('takes pid and name from status', () => {
    expect(companions({ status: 'Name:\tsensord\nTgid:\t812\nPid:\t812\n' })).toEqual({ pid: 812, command: 'sensord' });
  });

  it('takes pid and start time from stat, behind the last parenthesis', () => {
    expect(companions({ stat: `812 (a) S 1 (b) ${fields('7777')}` })).toEqual({ pid: 812, startTicks: 7777 });
    expect(companions({ stat: `812 (a\nb) ${fields('7777')}` })).toEqual({ pid: 812, startTicks: 7777 });
  });

  it('takes no start time that is none', () => {
    expect(companions({ stat: `812 (a) ${fields('x')}` })).toEqual({ pid: 812 });
    expect(companions({ stat: `812 (a) ${fields('99999999999999999999')}` })).toEqual({ pid: 812 });
    expect(companions({ stat: '812 (a) S 1' })).toEqual({});
    expect(companions({ stat: 'hello' })).toEqual({});
  });

  it('reads packed files, for packed files', () => {
    expect(companions({ 'cmdline.gz': gzipSync('sensord\0') }, 'smaps.gz')).toEqual({ command: 'sensord' });
  });

  it('belongs to the file of the same name but for its kind', () => {
    const files = { 'cmdline.18.txt': 'sensord\0', 'cmdline.19.txt': 'uploader\0' };
    expect(companions(files, 'smaps.18.txt')).toEqual({ command: 'sensord' });
    expect(companions(files, 'rollup.19.txt')).toEqual({ command: 'uploader' });
    expect(companions(files, 'smaps.20.txt')).toEqual({});
  });

  it('says nothing of files that are none of a process', () => {
    expect(companions({ cmdline: 'sensord\0' }, 'valgrind.log')).toEqual({});
  });

  it('says nothing where a file is damaged', () => {
    expect(companions({ 'cmdline.gz': gzipSync('sensord\0').subarray(0, 8) })).toEqual({});
    expect(companions({ 'cmdline/a': '' })).toEqual({});
  });
});

it('knows the files that only accompany others', () => {
  expect(['cmdline', 'comm.txt', 'cmdline.gz', 'status', 'commands'].map(isCompanionOnly)).toEqual([
    'cmdline',
    'comm',
    'cmdline',
    undefined,
    undefined,
  ]);
});
