import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeFolder } from '../src/make-folder.js';
import { memreport, temporaryFolder } from './cli/run-cli.js';

describe('a folder is made', () => {
  it('with those above it, and once', () => {
    const path = join(temporaryFolder(), 'a', 'b', 'c');
    makeFolder(path, 0o700);
    makeFolder(path, 0o700);
    expect(statSync(path).isDirectory()).toBe(true);
    expect(statSync(join(path, '..')).mode & 0o777).toBe(0o700);
  });

  it('not where a file is', () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    expect(() => {
      makeFolder(file);
    }).toThrow('EEXIST');
    expect(() => {
      makeFolder(join(file, 'below'));
    }).toThrow('ENOTDIR');
  });

  // Asked to make folders below /proc by itself, Node 20 never comes back.
  it.runIf(process.platform === 'linux')('not below /proc, which says so', () => {
    expect(() => {
      makeFolder('/proc/nothing/below');
    }).toThrow('ENOENT');
    const { status, stderr } = memreport([
      'analyze',
      'samples/lsan',
      '--out',
      '/proc/nothing/below',
      '--format',
      'json',
    ]);
    expect(status).toBe(6);
    expect(stderr).toContain('/proc/nothing/below: expected');
  });

  it.runIf(process.platform === 'linux')('not for the cache: a run does without it', () => {
    const words = ['analyze', 'samples/lsan', '--out', join(temporaryFolder(), 'out'), '--format', 'json'];
    const environment = { HOME: '/proc/nothing', XDG_CACHE_HOME: '', MEMREPORT_NO_CACHE: '' };
    expect(memreport(words, environment).status).toBe(0);
  });
});
