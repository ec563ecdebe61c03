import { describe, expect, it } from 'vitest';
import { contextOf, type FileContext } from '../../src/ingest/capture-context.js';

const AT = Date.UTC(2026, 0, 31, 21);
const NOTHING: FileContext = { rootName: 'lab', path: {}, manifest: {}, companions: {} };

/** Where each part of a context was taken from when every source names another. */
const FULL: FileContext = {
  rootName: 'lab',
  manifest: { device: 'm', command: 'm', pid: 1, startTicks: 1, takenAt: 1 },
  path: { device: 'p', command: 'p', pid: 4, takenAt: 4 },
  companions: { command: 'n', pid: 5, startTicks: 5 },
};
const HEADER = { path: 'h/smaps', pid: 3, command: 'h', takenAt: 3 };
const SAYS = { pid: 2, command: '/opt/c --x', startTicks: 2, takenAt: 2 };

describe('contextOf', () => {
  it('believes the manifest before all', () => {
    expect(contextOf(FULL, HEADER, SAYS, () => '/usr/bin/x')).toMatchObject({
      device: 'm',
      command: 'm',
      pid: 1,
      startTicks: 1,
      takenAt: 1,
      sources: {
        device: 'manifest',
        command: 'manifest',
        pid: 'manifest',
        startTicks: 'manifest',
        takenAt: 'manifest',
      },
    });
  });

  it('then the capture itself', () => {
    expect(contextOf({ ...FULL, manifest: {} }, HEADER, SAYS, () => '/usr/bin/x')).toEqual({
      device: 'h',
      command: 'c',
      pid: 2,
      startTicks: 2,
      takenAt: 2,
      sources: { device: 'header', command: 'content', pid: 'content', startTicks: 'content', takenAt: 'content' },
    });
  });

  it('then the header above it', () => {
    expect(contextOf({ ...FULL, manifest: {} }, HEADER, {}, () => undefined)).toMatchObject({
      device: 'h',
      command: 'h',
      pid: 3,
      takenAt: 3,
    });
  });

  it('then the path, with the command of the files beside it', () => {
    expect(
      contextOf(
        { ...FULL, manifest: {}, companions: { ...FULL.companions, pid: 4 } },
        undefined,
        {},
        () => '/usr/bin/x',
      ),
    ).toEqual({
      device: 'p',
      command: 'n',
      pid: 4,
      startTicks: 5,
      takenAt: 4,
      sources: { device: 'path', command: 'companion', pid: 'path', startTicks: 'companion', takenAt: 'path' },
    });
  });

  it('uses the files beside it for their own process only', () => {
    const context = contextOf(
      { ...NOTHING, companions: { command: 'n', pid: 5, startTicks: 5 } },
      { pid: 6 },
      {},
      () => undefined,
    );
    expect(context).toEqual({ device: 'lab', pid: 6, sources: { device: 'folder', pid: 'header' } });
  });

  it('takes the device from the captures folder last', () => {
    expect(contextOf(NOTHING, undefined, {}, () => undefined)).toEqual({
      device: 'lab',
      sources: { device: 'folder' },
    });
  });

  it('takes the command from the first executable before a guess', () => {
    const guess: FileContext = { ...NOTHING, path: { command: 'night', commandIsGuess: true } };
    expect(contextOf(guess, undefined, {}, () => '/usr/bin/sensord').command).toBe('sensord');
    expect(contextOf(guess, undefined, {}, () => undefined).command).toBe('night');
    const known: FileContext = { ...NOTHING, path: { command: 'sensord-2' } };
    expect(contextOf(known, undefined, {}, () => '/usr/bin/sensord').command).toBe('sensord-2');
  });

  it('takes no device from a path of the target', () => {
    expect(contextOf(NOTHING, { path: '/proc/812/smaps' }, {}, () => undefined)).toEqual({
      device: 'lab',
      pid: 812,
      sources: { device: 'folder', pid: 'header' },
    });
  });

  it('takes device, pid and time from a relative path of a banner', () => {
    expect(contextOf(NOTHING, { path: 'board-7/20260131T210000Z/812/smaps' }, {}, () => undefined)).toMatchObject({
      device: 'board-7',
      pid: 812,
      takenAt: AT,
    });
  });

  it('leaves out what nothing tells, also where a name is empty', () => {
    expect(contextOf(NOTHING, {}, { command: '' }, () => '')).toEqual({ device: 'lab', sources: { device: 'folder' } });
  });
});
