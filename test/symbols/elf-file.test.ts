import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ElfDamage, type ElfFile, type ReadAt, readElf } from '../../src/symbols/elf-file.js';
import { elfBytes } from './elf-bytes.js';

function readerOf(bytes: Buffer): ReadAt {
  return (position, length) => bytes.subarray(position, position + length);
}

/** Undefined also where the file is damaged; anything else that is thrown is a failure. */
function bearing(bytes: Buffer): ElfFile | undefined {
  try {
    return readElf(readerOf(bytes));
  } catch (error) {
    expect(error).toBeInstanceOf(ElfDamage);
    return undefined;
  }
}

const sample = (path: string): Buffer => readFileSync(`samples/symbols/debug/${path}.debug`);

describe('readElf', () => {
  it('reads a debug file that objcopy made', () => {
    const elf = readElf(readerOf(sample('plain/lost-frames')));
    expect(elf).toMatchObject({ isFixed: false, hasInterpreter: true, hasLines: true, hasSymbols: true });
    expect(elf?.buildId).toMatch(/^[0-9a-f]{40}$/);
    // The linker's layout: headers, code, constants, data.
    expect(elf?.segments.map(({ start, isCode }) => [start < 0x1000n, isCode])).toEqual([
      [true, false],
      [false, true],
      [false, false],
      [false, false],
    ]);
  });

  it('tells an executable that is loaded where it is linked, and a library', () => {
    expect(readElf(readerOf(sample('fixed/lost-frames')))).toMatchObject({ isFixed: true, hasInterpreter: true });
    expect(readElf(readerOf(sample('plain/liblost.so')))).toMatchObject({ isFixed: false, hasInterpreter: false });
  });

  it.each([
    { bits: 64, order: 'little' },
    { bits: 64, order: 'big' },
    { bits: 32, order: 'little' },
    { bits: 32, order: 'big' },
  ] as const)('reads $bits bits in $order endian', ({ bits, order }) => {
    const bytes = elfBytes({
      bits,
      order,
      isFixed: true,
      buildId: '0badcafe01',
      code: [0x8000, 0x120],
      sections: ['.symtab'],
    });
    expect(readElf(readerOf(bytes))).toEqual({
      isFixed: true,
      hasInterpreter: false,
      buildId: '0badcafe01',
      segments: [{ start: 0x8000n, end: 0x8120n, isCode: true }],
      hasLines: false,
      hasSymbols: true,
    });
  });

  it('is undefined for what is no ELF file', () => {
    for (const text of ['', '\x7f', '\x7fEL', '#!/bin/sh\n', 'ELF']) {
      expect(readElf(readerOf(Buffer.from(text, 'latin1')))).toBeUndefined();
    }
  });

  it.each([
    ['no class', [4, 9], 'expected ELF class 1 or 2, found 9'],
    ['no byte order', [5, 0], 'expected byte order 1 or 2, found 0'],
    ['section headers behind the end', [43, 9], 'expected the first section header at byte'],
    ['a place that no file has', [47, 0xff], 'expected a place in the file, found 0xff'],
    ['program headers of no size', [54, 1], 'expected program headers of 32 or 56 bytes, found 1'],
  ] as const)('says what is wrong: %s', (_, [at, value], message) => {
    const bytes = elfBytes({ buildId: 'aa' });
    bytes[at] = value;
    expect(() => readElf(readerOf(bytes))).toThrow(message);
  });

  it('bears a file that ends anywhere', () => {
    const bytes = sample('plain/lost-frames');
    let whole = 0;
    for (let length = 0; length < bytes.length; length += 7) {
      if (bearing(bytes.subarray(0, length))?.hasLines) whole++;
    }
    // The section headers are the last part of the file.
    expect(whole).toBe(0);
  });

  it('bears any bytes in its headers', () => {
    const bytes = elfBytes({ buildId: '0badcafe', hasInterpreter: true });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 }),
        (changes) => {
          const damaged = Buffer.from(bytes);
          for (const [at, value] of changes) damaged[at] = value;
          bearing(damaged);
        },
      ),
      { numRuns: 3000 },
    );
  });
});
