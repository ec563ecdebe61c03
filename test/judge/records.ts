import type { Series } from '../../src/judge/series.js';
import type { PlacedSample, Sample } from '../../src/model/memory.js';
import type { Leak, MappingSeries, ProgramRecord, Timeline } from '../../src/model/program.js';
import { HOUR } from '../../src/model/units.js';

export const KIB = 1024;
export const SECOND = 1000;
const START = Date.UTC(2026, 0, 31, 21);

/** A timeline of one sample each second whose private dirty memory is as given, with RSS 1 MiB above it. */
export function timelineOf(privateDirty: readonly number[], options: TimelineOptions = {}): Timeline {
  const { step = SECOND, after = 0, timed = true, swap, pid = 812, mappings = [], vmaCount } = options;
  const samples = privateDirty.map(
    (bytes, index): PlacedSample => ({
      ...(timed ? { takenAt: START + after + index * step } : {}),
      privateDirty: bytes,
      uss: bytes,
      rss: bytes + 1024 * KIB,
      swap: swap?.[index] ?? 0,
      vmaCount: vmaCount?.[index] ?? 24,
      origin: { file: `board-7/${index}/812/smaps`, line: 1 },
    }),
  );
  return { pid, samples, timed, mappings };
}

export interface TimelineOptions {
  readonly step?: number;
  readonly timed?: boolean;
  readonly swap?: readonly number[];
  readonly pid?: number;
  /** Milliseconds after the usual start at which the first sample was taken. */
  readonly after?: number;
  readonly mappings?: readonly MappingSeries[];
  readonly vmaCount?: readonly number[];
}

/** A timeline of samples as given. */
export function sampledTimeline(samples: readonly Sample[], timed = true): Timeline {
  return {
    pid: 812,
    timed,
    mappings: [],
    samples: samples.map((sample, index) => ({ ...sample, origin: { file: `board-7/${index}/812/smaps`, line: 1 } })),
  };
}

export function mappingOf(
  label: string,
  privateBytes: readonly number[],
  options: Partial<MappingSeries> = {},
): MappingSeries {
  return {
    label,
    kind: 'heap',
    at: privateBytes.map((_, index) => index),
    privateBytes: [...privateBytes],
    unreclaimable: [...privateBytes],
    rss: [...privateBytes],
    size: [...privateBytes],
    vmaCount: privateBytes.map(() => 1),
    ...options,
  };
}

export function recordOf(parts: Partial<Omit<ProgramRecord, 'program'>> = {}): ProgramRecord {
  return {
    program: { device: 'board-7', command: 'sensord' },
    timelines: [],
    leaks: [],
    errors: [],
    summaries: [],
    ...parts,
  };
}

export function leakOf(parts: Partial<Leak> = {}): Leak {
  const { bytes = 110_592, blocks = 9, origins = [{ file: 'bench/valgrind.42.log', line: 12 }] } = parts;
  return {
    tool: 'memcheck',
    kind: 'definite',
    bytes,
    blocks,
    fingerprint: '00000000000000aa',
    frames: [
      { symbol: 'malloc', module: '/usr/lib/vgpreload_memcheck.so' },
      { symbol: 'main', file: 'leak-example.c', line: 6 },
    ],
    origins,
    tellings: origins.map((origin) => ({ bytes, blocks, origin })),
    ...parts,
  };
}

/** A series of one value each second. */
export function seriesFrom(values: readonly number[]): Series {
  const at = values.map((_, index) => index);
  return { at, times: at.map((index) => (index * SECOND) / HOUR), values };
}
