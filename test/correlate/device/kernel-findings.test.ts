import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  foldKernelFinding,
  type KernelFindings,
  kernelFindingsOf,
  mergeKernelFindings,
} from '../../../src/correlate/device/kernel-findings.js';
import type { KernelCapture } from '../../../src/model/capture.js';
import type { KernelFinding } from '../../../src/model/kernel-finding.js';

function captureOf(device: string, finding: KernelFinding): KernelCapture {
  return { type: 'kernel', format: 'kernel-log', context: { device, sources: {} }, origin: finding.origin, finding };
}

const finding = (parts: Partial<KernelFinding>): KernelFinding => ({
  kind: 'segfault',
  message: 'sensord[812]: segfault at 10',
  frames: [],
  origin: { file: 'a/dmesg.txt', line: 1 },
  ...parts,
});

/** Few values, so that findings meet; what is not part of a finding's identity differs too. */
const anyCapture = fc
  .record({
    device: fc.constantFrom('board-7', 'board-8'),
    kind: fc.constantFrom<KernelFinding['kind']>('kasan', 'segfault'),
    message: fc.constantFrom('one', 'two'),
    known: fc.record(
      {
        command: fc.constantFrom('sensord', 'sh'),
        pid: fc.constantFrom(1, 2),
        sinceBoot: fc.constantFrom(10, 20),
        size: fc.nat(2),
      },
      { requiredKeys: [] },
    ),
    symbol: fc.constantFrom('f+0x1/0x2', 'g+0x1/0x2'),
    address: fc.constantFrom('10', '20'),
    file: fc.constantFrom('a/2', 'a/10', 'b'),
    line: fc.nat(4).map((line) => line + 1),
  })
  .map(({ device, kind, message, known, symbol, address, file, line }) =>
    captureOf(device, finding({ kind, message, ...known, address, frames: [{ symbol }], origin: { file, line } })),
  );

/** One line of one file says one thing. */
const captures = fc.uniqueArray(anyCapture, {
  maxLength: 14,
  selector: ({ origin }) => `${origin.file}:${origin.line}`,
});

function folded(list: readonly KernelCapture[]): KernelFindings {
  const findings: KernelFindings = new Map();
  for (const capture of list) foldKernelFinding(findings, capture);
  return findings;
}

describe('kernel findings', () => {
  it('are the same whatever the order and the partition of the captures', () => {
    fc.assert(
      fc.property(
        captures,
        fc.array(fc.tuple(fc.nat(), fc.nat(2)), { minLength: 14, maxLength: 14 }),
        (list, shuffle) => {
          const expected = kernelFindingsOf(folded(list));
          const dealt = list
            .map((capture, i) => ({ capture, place: shuffle[i]?.[0] ?? 0, part: shuffle[i]?.[1] ?? 0 }))
            .sort((a, b) => a.place - b.place);
          const merged: KernelFindings = new Map();
          for (const part of [2, 0, 1]) {
            const own = dealt.filter((one) => one.part === part).map(({ capture }) => capture);
            mergeKernelFindings(merged, structuredClone(folded(own)));
          }
          expect(kernelFindingsOf(merged)).toStrictEqual(expected);
          expect(expected.flatMap(({ origins }) => origins)).toHaveLength(list.length);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('that are told again are one, with all their places in order', () => {
    const again = [10, 2, 2].map((night) =>
      captureOf('board-7', finding({ origin: { file: `night-${night}/dmesg`, line: 7 } })),
    );
    const [only, ...others] = kernelFindingsOf(folded(again));
    expect(others).toEqual([]);
    expect(only?.origins).toEqual([
      { file: 'night-2/dmesg', line: 7 },
      { file: 'night-10/dmesg', line: 7 },
    ]);
  });

  it.each<[string, Partial<KernelFinding>]>([
    ['task', { pid: 813 }],
    ['time', { sinceBoot: 5 }],
    ['message', { message: 'sensord[812]: segfault at 20' }],
    ['stack', { frames: [{ symbol: 'f+0x1/0x2' }] }],
  ])('of another %s are two', (_, other) => {
    expect(
      kernelFindingsOf(folded([finding({}), finding(other)].map((one) => captureOf('board-7', one)))),
    ).toHaveLength(2);
  });

  it('of two devices are two, in the order of their names', () => {
    const list = kernelFindingsOf(folded(['board-10', 'board-9'].map((device) => captureOf(device, finding({})))));
    expect(list.map(({ device }) => device)).toEqual(['board-9', 'board-10']);
  });
});
