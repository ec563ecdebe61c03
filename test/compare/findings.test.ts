import { describe, expect, it } from 'vitest';
import { compare } from '../../src/compare/compare.js';
import type { Comparison, LeakComparison } from '../../src/model/comparison.js';
import { analysisOf, type LeakSketch, type ProgramSketch } from './build-analysis.js';

function compared(before: ProgramSketch, after: ProgramSketch): Comparison {
  const sideOf = (sketch: ProgramSketch) => ({ analysis: analysisOf(sketch), source: 'captures' as const });
  return compare(sideOf(before), sideOf(after));
}

/** What became of the leaks of a program that memcheck ran on both times. */
function leaks(before: LeakSketch[], after: LeakSketch[]): LeakComparison[] {
  return compared({ leaks: before, memcheck: {} }, { leaks: after, memcheck: {} }).programs[0]?.leaks ?? [];
}

const A: LeakSketch = { path: ['read_line', 'parse', 'main'], bytes: 100, blocks: 2 };
const B: LeakSketch = { path: ['open_log', 'main'], bytes: 10 };

describe('leaks', () => {
  it('are new, gone or still there by their call path', () => {
    const found = leaks([A, { path: ['gone_one', 'gone_two', 'main'] }], [{ ...A, bytes: 200, blocks: 4 }, B]);
    expect(found.map(({ change, before, after }) => [change, before?.bytes, after?.bytes])).toEqual([
      ['new', undefined, 10],
      ['gone', 64, undefined],
      ['still', 100, 200],
    ]);
  });

  it('on other lines of the same functions are still there, and add up', () => {
    const [only, ...others] = leaks(
      [A],
      [
        { ...A, line: 90 },
        { ...A, line: 91, bytes: 11, blocks: 1 },
      ],
    );
    expect(others).toEqual([]);
    expect(only).toMatchObject({
      change: 'still',
      before: { bytes: 100, blocks: 2 },
      after: { bytes: 111, blocks: 3 },
    });
  });

  it('of another kind are still there', () => {
    const [only, ...others] = leaks([A], [{ ...A, kind: 'possible' }]);
    expect(others).toEqual([]);
    expect(only).toMatchObject({ change: 'still', before: { kind: 'definite' }, after: { kind: 'possible' } });
  });

  it('told by two tools are one, with the amounts of the tool that both sides ran', () => {
    const [only, ...others] = leaks([{ ...A, tool: 'lsan', bytes: 7 }, A], [A, { ...A, tool: 'lsan', bytes: 9 }]);
    expect(others).toEqual([]);
    expect(only?.before?.tool).toBe(only?.after?.tool);
  });

  it('are not gone where nobody looked', () => {
    const { programs, counts } = compared({ leaks: [A], memcheck: {} }, {});
    expect(programs[0]?.leaks.map(({ change }) => change)).toEqual(['only-before']);
    expect(programs[0]?.notCompared).toContain(
      'What memcheck found before: nothing shows that it was looked for after.',
    );
    expect(counts.goneLeaks).toBe(0);
    expect(compared({}, { leaks: [A] }).programs[0]?.leaks.map(({ change }) => change)).toEqual(['only-after']);
  });

  it('are not gone where memcheck counted some but told no record of them', () => {
    const { programs } = compared({ leaks: [A], memcheck: {} }, { memcheck: { definite: 100 } });
    expect(programs[0]?.leaks.map(({ change }) => change)).toEqual(['only-before']);
  });

  it('make a program worse or better, but reachable blocks do not', () => {
    const change = (before: LeakSketch[], after: LeakSketch[]): string | undefined =>
      compared({ leaks: before, memcheck: {} }, { leaks: after, memcheck: {} }).programs[0]?.change;
    expect(change([], [A])).toBe('worse');
    expect(change([A], [])).toBe('better');
    expect(change([A], [B])).toBe('mixed');
    expect(change([], [{ ...A, kind: 'reachable' }])).toBe('changed');
    expect(change([A], [A])).toBe('same');
  });

  it('are counted once, however many devices show them', () => {
    const sides = [[], [A]].map((own) => ({
      analysis: analysisOf(
        { device: 'board-1', leaks: own, memcheck: {} },
        { device: 'board-2', leaks: own, memcheck: {} },
      ),
      source: 'captures' as const,
    }));
    const [before, after] = sides;
    if (!before || !after) throw new Error('expected two sides');
    expect(compare(before, after).counts.newLeaks).toBe(1);
  });
});

describe('a leak on the same path but for one function', () => {
  const resembles = (before: string[][], after: string[][]): boolean[] => {
    const found = leaks(
      before.map((path) => ({ path })),
      after.map((path) => ({ path })),
    );
    return found.map(({ similarTo, change }) => {
      const other = found.find(({ fingerprint }) => fingerprint === similarTo);
      if (other) expect([change, other.change].sort()).toEqual(['gone', 'new']);
      return other !== undefined;
    });
  };

  it('is offered as the same, renamed', () => {
    expect(resembles([['read', 'parse_msg', 'main']], [['read', 'parse_message', 'main']])).toEqual([true, true]);
  });

  it('is offered where a function was put between, or inlined', () => {
    expect(resembles([['read', 'main']], [['read', 'parse', 'main']])).toEqual([true, true]);
    expect(resembles([['read', 'parse', 'main']], [['read', 'main']])).toEqual([true, true]);
  });

  it('is not where two functions differ, or two would fit', () => {
    expect(resembles([['a', 'b', 'main']], [['c', 'd', 'main']])).toEqual([false, false]);
    expect(
      resembles(
        [['a', 'b', 'main']],
        [
          ['a', 'c', 'main'],
          ['a', 'd', 'main'],
        ],
      ),
    ).toEqual([false, false, false]);
    // The same two functions, one left out at different places.
    expect(resembles([['a', 'b', 'main']], [['b', 'c', 'main']])).toEqual([false, false]);
  });
});

describe('memory errors', () => {
  it('are new, gone or still there; and not gone where the tool did not run', () => {
    const error = { kind: 'invalid-read', fingerprint: '01' };
    const changes = (before: ProgramSketch, after: ProgramSketch): (string | undefined)[] =>
      compared(before, after).programs[0]?.errors.map(({ change }) => change) ?? [];
    expect(changes({ memcheck: {} }, { errors: [error], memcheck: {} })).toEqual(['new']);
    expect(changes({ errors: [error], memcheck: {} }, { memcheck: {} })).toEqual(['gone']);
    expect(changes({ errors: [error] }, { errors: [{ ...error, origins: [] }] })).toEqual(['still']);
    expect(changes({ errors: [error] }, {})).toEqual(['only-before']);
    expect(changes({ errors: [{ ...error, tool: 'asan' }] }, { memcheck: {} })).toEqual(['only-before']);
    expect(changes({ errors: [error] }, { errors: [{ ...error, kind: 'invalid-write' }] })).toEqual(['new', 'gone']);
  });
});
