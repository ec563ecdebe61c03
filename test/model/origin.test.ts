import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareNames } from '../../src/model/origin.js';

describe('compareNames', () => {
  it('orders numbers by value, the rest by code unit', () => {
    const names = ['smaps.10', 'smaps.9', 'smaps', 'B', 'a1/x', 'a/x', 'a01', 'a1', 'Ä', 'a1b', 'a!', '10', '9x'];
    expect(names.sort(compareNames)).toEqual([
      '9x',
      '10',
      'B',
      'a01',
      'a1',
      'a1/x',
      'a1b',
      'a!',
      'a/x',
      'smaps',
      'smaps.9',
      'smaps.10',
      'Ä',
    ]);
  });

  it('orders as the names cut into numbers and other text do', () => {
    const name = fc.array(fc.constantFrom('0', '1', '9', 'a', 'B', '!', '/', '~', '\0', '😀'), { maxLength: 9 });
    fc.assert(
      fc.property(name, name, name, (start, a, b) => {
        const [x, y] = [[...start, ...a].join(''), [...start, ...b].join('')];
        expect(Math.sign(compareNames(x, y))).toBe(comparePieces(pieces(x), pieces(y)));
      }),
      { numRuns: 20_000 },
    );
  });
});

function pieces(name: string): string[] {
  return name.match(/\d+|\D+/g) ?? [];
}

/** The first piece that differs decides: two numbers by value, then by their zeros. */
function comparePieces(a: readonly string[], b: readonly string[]): number {
  const differing = a.findIndex((piece, i) => piece !== b[i]);
  if (differing === -1) return a.length === b.length ? 0 : -1;
  const [x, y] = [a[differing] ?? '', b[differing]];
  if (y === undefined) return 1;
  const isNumbers = /^\d/.test(x) && /^\d/.test(y);
  return (isNumbers ? Math.sign(Number(x) - Number(y)) : 0) || (x < y ? -1 : 1);
}
