import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { analyze } from '../../src/analyze.js';
import { isFor, scenarios } from './scenarios/index.js';
import type { Scenario } from './scenarios/scenario.js';
import { SmapsText } from './smaps-text.js';
import { beginningOf, privateSeriesOf, type Trace, traceOf, writeTrace } from './trace.js';
import { KIB, PAGE, type Vma, vmaOf } from './vma.js';

const SEED = 20_001;

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'memreport-verdicts-test-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function shortTrace(scenario: Scenario, seed = SEED): Trace {
  return traceOf(scenario, isFor(scenario, 20) ? 20 : 96, seed);
}

function scenarioOf(name: string): Scenario {
  return scenarios.find((scenario) => scenario.name === name) ?? expect.fail(name);
}

function writtenText(name: string, trace: Trace): string {
  const place = join(folder, name);
  writeTrace(place, trace);
  return readdirSync(place)
    .sort()
    .map((file) => readFileSync(join(place, file), 'latin1'))
    .join('');
}

/** Whole pages, no more of them than the VMA has, above the VMA before. */
function isOfKernel(vma: Vma, before: Vma | undefined): boolean {
  const { start, end, sharedClean, sharedDirty, privateClean, privateDirty, swap, anonymous } = vma;
  const resident = [sharedClean, sharedDirty, privateClean, privateDirty];
  const rss = resident.reduce((total, bytes) => total + bytes, 0);
  return (
    [start, end, swap, anonymous, ...resident].every((bytes) => bytes >= 0 && bytes % PAGE === 0) &&
    rss + swap <= end - start &&
    anonymous <= rss &&
    start < end &&
    start >= (before?.end ?? 0)
  );
}

test('the names of scenarios are their own', () => {
  expect(new Set(scenarios.map(({ name }) => name)).size).toBe(scenarios.length);
});

describe.each(scenarios.map((scenario) => [scenario.name, scenario] as const))('%s', (name, scenario) => {
  const trace = shortTrace(scenario);

  test('a seed makes one text, another seed another', () => {
    const text = writtenText(`${name}-a`, trace);
    expect(writtenText(`${name}-b`, shortTrace(scenario))).toBe(text);
    expect(writtenText(`${name}-c`, shortTrace(scenario, SEED + 1))).not.toBe(text);
  });

  test('its VMAs are such as a kernel prints', () => {
    expect(
      trace.snapshots.flatMap(({ vmas }) => vmas.filter((vma, index) => !isOfKernel(vma, vmas[index - 1]))),
    ).toEqual([]);
  });

  test('its samples are in the order of their times', () => {
    const times = trace.snapshots.map(({ takenAt }) => takenAt);
    expect(times).toHaveLength(trace.n);
    expect(times.toSorted((a, b) => a - b)).toEqual([...new Set(times)]);
  });
});

test('memreport reads what was written, without a problem and to the byte', async () => {
  const root = join(folder, 'all');
  const traces = scenarios.map((scenario) => shortTrace(scenario));
  traces.forEach((trace, index) => {
    writeTrace(join(root, `board-${100 + index}`), trace);
  });
  const analysis = await analyze({ captures: [root], jobs: 1 });
  expect(analysis.problems).toEqual([]);
  const read = analysis.programs.map(({ device, timelines }) => {
    const samples = timelines.flatMap((timeline) => timeline.samples);
    samples.sort((a, b) => (a.takenAt ?? 0) - (b.takenAt ?? 0));
    return {
      device,
      times: samples.map(({ takenAt }) => takenAt),
      own: samples.map(({ privateDirty, swap }) => (privateDirty ?? Number.NaN) + (swap ?? Number.NaN)),
    };
  });
  expect(read).toEqual(
    traces.map((trace, index) => ({
      device: `board-${100 + index}`,
      times: trace.snapshots.map(({ takenAt }) => takenAt),
      own: privateSeriesOf(trace),
    })),
  );
});

test('a linear leak grows at the rate that its truth tells', () => {
  const trace = traceOf(scenarioOf('threads'), 40, SEED);
  const own = privateSeriesOf(trace);
  const [first, last] = [trace.snapshots[0]?.takenAt ?? 0, trace.snapshots.at(-1)?.takenAt ?? 0];
  const growth = (own.at(-1) ?? 0) - (own[0] ?? 0);
  const expected = ((trace.truth.ratePerHour ?? 0) * (last - first)) / 3_600_000;
  expect(Math.abs(growth - expected)).toBeLessThan(expected / 10);
});

test.each(scenarios.filter(({ leaks }) => leaks).map((scenario) => [scenario.name, scenario] as const))(
  'what leaks amounts to at least 64 KiB: %s',
  (_, scenario) => {
    const { truth, snapshots } = shortTrace(scenario);
    const hours = ((snapshots.at(-1)?.takenAt ?? 0) - (truth.onset ?? 0)) / 3_600_000;
    expect(truth.where).toBeDefined();
    expect((truth.ratePerHour ?? Number.POSITIVE_INFINITY) * hours).toBeGreaterThan(63 * KIB);
  },
);

test('a beginning is what the sampler had by then', () => {
  const trace = traceOf(scenarioOf('linear'), 40, SEED);
  expect(beginningOf(trace, 12).snapshots).toEqual(trace.snapshots.slice(0, 12));
});

test('the text is that of a kernel', () => {
  const vma = vmaOf({
    start: 0x562bf6ded000,
    end: 0x562bf6df2000,
    permissions: 'r-xp',
    offset: 0x2000,
    device: 'fe:00',
    inode: 260131,
    pathname: '/usr/bin/cat',
    privateClean: 20 * KIB,
    flags: 'rd ex mr mw me',
  });
  // Of `cat /proc/self/smaps`, Linux 6.18.
  expect(new SmapsText('6.12').of([vma])).toBe(`\
562bf6ded000-562bf6df2000 r-xp 00002000 fe:00 260131                     /usr/bin/cat
Size:                 20 kB
KernelPageSize:        4 kB
MMUPageSize:           4 kB
Rss:                  20 kB
Pss:                  20 kB
Pss_Dirty:             0 kB
Shared_Clean:          0 kB
Shared_Dirty:          0 kB
Private_Clean:        20 kB
Private_Dirty:         0 kB
Referenced:           20 kB
Anonymous:             0 kB
KSM:                   0 kB
LazyFree:              0 kB
AnonHugePages:         0 kB
ShmemPmdMapped:        0 kB
FilePmdMapped:         0 kB
Shared_Hugetlb:        0 kB
Private_Hugetlb:       0 kB
Swap:                  0 kB
SwapPss:               0 kB
Locked:                0 kB
THPeligible:           0
VmFlags: rd ex mr mw me 
`);
});
