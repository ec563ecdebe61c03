import { describe, expect, it } from 'vitest';
import { compare } from '../../src/compare/compare.js';
import type { PairingWish } from '../../src/compare/pairing.js';
import type { Analysis } from '../../src/model/analysis.js';
import type { Comparison, HeadlinePart, ProgramComparison } from '../../src/model/comparison.js';
import { analysisOf, CLEAN, growing, KIB, PAGE, type ProgramSketch } from './build-analysis.js';

const MIB = 1024 * KIB;

function compared(before: Analysis, after: Analysis, wish?: PairingWish): Comparison {
  return compare({ analysis: before, source: 'captures' }, { analysis: after, source: 'captures' }, wish);
}

/** The comparison of one program with itself in another state. */
function program(before: ProgramSketch, after: ProgramSketch): ProgramComparison {
  const [first] = compared(analysisOf(before), analysisOf(after)).programs;
  if (!first) throw new Error('expected a program, found none');
  return first;
}

function sentence({ headline }: Comparison): string {
  return headline.map((part: HeadlinePart) => Object.values(part).map(String).join('')).join('');
}

describe('devices', () => {
  const on = (...devices: string[]): Analysis => analysisOf(...devices.map((device) => ({ device })));

  it('of the same name are paired, and others are left out', () => {
    const { pairing, isSame } = compared(on('a', 'b', 'old'), on('b', 'a', 'new'));
    expect(pairing).toEqual({
      by: 'name',
      devices: [
        { before: 'a', after: 'a' },
        { before: 'b', after: 'b' },
      ],
      onlyBefore: ['old'],
      onlyAfter: ['new'],
    });
    expect(isSame).toBe(false);
  });

  it('that are the only ones are paired', () => {
    const { pairing, programs } = compared(on('build-a'), on('build-b'));
    expect(pairing.by).toBe('only-device');
    expect(programs.map(({ devices }) => devices)).toEqual([{ before: ['build-a'], after: ['build-b'] }]);
  });

  it('are paired as the user says before all else', () => {
    const { pairing } = compared(on('a', 'b'), on('a', 'c'), [{ before: 'b', after: 'a' }]);
    expect(pairing).toEqual({
      by: 'given',
      devices: [{ before: 'b', after: 'a' }],
      onlyBefore: ['a'],
      onlyAfter: ['c'],
    });
  });

  it('with no name in common are not told apart', () => {
    const { pairing, programs } = compared(on('a', 'b'), on('c', 'd', 'e'));
    expect(pairing.by).toBe('command');
    expect(programs.map(({ devices }) => devices)).toEqual([{ before: ['a', 'b'], after: ['c', 'd', 'e'] }]);
    expect(compared(on('a', 'b'), on('a', 'b'), 'all').pairing.by).toBe('command');
  });

  it('that are not told apart show their median, and tell builds apart beyond what they span', () => {
    const side = (names: string, levels: number[]): Analysis =>
      analysisOf(
        ...levels.map((level, i) => ({ device: `${names}-${i}`, held: [level, level, level], verdict: CLEAN })),
      );
    const usual = [100, 110, 120, 130, 140].map((one) => one * KIB);
    const [told] = compared(
      side('a', usual),
      side(
        'b',
        usual.map((one) => one + 500 * KIB),
      ),
    ).programs;
    expect(told?.levels[0]).toMatchObject({
      before: { value: 120 * KIB, spread: 40 * KIB },
      after: { value: 620 * KIB },
      change: 'grew',
    });
    const [untold] = compared(
      side('a', usual),
      side(
        'b',
        usual.map((one) => one + 30 * KIB),
      ),
    ).programs;
    expect(untold?.levels[0]?.change).toBe('same');
  });
});

describe('programs', () => {
  it('are new or gone by their command', () => {
    const before = analysisOf({ command: 'sensord' }, { command: 'oldd' });
    const { programs, counts } = compared(before, analysisOf({ command: 'sensord' }, { command: 'newd' }));
    expect(programs.map(({ command, change }) => [command, change])).toEqual([
      ['newd', 'new'],
      ['oldd', 'gone'],
      ['sensord', 'same'],
    ]);
    expect(counts).toMatchObject({ newPrograms: 1, gonePrograms: 1 });
  });

  it('that are the only ones are compared whatever their names, and it is said', () => {
    const one = program({ command: 'demo-1.0' }, { command: 'demo-2.0' });
    expect(one).toMatchObject({ command: 'demo-2.0', commandBefore: 'demo-1.0' });
  });

  it('are listed with what got worse first', () => {
    const before = analysisOf(
      { command: 'worse', verdict: CLEAN },
      { command: 'better', verdict: growing(MIB) },
      { command: 'same', verdict: CLEAN },
    );
    const after = analysisOf(
      { command: 'same', verdict: CLEAN },
      { command: 'better', verdict: CLEAN },
      { command: 'worse', verdict: growing(MIB) },
    );
    const comparison = compared(before, after);
    expect(comparison.programs.map(({ change }) => change)).toEqual(['worse', 'better', 'same']);
    expect(sentence(comparison)).toBe(`worse leaks now, growing by ${MIB}; better leaks no more; it grew by ${MIB}.`);
  });
});

describe('the rate of growth', () => {
  it('is faster or slower where the intervals do not overlap', () => {
    const faster = program({ verdict: growing(MIB) }, { verdict: growing(2 * MIB) });
    expect(faster.rate).toEqual({ change: 'faster', difference: MIB });
    expect(faster.change).toBe('worse');
    expect(program({ verdict: growing(2 * MIB) }, { verdict: growing(MIB) }).rate?.change).toBe('slower');
  });

  it('is not told apart where they overlap', () => {
    const one = program({ verdict: growing(MIB) }, { verdict: growing(1.05 * MIB) });
    expect(one.rate?.change).toBe('not-told-apart');
    expect(one.change).toBe('same');
  });

  it('is zero of memory that is known to stay, and unknown of what is inconclusive', () => {
    expect(program({ verdict: growing(MIB) }, { verdict: CLEAN }).rate?.change).toBe('slower');
    const untold = program({ verdict: growing(MIB) }, {});
    expect(untold.rate).toEqual({ change: 'not-told' });
    expect(untold.verdict?.change).toBe('not-told');
    expect(untold.change).toBe('not-told');
  });

  it('before tells what would have been seen after', () => {
    const hours = (count: number): number[] => Array.from({ length: 60 * count + 1 }, () => 100 * KIB);
    const one = program({ verdict: growing(MIB), held: hours(4) }, { verdict: CLEAN, held: hours(2) });
    expect(one.verdict).toEqual({ change: 'better', isWeaker: true, expectedGrowth: 2 * MIB });
  });
});

describe('the level', () => {
  const steady = (bytes: number, vmaCount = 1): ProgramSketch => ({
    held: [0, bytes, bytes, bytes, bytes],
    vmaCount,
    verdict: CLEAN,
  });

  it('is the median of the last quarter of the samples', () => {
    const one = program(steady(100 * KIB), { held: [1, 1, 1, 1, 1, 1, 300 * KIB, 400 * KIB], verdict: CLEAN });
    expect(one.levels[0]).toMatchObject({
      measure: 'unreclaimable',
      before: { value: 100 * KIB, spread: 0 },
      after: { value: 350 * KIB, spread: 100 * KIB },
      tolerance: 100 * KIB,
      change: 'grew',
    });
  });

  it('grew only by more than a page for each VMA', () => {
    expect(program(steady(40 * PAGE, 10), steady(50 * PAGE, 10)).change).toBe('same');
    expect(program(steady(40 * PAGE, 10), steady(51 * PAGE, 10)).change).toBe('worse');
    expect(program(steady(51 * PAGE, 10), steady(40 * PAGE, 10)).change).toBe('better');
  });

  it('is not compared while one side grows', () => {
    const one = program(
      { ...steady(40 * PAGE), verdict: growing(MIB) },
      { ...steady(900 * PAGE), verdict: growing(MIB) },
    );
    expect(one.levels[0]?.change).toBe('not-told');
    expect(one.change).toBe('same');
  });

  it('is of a figure that both sides tell', () => {
    const one = program(steady(40 * PAGE), { samples: [{ rss: 90 * PAGE, uss: 80 * PAGE }] });
    expect(one.levels).toEqual([]);
    expect(one.notCompared).toContain('Memory: the samples of both sides tell different figures.');
  });
});

describe('mappings', () => {
  const sketch = (
    label: string,
    privateBytes: number,
    more: object = {},
  ): NonNullable<ProgramSketch['mappings']>[0] => ({
    label,
    kind: label.startsWith('[') ? 'anonymous' : 'file',
    growth: 0,
    privateBytes,
    ...more,
  });
  const mappings = (before: ReturnType<typeof sketch>[], after: ReturnType<typeof sketch>[], verdict = CLEAN) => {
    const held = [1, 1, 1, 1];
    return program({ held, verdict, mappings: before }, { held, verdict, mappings: after }).mappings.map(
      ({ label, labelBefore, change, difference }) => [label, labelBefore, change, difference],
    );
  };

  it('grew beyond a page for each VMA, are new or gone', () => {
    expect(
      mappings(
        [sketch('[heap]', 10 * PAGE), sketch('[pool]', 10 * PAGE, { vmaCount: 5 }), sketch('/lib/old.so', PAGE)],
        [sketch('[heap]', 12 * PAGE), sketch('[pool]', 15 * PAGE, { vmaCount: 5 }), sketch('/lib/added.so', 0)],
      ),
    ).toEqual([
      ['[heap]', undefined, 'grew', 2 * PAGE],
      ['/lib/old.so', undefined, 'gone', -PAGE],
      ['/lib/added.so', undefined, 'new', 0],
    ]);
  });

  it('of another version of a library are the same mapping', () => {
    expect(mappings([sketch('/lib/libssl.so.1.1', PAGE)], [sketch('/usr/lib/libssl.so.3', 9 * PAGE)])).toEqual([
      ['/usr/lib/libssl.so.3', '/lib/libssl.so.1.1', 'grew', 8 * PAGE],
    ]);
    expect(mappings([sketch('/lib/a.so', PAGE), sketch('/opt/a.so', PAGE)], [sketch('/x/a.so', PAGE)])).toHaveLength(3);
  });

  it('that grow are compared by their rates', () => {
    const grows = (rate: number): ReturnType<typeof sketch> =>
      sketch('[heap]', 900 * PAGE, { growth: 800 * PAGE, ratePerHour: rate, rateInterval: [0.9 * rate, 1.1 * rate] });
    expect(mappings([grows(MIB)], [grows(9 * MIB)], growing(9 * MIB))).toEqual([['[heap]', undefined, 'faster', 0]]);
    expect(mappings([grows(9 * MIB)], [grows(MIB)], growing(9 * MIB))).toEqual([['[heap]', undefined, 'slower', 0]]);
    expect(mappings([grows(9 * MIB)], [grows(9.1 * MIB)], growing(9 * MIB))).toEqual([]);
  });

  it('read from different counters are not compared', () => {
    const one = program(
      { held: [1], mappings: [sketch('[heap]', PAGE)] },
      { samples: [{ rss: 1, vss: 1 }], mappings: [sketch('[heap]', 99 * PAGE)] },
    );
    expect(one.mappings).toEqual([]);
    expect(one.notCompared).toContain('Mappings: their private memory was read from different counters.');
  });
});

describe('VMAs', () => {
  const vma = (start: string, end: string, rss: number, pathname = '') => ({
    start,
    end,
    permissions: 'rw-p',
    pathname,
    kind: 'anonymous' as const,
    size: Number(`0x${end}`) - Number(`0x${start}`),
    rss,
  });
  const changes = (before: ReturnType<typeof vma>[], after: ReturnType<typeof vma>[]) =>
    program({ vmas: before }, { vmas: after }).vmas.map(({ start, change }) => [start, change]);

  it('of one address space are matched where they begin or end', () => {
    const before = [vma('1000', '3000', PAGE, '[heap]'), vma('7000', '8000', PAGE), vma('9000', 'a000', PAGE)];
    const after = [vma('1000', '6000', 3 * PAGE, '[heap]'), vma('7000', '8000', PAGE), vma('b000', 'c000', PAGE)];
    expect(changes(before, after)).toEqual([
      ['1000', 'grew'],
      ['9000', 'gone'],
      ['b000', 'new'],
    ]);
  });

  it('of two address spaces are not compared', () => {
    expect(changes([vma('1000', '3000', PAGE), vma('7000', '8000', PAGE)], [vma('51000', '53000', 9 * PAGE)])).toEqual(
      [],
    );
  });
});
