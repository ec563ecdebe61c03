import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Problem } from '../../src/model/problem.js';
import { SymbolFiles } from '../../src/symbols/symbol-files.js';
import { captureTree } from '../ingest/capture-tree.js';
import { elfBytes } from './elf-bytes.js';

function filesOf(tree: Readonly<Record<string, string | Uint8Array>>): {
  find: (module: string, buildId?: string) => string;
  problems: Problem[];
} {
  const problems: Problem[] = [];
  const files = new SymbolFiles(captureTree(tree), (problem) => problems.push(problem));
  const find = (module: string, buildId?: string): string => {
    const file = files.fileOf({ module, ...(buildId !== undefined && { buildId }) });
    return typeof file === 'string' ? `none: ${file}` : file.path;
  };
  return { find, problems };
}

describe('SymbolFiles', () => {
  it('finds by build id, whatever the name', () => {
    const { find } = filesOf({
      '.build-id/0b/adcafe.debug': elfBytes({ buildId: '0badcafe' }),
      'bin/sensord': elfBytes({ buildId: '11223344' }),
    });
    expect(find('/usr/bin/sensord', '0badcafe')).toBe('.build-id/0b/adcafe.debug');
    expect(find('/usr/bin/sensord', '11223344')).toBe('bin/sensord');
    expect(find('/usr/bin/sensord', '55667788')).toBe('none: the files of its name are of other builds than 55667788');
    expect(find('/usr/bin/other', '55667788')).toMatch(/^none: no file .* build id 55667788 or its name$/);
  });

  it('finds a real debug file by the id that the linker wrote', () => {
    const debug = readFileSync('samples/symbols/debug/asan/lost-sessions.debug');
    const id =
      /GNU\0([\s\S]{20})/.exec(
        debug.toString('latin1').slice(debug.indexOf('\x14\0\0\0\x03\0\0\0GNU\0', 0, 'latin1')),
      )?.[1] ?? '';
    const { find } = filesOf({ 'anything.bin': debug });
    expect(find('/x', Buffer.from(id, 'latin1').toString('hex'))).toBe('anything.bin');
  });

  it('finds by name, with and without the suffix of a debug file', () => {
    const { find } = filesOf({ 'a/sensord.debug': elfBytes(), 'b/libfoo.so.1': elfBytes(), 'c/notes.txt': 'sensord2' });
    expect(find('/usr/bin/sensord')).toBe('a/sensord.debug');
    expect(find('libfoo.so.1', 'abcd')).toBe('b/libfoo.so.1');
    expect(find('/c/notes.txt')).toMatch(/^none: no file/);
  });

  it('goes by the folders where names are the same', () => {
    const { find } = filesOf({
      'symbols/system/lib/libfoo.so': elfBytes({ bits: 32, buildId: '01' }),
      'symbols/system/lib64/libfoo.so': elfBytes({ buildId: '02' }),
    });
    expect(find('/system/lib64/libfoo.so')).toBe('symbols/system/lib64/libfoo.so');
    expect(find('/system/lib/libfoo.so')).toBe('symbols/system/lib/libfoo.so');
    expect(find('/apex/libfoo.so')).toMatch(
      /^none: 2 different files could be it: symbols\/system\/lib64\/libfoo.so, /,
    );
  });

  it('takes of one build the file that tells most', () => {
    const { find } = filesOf({
      'a/sensord': elfBytes({ buildId: '01' }),
      'b/sensord': elfBytes({ buildId: '01', sections: ['.symtab', '.debug_line'] }),
      'c/sensord': elfBytes({ buildId: '01', sections: ['.symtab'] }),
    });
    expect(find('sensord')).toBe('b/sensord');
    expect(find('sensord', '01')).toBe('b/sensord');
  });

  it('tells of damaged files, and uses the others', () => {
    const { find, problems } = filesOf({ 'a/sensord': elfBytes().subarray(0, 70), 'b/sensord': elfBytes() });
    expect(find('sensord')).toBe('b/sensord');
    expect(problems).toMatchObject([{ severity: 'warning', code: 'damaged-symbols', file: 'a/sensord', line: 0 }]);
  });

  it('opens nothing outside the folder, whatever a capture says', () => {
    const root = captureTree({ 'in/kept': elfBytes({ buildId: '01' }) });
    const outside = join(dirname(root), 'outside');
    mkdirSync(outside);
    writeFileSync(join(outside, 'secret'), elfBytes({ buildId: '02' }));
    symlinkSync(join(outside, 'secret'), join(root, 'secret'));
    symlinkSync(outside, join(root, 'folder'));
    symlinkSync('in/kept', join(root, 'link'));
    symlinkSync('.', join(root, 'circle'));
    const files = new SymbolFiles(root, (problem) => {
      throw new Error(problem.message);
    });
    for (const module of [
      'secret',
      `${outside}/secret`,
      '../outside/secret',
      'folder/secret',
      '..',
      '',
      '/',
      '-e',
      '@kept',
    ]) {
      expect(files.fileOf({ module })).toMatch(/^no file/);
      expect(files.fileOf({ module, buildId: '02' })).toMatch(/^no file/);
    }
    expect(files.fileOf({ module: 'link' })).toMatchObject({ path: 'link' });
    expect(files.fileOf({ module: 'x', buildId: '01' })).toMatchObject({ path: 'in/kept' });
  });
});
