import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Manifest, readManifest } from '../../src/ingest/manifest.js';
import { captureTree, readCaptures } from './capture-tree.js';
import { processText } from './smaps-text.js';

function manifest(text: string): { read: Manifest | undefined; problems: string[] } {
  const problems: string[] = [];
  const read = readManifest(join(captureTree({ 'captures.json': text }), 'captures.json'), (code, message) => {
    problems.push(`${code}: ${message}`);
  });
  return { read, problems };
}

describe('readManifest', () => {
  it('reads what holds for the folder and for each file', () => {
    const { read, problems } = manifest(
      '\ufeff{"device":"board-7","files":[{"path":"./a/smaps.1","command":"sensord","pid":812,"startTicks":7,"takenAt":"2026-01-31T21:00:00Z"},{"path":"b","takenAt":1769893200}]}',
    );
    expect(problems).toEqual([]);
    expect(read?.all).toEqual({ device: 'board-7' });
    expect(read?.files).toEqual(
      new Map([
        ['a/smaps.1', { command: 'sensord', pid: 812, startTicks: 7, takenAt: Date.UTC(2026, 0, 31, 21) }],
        ['b', { takenAt: Date.UTC(2026, 0, 31, 21) }],
      ]),
    );
  });

  it('reads a bare list of files', () => {
    expect(manifest('[{"path":"a","pid":1}]').read?.files.get('a')).toEqual({ pid: 1 });
  });

  it.each([
    ['no JSON', '{"device": board-7}', false],
    ['a number', '7', false],
    ['null', 'null', false],
    ['an empty file', '', false],
    ['a file without a path', '{"files":[{"pid":1},null,"a",7]}', true],
    ['a time that is none', '{"files":[{"path":"a","takenAt":"yesterday"}]}', true],
  ])('reports %s', (_, text, isUsed) => {
    const { read, problems } = manifest(text);
    expect(problems[0]).toMatch(/^bad-manifest: expected .*/);
    expect(read !== undefined).toBe(isUsed);
  });

  it('leaves out what is of the wrong type', () => {
    const { read } = manifest(
      '{"device":7,"files":[{"path":"a","pid":-1,"command":null,"startTicks":1.5,"takenAt":null}]}',
    );
    expect(read?.all).toEqual({});
    expect(read?.files.get('a')).toEqual({});
  });
});

describe('captures.json', () => {
  it('decides before all else, the nearest one', async () => {
    const root = captureTree({
      'captures.json': JSON.stringify({ device: 'wide', command: 'wide', files: [] }),
      'night/captures.json': JSON.stringify({
        device: 'near',
        files: [{ path: '1/smaps', command: 'one', pid: 1, takenAt: 1769893200 }],
      }),
      'night/1/smaps': processText(100),
      'other/smaps': processText(100),
    });
    const { snapshots, problems, files } = await readCaptures(root);
    expect(snapshots.map(({ context: { device, command, pid } }) => [device, command, pid])).toEqual([
      ['near', 'one', 1],
      ['wide', 'wide', undefined],
    ]);
    expect(problems.map(({ code, file }) => [code, file])).toEqual([['time-from-modification', 'other/smaps']]);
    expect(files.filter(({ format }) => format === 'manifest').map(({ status }) => status)).toEqual(['read', 'read']);
  });

  it('that is broken is reported once, at its own path', async () => {
    const { problems, snapshots } = await readCaptures(
      captureTree({
        'captures.json': '{',
        'a/20260131T210000Z/1/smaps': processText(1),
        'a/20260131T210000Z/2/smaps': processText(1),
      }),
    );
    expect(snapshots).toHaveLength(2);
    expect(problems).toMatchObject([{ code: 'bad-manifest', file: 'captures.json', severity: 'error' }]);
  });
});
