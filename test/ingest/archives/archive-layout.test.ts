import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Capture } from '../../../src/model/capture.js';
import { captureTree, type ReadCaptures, readCaptures } from '../capture-tree.js';
import { processText } from '../smaps-text.js';
import { MODIFIED, tarOfFiles, zipOf } from './build-archives.js';

const TEXT = processText(100);
const TIME = '20260131T210000Z';

/** Device, command, pid and time of each capture. */
function contexts({ captures }: ReadCaptures): unknown {
  return captures.map(({ context: { device, command, pid, takenAt } }) => [device, command, pid, takenAt]);
}

async function readTar(name: string, files: Readonly<Record<string, string | Uint8Array>>): Promise<ReadCaptures> {
  return readCaptures(captureTree({ [name]: await tarOfFiles(files) }));
}

function deviceOf({ captures }: { captures: Capture[] }): string | undefined {
  return captures[0]?.context.device;
}

describe('an archive', () => {
  it('says what its files say in a folder', async () => {
    const files = {
      [`board-7/${TIME}/812/smaps`]: TEXT,
      [`board-7/${TIME}/812/cmdline`]: '/opt/demo/sensord\0-x\0y\0z\0a\0b\0',
      [`board-7/${TIME}/812/stat`]: `812 (sensord) S ${Array.from({ length: 49 }, (_, i) => i).join(' ')}\n`,
      [`board-7/${TIME}/813/smaps`]: TEXT,
      [`board-7/${TIME}/813/comm`]: 'netd\n',
      'board-8/smaps_uploadd_77_1769893200.txt': TEXT,
    };
    const plain = await readCaptures(captureTree(files));
    for (const packed of [await tarOfFiles(files), gzipSync(await tarOfFiles(files)), zipOf(files)]) {
      const read = await readCaptures(captureTree({ 'night.dat': packed }));
      expect(read.captures.map(({ context }) => context)).toEqual(plain.captures.map(({ context }) => context));
      const bytes = expect.any(Number) as number;
      const listed = plain.files.map((record) => ({ ...record, path: `night.dat/${record.path}`, bytes }));
      // The files of an archive come in its own order.
      expect(read.files).toHaveLength(listed.length);
      expect(read.files).toEqual(expect.arrayContaining(listed));
      expect(read.problems).toEqual([]);
    }
  });

  it('has its small files known before the captures that they accompany, whatever their order', async () => {
    const smaps = [`b/${TIME}/812/smaps`, TEXT] as const;
    const cmdline = [`b/${TIME}/812/cmdline`, '/opt/sensord\0'] as const;
    for (const files of [
      [smaps, cmdline],
      [cmdline, smaps],
    ]) {
      expect(contexts(await readTar('x.tar', Object.fromEntries(files)))).toEqual([['b', 'sensord', 812, MODIFIED]]);
    }
  });

  it.each([
    ['a folder in it', 'lab-2/x.tar', `board-7/${TIME}/1/smaps`, 'board-7'],
    ['the folder that holds it', 'board-9/night.tar', `${TIME}/1/smaps`, 'board-9'],
    ['its own name', 'board-7.tar', `${TIME}/1/smaps`, 'board-7'],
    ['its own name beside a time', 'board-7_2026-01-31T22-00-00.tar', '1/smaps', 'board-7'],
    ['the captures folder, where its name only says what it is', 'captures.tar', '1/smaps', 'captures'],
    ['the captures folder, where its name is a time', '20260131T210000Z.tar', '1/smaps', 'captures'],
  ])('takes the device from %s', async (_, archive, member, device) => {
    expect(deviceOf(await readTar(archive, { [member]: TEXT }))).toBe(device);
  });

  it('takes a time from its name, but not for a series', async () => {
    const one = await readTar('board-7_2026-02-01T22-00-00.tar', { '1/smaps': TEXT });
    expect(contexts(one)).toMatchObject([['board-7', expect.anything(), 1, Date.UTC(2026, 1, 1, 22)]]);
    const series = { 'smaps.00': TEXT, 'smaps.01': TEXT, 'smaps.02': TEXT };
    const { captures } = await readTar('board-7_2026-02-01T22-00-00.tar', series);
    expect(captures.map(({ context }) => context.sources.takenAt)).toEqual(Array(3).fill('modification-time'));
  });

  it('may hold a manifest, and be spoken of in one beside it', async () => {
    const inside = await readTar('x.tar', {
      'night/smaps.1': TEXT,
      'captures.json': '{ "device": "b", "files": [{ "path": "night/smaps.1", "command": "sensord", "pid": 5 }] }',
    });
    expect(contexts(inside)).toMatchObject([['b', 'sensord', 5, MODIFIED]]);
    const tar = await tarOfFiles({ 'night/smaps.1': TEXT });
    const beside = captureTree({
      'x.tar': tar,
      'captures.json': '{ "files": [{ "path": "x.tar/night/smaps.1", "command": "uploadd" }] }',
    });
    expect(contexts(await readCaptures(beside))).toMatchObject([
      [expect.anything(), 'uploadd', expect.anything(), MODIFIED],
    ]);
    const bad = await readTar('x.tar', { 'a/1/smaps': TEXT, 'a/captures.json': '{' });
    expect(bad.problems).toMatchObject([{ code: 'bad-manifest', file: 'x.tar/a/captures.json' }, {}]);
  });

  it('may hold packed files and archives, which hold no further ones', async () => {
    const inner = gzipSync(await tarOfFiles({ [`${TIME}/1/smaps`]: TEXT, [`${TIME}/1/comm`]: 'sensord\n' }));
    const files = {
      'board-7.tar.gz': inner,
      'board-8.zip': zipOf({ '2/smaps': TEXT }),
      'board-9/3/smaps.gz': gzipSync(TEXT),
    };
    for (const [name, outer] of [
      ['night.tar.gz', gzipSync(await tarOfFiles(files))],
      ['night.zip', zipOf(files)],
    ] as const) {
      const read = await readCaptures(captureTree({ [name]: outer }));
      expect(read.captures.map(({ context: { device, pid } }) => [device, pid])).toEqual([
        ['board-7', 1],
        ['board-8', 2],
        ['board-9', 3],
      ]);
      expect(read.captures[0]?.context.command).toBe('sensord');
      expect(read.files[0]?.path).toBe(`${name}/board-7.tar.gz/${TIME}/1/smaps`);
      const deeper = await readCaptures(
        captureTree({ 'all.tar': await tarOfFiles({ [`x/${name}`]: outer, 'y/4/smaps': TEXT }) }),
      );
      expect(deeper.captures.map(({ context: { device, pid } }) => [device, pid])).toEqual([['y', 4]]);
      const refused = deeper.problems.filter(({ code }) => code === 'over-limit').map(({ file }) => file);
      expect(refused.sort()).toEqual(
        Object.keys(files)
          .map((member) => `all.tar/x/${name}/${member}`)
          .sort(),
      );
    }
  });

  it('keeps files of one name apart', async () => {
    const entries = zipOf({ 'a/1/smaps': TEXT, 'b/1/smaps': TEXT });
    const at = entries.indexOf('b/1/smaps', entries.indexOf('b/1/smaps') + 1);
    entries.write('a/1/smaps', at);
    const { files } = await readCaptures(captureTree({ 'x.zip': entries }));
    expect(files.map(({ path }) => path)).toEqual(['x.zip/a/1/smaps', 'x.zip/a/1/smaps (2)']);
  });

  it('passes over what a walk through folders passes over', async () => {
    const { files, problems } = await readTar('x.tar', { 'a/1/smaps': TEXT, 'a/1/._smaps': 'x', '__MACOSX/a': 'x' });
    expect(files.map(({ path }) => path)).toEqual(['x.tar/a/1/smaps']);
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('that holds nothing is listed', async () => {
    const { files, problems } = await readTar('x.tar', {});
    expect(files).toMatchObject([{ path: 'x.tar', status: 'ignored' }]);
    expect(problems).toEqual([]);
    expect((await readCaptures(captureTree({ 'x.zip': zipOf({}) }))).files).toMatchObject([{ status: 'ignored' }]);
  });

  it('as smemcap writes it is read', async () => {
    const smaps = readFileSync('samples/smaps/leak-example.smaps');
    const stat = readFileSync('samples/stat/leak-example.stat');
    const read = await readTar('board-7.tar', {
      meminfo:
        'MemTotal:        2048000 kB\nMemFree:          102400 kB\nBuffers:             100 kB\nCached:             4096 kB\n',
      version: 'Linux version 6.18.44\n',
      '11393/smaps': smaps,
      '11393/cmdline': '/opt/demo/leak-example\0',
      '11393/stat': stat,
    });
    const pid = Number.parseInt(stat.toString(), 10);
    expect(contexts({ ...read, captures: read.snapshots })).toMatchObject([
      ['board-7', 'leak-example', 11393, MODIFIED],
    ]);
    expect(read.snapshots[0]?.context.startTicks === undefined).toBe(pid !== 11393);
    expect(read.files.map(({ format }) => format)).toEqual(['meminfo', '', 'smaps', 'cmdline', 'stat']);
  });
});

describe('a companion', () => {
  it('may be packed as its capture is', async () => {
    const packed = (name: string): Buffer => readFileSync(`samples/packed/leak-example.${name}`);
    const root = captureTree({ 'b/1/smaps.xz': packed('smaps.xz'), 'b/1/comm.gz': gzipSync('sensord\n') });
    expect((await readCaptures(root)).snapshots[0]?.context.command).toBe('sensord');
  });
});
