import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAddr2line } from '../../src/symbols/addr2line.js';
import { llvmVersion, parseLlvmSymbolizer } from '../../src/symbols/llvm-symbolizer.js';

const INLINED = [
  { symbol: 'copy_field', file: '/opt/demo/a.c', line: 23 },
  { symbol: 'parse_message', file: '/opt/demo/a.c', line: 43 },
];

describe("addr2line's answer", () => {
  it('has functions and lines for each address, inlined ones too', () => {
    const output = [
      '0x0000000000001183',
      'copy_field',
      '/opt/demo/a.c:23 (discriminator 2)',
      'parse_message',
      '/opt/demo/a.c:43',
      '0x0000000000001200',
      '??',
      '??:0',
      '0x00001250',
      'net::open(int)',
      '??:?',
      '',
    ].join('\n');
    expect([...parseAddr2line(output, ['1183', '1200', '1250'])]).toEqual([
      ['1183', INLINED],
      ['1250', [{ symbol: 'net::open(int)' }]],
    ]);
  });

  it('is taken for the addresses that were asked only', () => {
    expect(parseAddr2line('0x00001183\nf\na.c:1\n', ['1184']).size).toBe(0);
    expect([...parseAddr2line('0x00001183\nf\nC:\\a b\\a.c:1\r\n', ['1183'])]).toEqual([
      ['1183', [{ symbol: 'f', file: 'C:\\a b\\a.c', line: 1 }]],
    ]);
  });
});

describe("llvm-symbolizer's answer", () => {
  it('has functions and lines for each address, inlined ones too', () => {
    const symbols = INLINED.map(({ symbol, file, line }) => ({
      Column: 1,
      FileName: file,
      FunctionName: symbol,
      Line: line,
    }));
    const output = [
      JSON.stringify({ Address: '0x1183', ModuleName: 'a', Symbol: symbols }),
      JSON.stringify({ Address: '0x1200', Error: { Message: 'No such file' }, ModuleName: 'a' }),
      JSON.stringify({ Address: '0x1250', Symbol: [{ FileName: '', FunctionName: 'f', Line: 0 }] }),
      '{"Address":"0x1300","Sym',
    ].join('\n');
    expect([...parseLlvmSymbolizer(output)]).toEqual([
      ['1183', INLINED],
      ['1250', [{ symbol: 'f' }]],
    ]);
  });

  it('knows its version', () => {
    expect(llvmVersion('llvm-symbolizer\nDebian LLVM version 14.0.6\n')).toBe(14);
    expect(llvmVersion('LLVM (http://llvm.org/):\n  LLVM version 9.0.1')).toBe(9);
    expect(llvmVersion('GNU addr2line (GNU Binutils for Debian) 2.40')).toBeUndefined();
  });
});

it('no text makes an answer that is none', () => {
  const part = fc.constantFrom(
    '0x00001183',
    '0x1183',
    'f',
    'a.c:1',
    ':',
    '??',
    '{"Address":"0x1183","Symbol":[null,1,{}]}',
    '[]',
    'null',
    '',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(part, fc.string()), { maxLength: 12 }), (lines) => {
      for (const answer of [parseAddr2line(lines.join('\n'), ['1183']), parseLlvmSymbolizer(lines.join('\n'))]) {
        for (const locations of answer.values()) {
          expect(locations.length).toBeGreaterThan(0);
          for (const { symbol, file, line } of locations) {
            expect(symbol ?? file).toBeTypeOf('string');
            expect(line ?? 1).toBeGreaterThan(0);
          }
        }
      }
    }),
  );
});
