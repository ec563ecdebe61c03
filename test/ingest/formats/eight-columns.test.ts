import fc from 'fast-check';
import { expect, it } from 'vitest';
import { eightColumns } from '../../../src/ingest/formats/eight-columns.js';

function read(text: string): number {
  const bytes = Buffer.from(text, 'latin1');
  return eightColumns(new DataView(bytes.buffer, bytes.byteOffset, bytes.length), 0);
}

it.each([
  ['       0', 0],
  ['      42', 42],
  ['    9999', 9999],
  ['   10000', 10_000],
  ['12345678', 12_345_678],
  ['        ', -1],
  ['   1    ', -1],
  ['   1  23', -1],
  ['  12 345', -1],
  ['\t      1', -1],
])('reads "%s" as %i', (text, value) => {
  expect(read(text)).toBe(value);
});

it('reads any eight bytes as a number behind blanks, or as none', () => {
  const byte = fc.constantFrom(...Array.from(`${' 0123456789'.repeat(3)}\0\n\t !)/:@\`p\x10\x80\x90\xa0\xb0\xff`));
  const blanksFirst = fc
    .tuple(fc.nat(8), fc.string({ unit: byte, minLength: 8, maxLength: 8 }))
    .map(([blanks, text]) => (' '.repeat(blanks) + text).slice(0, 8));
  fc.assert(
    fc.property(blanksFirst, (text) => {
      expect(read(text)).toBe(/^ *\d+$/.test(text) ? Number(text) : -1);
    }),
    { numRuns: 20_000, seed: 1 },
  );
});
