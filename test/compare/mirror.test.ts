import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compare } from '../../src/compare/compare.js';
import type { Analysis } from '../../src/model/analysis.js';
import type { Comparison, ProgramComparison } from '../../src/model/comparison.js';
import { HOSTILE } from '../report/fixture-analysis.js';
import { analysisOf, CLEAN, growing, KIB, type LeakSketch, type ProgramSketch } from './build-analysis.js';

const side = (analysis: Analysis) => ({ analysis, source: 'captures' as const });

const path = fc.array(fc.constantFrom('read', 'parse', 'store', HOSTILE, 'constructor', '__proto__'), {
  minLength: 1,
  maxLength: 4,
});
const leak: fc.Arbitrary<LeakSketch> = fc.record({
  path,
  tool: fc.constantFrom('memcheck', 'lsan'),
  kind: fc.constantFrom('definite', 'indirect', 'possible', 'reachable'),
  bytes: fc.nat(5000),
  blocks: fc.nat(9),
});
const mapping = fc.record({
  label: fc.constantFrom('[heap]', '/lib/a.so.1', '/lib/a.so.2', HOSTILE, 'constructor'),
  kind: fc.constantFrom('heap', 'file', 'anonymous'),
  growth: fc.nat(90 * KIB),
  privateBytes: fc.nat(900 * KIB),
  vmaCount: fc.nat(9),
});
const program: fc.Arbitrary<ProgramSketch> = fc.record({
  device: fc.constantFrom('board-1', 'board-2', HOSTILE, '__proto__'),
  command: fc.constantFrom('sensord', 'logd', HOSTILE, 'constructor'),
  held: fc.array(fc.nat(900 * KIB), { maxLength: 9 }),
  verdict: fc.constantFrom({}, CLEAN, growing(KIB), growing(900 * KIB), growing(KIB, 'suspect')),
  leaks: fc.array(leak, { maxLength: 5 }),
  errors: fc.array(fc.record({ tool: fc.constantFrom('memcheck', 'asan'), fingerprint: fc.constantFrom('1', '2') }), {
    maxLength: 3,
  }),
  mappings: fc.uniqueArray(mapping, { maxLength: 5, selector: ({ label, kind }) => `${kind} ${label}` }),
});
const analysis: fc.Arbitrary<Analysis> = fc
  .uniqueArray(program, { maxLength: 5, selector: ({ device, command }) => JSON.stringify([device, command]) })
  .map((programs) => analysisOf(...programs));

describe('a comparison', () => {
  it('of an analysis with itself finds no difference', () => {
    fc.assert(
      fc.property(analysis, (one) => {
        const { isSame, counts, programs } = compare(side(one), side(one));
        expect(isSame).toBe(true);
        expect({ ...counts, stillLeaks: 0 }).toEqual(Object.fromEntries(Object.keys(counts).map((key) => [key, 0])));
        for (const { mappings, vmas } of programs) {
          expect(mappings.filter(({ change }) => change !== 'not-told')).toEqual([]);
          expect(vmas).toEqual([]);
        }
      }),
    );
  });

  it('the other way round is its mirror image', () => {
    fc.assert(
      fc.property(analysis, analysis, (a, b) => {
        const forth = compare(side(a), side(b));
        const back = compare(side(b), side(a));
        expect(figures(mirrored(back))).toEqual(figures(forth.programs));
        expect(back.isSame).toBe(forth.isSame);
        expect(back.counts.newLeaks).toBe(forth.counts.goneLeaks);
        expect(back.counts.newErrors).toBe(forth.counts.goneErrors);
        expect(back.counts.newPrograms).toBe(forth.counts.gonePrograms);
      }),
    );
  });

  it('holds finite numbers only', () => {
    fc.assert(
      fc.property(analysis, analysis, (a, b) => {
        expect(JSON.stringify(compare(side(a), side(b)))).not.toMatch(/[:,[]null[,\]}]/);
      }),
    );
  });
});

const OPPOSITES: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ['new', 'gone'],
    ['worse', 'better'],
    ['grew', 'shrank'],
    ['faster', 'slower'],
    ['only-before', 'only-after'],
  ].flatMap(([one = '', other = '']) => [
    [one, other],
    [other, one],
  ]),
);

function opposite(change: string): string {
  return OPPOSITES[change] ?? change;
}

interface Turned {
  before?: unknown;
  after?: unknown;
  change: string;
  difference?: number;
}

/** With before and after changed for each other. */
function turned<T extends Turned>(item: T): T {
  const { before, after, ...rest } = item;
  return {
    ...rest,
    ...(after !== undefined && { before: after }),
    ...(before !== undefined && { after: before }),
    change: opposite(item.change),
    ...(item.difference !== undefined && { difference: 0 - item.difference }),
  } as T;
}

function mirrored({ programs }: Comparison): ProgramComparison[] {
  return programs.map((one) => ({
    ...turned(one),
    command: one.commandBefore ?? one.command,
    ...(one.commandBefore !== undefined && { commandBefore: one.command }),
    devices: { before: one.devices.after, after: one.devices.before },
    ...(one.verdict && { verdict: turned(one.verdict) }),
    ...(one.rate && { rate: turned(one.rate) }),
    levels: one.levels.map(turned),
    mappings: one.mappings.map((mapping) => ({
      ...turned(mapping),
      label: mapping.labelBefore ?? mapping.label,
      ...(mapping.labelBefore !== undefined && { labelBefore: mapping.label }),
    })),
    leaks: one.leaks.map(turned),
    errors: one.errors.map(turned),
  }));
}

/** What has a mirror image, in an order of its own: the sides have different frames, and not the same said of them. */
function figures(programs: readonly ProgramComparison[]): unknown {
  const plain = programs.map(({ verdict, notCompared, leaks, errors, ...one }) => ({
    ...one,
    verdict: verdict?.change,
    reasons: notCompared.length,
    mappings: sorted(one.mappings.map((mapping) => turnedZero(mapping))),
    leaks: sorted(leaks.map(({ frames, ...leak }) => ({ ...leak, depth: frames.length }))),
    errors: sorted(errors.map(({ frames, message, ...error }) => ({ ...error, said: [frames.length, message] }))),
  }));
  return sorted(plain);
}

function turnedZero<T extends { difference: number }>(item: T): T {
  return { ...item, difference: item.difference + 0 };
}

function sorted<T>(items: readonly T[]): T[] {
  return items.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}
