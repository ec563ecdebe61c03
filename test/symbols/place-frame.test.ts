import { describe, expect, it } from 'vitest';
import type { StackFrame } from '../../src/model/leaks.js';
import { emptyTable, type VmaTable } from '../../src/model/vma-table.js';
import { isUnresolved, placeFrame } from '../../src/symbols/place-frame.js';
import { SymbolFiles } from '../../src/symbols/symbol-files.js';
import { captureTree } from '../ingest/capture-tree.js';
import { elfBytes } from './elf-bytes.js';

/** A library of two pages of code, an executable, and one that is loaded where it is linked. */
function files(): SymbolFiles {
  const tree = captureTree({
    'libfoo.so': elfBytes({ code: [0x1000, 0x2000] }),
    'moved.so': elfBytes({ code: [0x10000, 0x2000] }),
    sensord: elfBytes({ code: [0x1000, 0x2000], hasInterpreter: true }),
    fixed: elfBytes({ code: [0x401000, 0x2000], isFixed: true, hasInterpreter: true }),
  });
  return new SymbolFiles(tree, () => undefined);
}

function table(...rows: readonly (readonly [start: number, end: number, offset: number, path: string])[]): VmaTable {
  return {
    ...emptyTable(),
    count: rows.length,
    start: Float64Array.from(rows, ([start]) => start),
    end: Float64Array.from(rows, ([, end]) => end),
    offset: Float64Array.from(rows, ([, , offset]) => offset),
    path: Uint32Array.from(rows, (_, index) => index + 1),
    paths: ['', ...rows.map(([, , , path]) => path)],
  };
}

/** One path of each name, as the reader interns them. */
function interned(made: VmaTable): VmaTable {
  const paths = [...new Set(made.paths)];
  return { ...made, paths, path: made.path.map((index) => paths.indexOf(made.paths[index] ?? '')) };
}

function placed(frame: StackFrame, tables: readonly VmaTable[] = []): string {
  const place = placeFrame(frame, files(), { tables });
  return 'why' in place
    ? `${place.isMisfit ? 'misfit' : 'none'}: ${place.why}`
    : `${place.file.path} ${place.address}${place.isAssumed ? ' assumed' : ''}`;
}

describe('placeFrame', () => {
  it('takes the offset that a tool printed as it is', () => {
    expect(placed({ module: '/lib/libfoo.so', offset: '1234', address: '7f0000001234' })).toBe('libfoo.so 1234');
    expect(placed({ module: '/lib/libfoo.so', offset: '3000' })).toBe(
      'misfit: libfoo.so is of another build: it has no code at some of the addresses',
    );
  });

  it('takes the address of an executable that is loaded where it is linked', () => {
    expect(placed({ module: 'fixed', address: '401abc' })).toBe('fixed 401abc');
    expect(placed({ module: 'fixed', address: '109abc' })).toMatch(/^misfit/);
  });

  it('takes an executable to be where valgrind loads it, but no library', () => {
    expect(placed({ module: 'sensord', address: '109156' })).toBe('sensord 1156 assumed');
    expect(placed({ module: 'sensord', address: '555555555156' })).toMatch(/^none: nothing tells where/);
    expect(placed({ module: 'libfoo.so', address: '109156' })).toMatch(/^none: nothing tells where/);
  });

  it('takes the beginning of the file that the maps tell', () => {
    const maps = interned(
      table(
        [0x108000, 0x109000, 0, '/bin/sensord'],
        [0x109000, 0x10b000, 0x1000, '/bin/sensord'],
        [0x4852000, 0x4853000, 0, '/lib/libfoo.so'],
        [0x4853000, 0x4855000, 0x1000, '/lib/libfoo.so'],
        [0x4900000, 0x4903000, 0, '/lib/libfoo.so'],
        [0x4a10000, 0x4a12000, 0, '/lib/moved.so'],
      ),
    );
    // The first segment of each stands where the file begins: 0x1000 at 0x108000.
    expect(placed({ module: '/opt/sensord', address: '109156' }, [maps])).toBe('sensord 2156');
    expect(placed({ module: '/lib/libfoo.so', address: '4853161' }, [maps])).toBe('libfoo.so 2161');
    expect(placed({ module: '/lib/libfoo.so', address: '4901161' }, [emptyTable(), maps])).toBe('libfoo.so 2161');
    expect(placed({ module: '/lib/libfoo.so', address: '5000000' }, [maps])).toMatch(/^none: nothing tells where/);
    expect(placed({ module: '/lib/moved.so', address: '4a10010' }, [maps])).toBe('moved.so 10010');
  });

  it('takes the beginning of the code that the kernel tells', () => {
    const at = (module: string, address: string): string => {
      const place = placeFrame({ module, address }, files(), { tables: [], codeStart: 0x555555555000n });
      return 'why' in place ? place.why : `${place.address}${place.isAssumed ? ' assumed' : ''}`;
    };
    expect(at('sensord', '5555555551a2')).toBe('11a2');
    expect(at('moved.so', '5555555551a2')).toBe('101a2');
    expect(at('fixed', '401abc')).toBe('401abc');
    expect(at('sensord', '555555558000')).toMatch(/another build/);
  });

  it('bears any text for an address', () => {
    for (const address of ['', 'zz', 'f'.repeat(17), '-1', '0', 'ffffffffffffffff']) {
      expect(placed({ module: 'sensord', address })).not.toContain('sensord 1');
      expect(placed({ module: 'sensord', offset: address })).not.toContain('sensord 1');
    }
  });
});

it('a frame is unresolved that has a place in a module, but no line', () => {
  expect(isUnresolved({ module: 'a', offset: '1' })).toBe(true);
  expect(isUnresolved({ symbol: 'f', module: 'a', address: '1' })).toBe(true);
  expect(isUnresolved({ module: 'a', address: '1', file: 'a.c', line: 3 })).toBe(false);
  expect(isUnresolved({ address: '1' })).toBe(false);
  expect(isUnresolved({ module: 'a' })).toBe(false);
});
