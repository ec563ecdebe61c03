import type { Analysis, ErrorReport, LeakReport, MappingReport, ProgramReport } from '../../src/model/analysis.js';
import { fingerprintOf, type LossKind, type StackFrame } from '../../src/model/leaks.js';
import type { Sample } from '../../src/model/memory.js';
import type { Verdict } from '../../src/model/verdict.js';
import { emptyAnalysis } from '../report/fixture-analysis.js';

export const KIB = 1024;
export const PAGE = 4096;
const MINUTE = 60_000;
const START = Date.UTC(2026, 0, 31, 21);

export interface ProgramSketch {
  readonly device?: string;
  readonly command?: string;
  /** Unreclaimable memory of each sample, a minute apart. */
  readonly held?: readonly number[];
  readonly vmaCount?: number;
  readonly samples?: readonly Sample[];
  readonly mappings?: readonly MappingReport[];
  readonly vmas?: ProgramReport['vmas'];
  readonly verdict?: Partial<Verdict>;
  readonly leaks?: readonly LeakSketch[];
  readonly errors?: readonly Partial<ErrorReport>[];
  /** What memcheck printed as totals; absent: it did not run. */
  readonly memcheck?: Partial<Record<LossKind, number>>;
}

export interface LeakSketch {
  readonly path: readonly string[];
  readonly tool?: LeakReport['tool'];
  readonly kind?: LossKind;
  readonly bytes?: number;
  readonly blocks?: number;
  readonly line?: number;
}

export function analysisOf(...sketches: readonly ProgramSketch[]): Analysis {
  const analysis = { ...emptyAnalysis(), captures: ['captures'] };
  for (const sketch of sketches) {
    const { device = 'board-7', command = 'sensord', held = [], vmaCount = 1 } = sketch;
    const program = { device, command };
    const samples =
      sketch.samples ??
      held.map((bytes, i) => ({ takenAt: START + i * MINUTE, unreclaimable: bytes, privateDirty: bytes, vmaCount }));
    const origin = { file: 'valgrind.log', line: 9 };
    const total = (kind: LossKind) => ({ bytes: sketch.memcheck?.[kind] ?? 0, blocks: 0 });
    analysis.programs.push({
      ...program,
      timelines: [{ pid: 812, samples: [...samples] }],
      mappings: [...(sketch.mappings ?? [])],
      vmas: [...(sketch.vmas ?? [])],
      summaries: sketch.memcheck
        ? [
            {
              tool: 'memcheck',
              definite: total('definite'),
              indirect: total('indirect'),
              possible: total('possible'),
              reachable: total('reachable'),
              errors: 0,
              origin,
            },
          ]
        : [],
    });
    analysis.verdicts.push({
      ...program,
      label: 'inconclusive',
      explainedBy: [],
      grounds: [],
      objections: [],
      defects: [],
      missing: [],
      ...sketch.verdict,
    });
    for (const leak of sketch.leaks ?? []) analysis.leaks.push({ ...program, ...leakOf(leak) });
    for (const error of sketch.errors ?? []) analysis.errors.push({ ...program, ...errorOf(error) });
  }
  return analysis;
}

/** The verdict on a program that grows by so many bytes an hour, give or take 5 %. */
export function growing(ratePerHour: number, label: Verdict['label'] = 'leak'): Partial<Verdict> {
  return { label, ratePerHour, rateInterval: [0.95 * ratePerHour, 1.05 * ratePerHour], shape: 'linear' };
}

export const CLEAN: Partial<Verdict> = { label: 'clean', shape: 'flat' };

function leakOf({ path, tool = 'memcheck', kind = 'definite', bytes = 64, blocks = 1, line = 7 }: LeakSketch) {
  const frames: StackFrame[] = [
    { symbol: 'malloc', module: '/usr/libexec/valgrind/vgpreload_memcheck-amd64-linux.so' },
    ...path.map((symbol) => ({ symbol, file: `${symbol}.c`, line })),
  ];
  const origins = [{ file: `${tool}.log`, line }];
  return { tool, kind, bytes, blocks, fingerprint: fingerprintOf(frames), frames, origins, tellings: [] };
}

function errorOf(error: Partial<ErrorReport>): Omit<ErrorReport, 'device' | 'command'> {
  return {
    tool: 'memcheck',
    kind: 'invalid-read',
    message: 'Invalid read of size 4',
    fingerprint: '00c0ffee00c0ffee',
    frames: [{ symbol: 'read_sample', file: 'sensor.c', line: 41 }],
    related: [],
    origins: [{ file: 'memcheck.log', line: 3 }],
    ...error,
  };
}
