import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Chance, chanceOf } from './chance.js';
import { processMemory } from './process-memory.js';
import type { Scenario } from './scenarios/scenario.js';
import { KERNELS, type Kernel, SmapsText } from './smaps-text.js';
import type { Vma } from './vma.js';
import { windowOf } from './window.js';

/** What is known of a trace by construction. */
export interface Truth {
  readonly leaks: boolean;
  /** The label of the mapping that leaks. */
  readonly where?: string;
  /** Bytes per hour; absent where the leak has no one rate. */
  readonly ratePerHour?: number;
  /** Milliseconds since 1970 at which the leak sets in. */
  readonly onset?: number;
}

/** One process at one instant. */
export interface Snapshot {
  readonly pid: number;
  /** Milliseconds since 1970, UTC, in whole seconds. */
  readonly takenAt: number;
  readonly vmas: readonly Vma[];
}

/** What a sampler wrote of one program: `n` snapshots, with their truth. */
export interface Trace {
  readonly scenario: string;
  readonly n: number;
  readonly seed: number;
  readonly truth: Truth;
  readonly kernel: Kernel;
  readonly header: HeaderStyle;
  readonly snapshots: readonly Snapshot[];
}

export type HeaderStyle = 'iso' | 'epoch' | 'banner';

const HOUR = 3_600_000;
const FIRST_DAY = Date.UTC(2026, 0, 1);

/** The trace of a seed: the same scenario, number and seed always make the same. */
export function traceOf(scenario: Scenario, n: number, seed: number): Trace {
  const chance = chanceOf(seedOf(scenario.name, n, seed));
  const window = windowOf(chance, n, scenario.timing);
  const { lives, leak } = scenario.plan(chance, window);
  const start = FIRST_DAY + chance.whole(0, 80_000) * 60_000;
  let pid = chance.whole(300, 30_000);
  const snapshots = lives.flatMap((life) => {
    pid += chance.whole(1, 500);
    return snapshotsOf(chance, life, start, pid);
  });
  return {
    scenario: scenario.name,
    n,
    seed,
    truth: {
      leaks: scenario.leaks,
      ...(leak && { where: leak.where, onset: start + Math.round(leak.onset * HOUR) }),
      ...(leak?.ratePerHour !== undefined && { ratePerHour: leak.ratePerHour }),
    },
    kernel: chance.pick(KERNELS),
    header: chance.pick(['iso', 'epoch', 'banner']),
    snapshots,
  };
}

function snapshotsOf(
  chance: Chance,
  { from, window, holdings }: ReturnType<Scenario['plan']>['lives'][number],
  start: number,
  pid: number,
): Snapshot[] {
  const memory = processMemory(chance, window, holdings);
  return window.taken.map((slot) => ({
    pid,
    takenAt: start + Math.round((from + (window.hours[slot] ?? 0)) * 3600) * 1000,
    vmas: memory(slot),
  }));
}

/** The first `samples` of a trace, as a sampler had them when it was still running. */
export function beginningOf(trace: Trace, samples: number): Trace {
  return { ...trace, snapshots: trace.snapshots.slice(0, samples) };
}

/** Scenarios must not share their noise: FNV-1a of all that names the trace. */
function seedOf(name: string, n: number, seed: number): number {
  let hash = 0x811c9dc5;
  for (const letter of `${name} ${n} ${seed}`) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193);
  return hash >>> 0;
}

/** Writes a trace as a sampler leaves it: one log for each life, a line with the time above each snapshot. */
export function writeTrace(folder: string, trace: Trace): void {
  mkdirSync(folder, { recursive: true });
  const text = new SmapsText(trace.kernel);
  const logs = new Map<number, string>();
  for (const { pid, takenAt, vmas } of trace.snapshots) {
    logs.set(pid, `${logs.get(pid) ?? ''}${headerOf(trace.header, takenAt, pid)}\n${text.of(vmas)}`);
  }
  for (const [pid, log] of logs) writeFileSync(join(folder, `smaps_sensord_${pid}.log`), log, 'latin1');
}

function headerOf(style: HeaderStyle, takenAt: number, pid: number): string {
  if (style === 'epoch') return String(takenAt / 1000);
  const time = new Date(takenAt).toISOString().replace('.000', '');
  return style === 'iso' ? time : `=== ${time} pid=${pid} ===`;
}

/** Private dirty memory and swap of each snapshot, in bytes: what memreport judges. */
export function privateSeriesOf({ snapshots }: Trace): number[] {
  return snapshots.map(({ vmas }) => vmas.reduce((total, { privateDirty, swap }) => total + privateDirty + swap, 0));
}
