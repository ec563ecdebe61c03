import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digestOf } from '../../src/cache/value-digest.js';

describe('the digest of a value', () => {
  it('is the same for a copy', () => {
    const anything = fc.anything({ withMap: true, withSet: true, withTypedArray: true, withNullPrototype: false });
    fc.assert(
      fc.property(anything, (value) => {
        expect(digestOf(structuredClone(value))).toBe(digestOf(value));
      }),
    );
  });

  it('is the same however the engine holds a number or a text', () => {
    const grown = { first: 1, second: [1, 2] };
    grown.first = 0.5;
    grown.second.push(0.5);
    grown.first = 1;
    grown.second.pop();
    expect(digestOf(grown)).toBe(digestOf({ first: 1, second: [1, 2] }));
    expect(digestOf('heap\u4e00'.slice(0, 4))).toBe(digestOf('heap'));
    expect(digestOf(new Float64Array([9, 1, 2]).subarray(1))).toBe(digestOf(new Float64Array([1, 2])));
  });

  it('differs for values that differ', () => {
    const values: unknown[] = [
      undefined,
      null,
      'null',
      'undefined',
      true,
      'true',
      0,
      -0,
      Number.NaN,
      '0',
      '',
      [],
      {},
      new Map(),
      new Set(),
      [undefined],
      { a: undefined },
      { a: 1, b: 2 },
      { a: 1, b: 3 },
      { a: { b: 1 } },
      new Map([['a', 1]]),
      new Set(['a', 1]),
      ['a', 1],
      ['a1'],
      [['a'], 1],
      ['a', [1]],
      new Uint8Array([1, 0]),
      new Uint16Array([1]),
      new Uint8Array(2),
      new Float64Array(2),
      'a'.repeat(100_000),
      'a'.repeat(100_001),
      '\ud800',
      '\ufffd',
    ];
    expect(new Set(values.map(digestOf)).size).toBe(values.length);
  });
});
