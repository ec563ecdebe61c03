import { emptyLedger, fold } from '../../src/correlate/ledger.js';
import { type Correlation, recordsOf } from '../../src/correlate/records.js';
import type {
  Capture,
  CaptureContext,
  DeviceMemoryCapture,
  DiagnosisCapture,
  SampleCapture,
  SnapshotCapture,
} from '../../src/model/capture.js';
import type { LossRecord, MemoryError, StackFrame } from '../../src/model/leaks.js';
import type { Sample } from '../../src/model/memory.js';
import type { ProgramRecord } from '../../src/model/program.js';
import { EXECUTE, READ, SHARED, type VmaTable, WRITE } from '../../src/model/vma-table.js';

/** 2026-01-31T21:00:00Z */
export const NINE = Date.UTC(2026, 0, 31, 21);
export const MINUTE = 60_000;
const KIB = 1024;

type Who = Partial<CaptureContext>;

export function contextOf({ sources, ...who }: Who): CaptureContext {
  const timed = who.takenAt === undefined ? {} : { takenAt: 'path' as const };
  return { device: 'board-7', ...who, sources: { ...timed, ...sources } };
}

/** One VMA in the kernel's notation; counters in KiB. */
export interface VmaRow {
  start: number;
  end: number;
  permissions?: string;
  offset?: number;
  name?: string;
  kib?: Readonly<Record<string, number>>;
}

export function tableOf(rows: readonly VmaRow[], paths: string[] = ['']): VmaTable {
  const names = new Set(rows.flatMap(({ kib = {} }) => Object.keys(kib)));
  const number = (name: string): number => {
    const known = paths.indexOf(name);
    return known >= 0 ? known : paths.push(name) - 1;
  };
  return {
    count: rows.length,
    start: Float64Array.from(rows, ({ start }) => start),
    end: Float64Array.from(rows, ({ end }) => end),
    permissions: Uint8Array.from(rows, ({ permissions = 'rw-p' }) => bitsOf(permissions)),
    offset: Float64Array.from(rows, ({ offset = 0 }) => offset),
    inode: new Float64Array(rows.length),
    path: Uint32Array.from(rows, ({ name = '' }) => number(name)),
    line: Uint32Array.from(rows, (_, row) => row + 1),
    paths,
    counters: new Map(
      [...names].map((name) => [name, Float64Array.from(rows, ({ kib = {} }) => (kib[name] ?? 0) * KIB)]),
    ),
  };
}

function bitsOf(permissions: string): number {
  return (
    (permissions.includes('r') ? READ : 0) |
    (permissions.includes('w') ? WRITE : 0) |
    (permissions.includes('x') ? EXECUTE : 0) |
    (permissions.includes('s') ? SHARED : 0)
  );
}

/** A snapshot whose heap holds `heap` KiB of private dirty memory. */
export function smaps(who: Who, heap: number, file: string, line = 1): SnapshotCapture {
  const rows = [
    { start: 0x400000, end: 0x401000, permissions: 'r-xp', name: '/opt/demo/sensord', kib: counters(4, 0) },
    { start: 0x800000, end: 0x800000 + heap * KIB, name: '[heap]', kib: counters(heap, heap) },
  ];
  return snapshot(who, rows, file, { line });
}

function counters(rss: number, dirty: number): Record<string, number> {
  return { Size: rss, Rss: rss, Pss: rss, Private_Clean: rss - dirty, Private_Dirty: dirty, Swap: 0 };
}

export function snapshot(
  who: Who,
  rows: readonly VmaRow[],
  file: string,
  { line = 1, format = 'smaps', paths = [''] }: { line?: number; format?: string; paths?: string[] } = {},
): SnapshotCapture {
  return { type: 'snapshot', format, context: contextOf(who), origin: { file, line }, table: tableOf(rows, paths) };
}

export function sample(who: Who, totals: Sample, file: string, format = 'smem', line = 1): SampleCapture {
  return { type: 'sample', format, context: contextOf(who), origin: { file, line }, sample: totals };
}

/** /proc/meminfo; amounts in KiB. */
export function meminfo(who: Who, kib: Readonly<Record<string, number>>, file: string, line = 1): DeviceMemoryCapture {
  const lines = Object.fromEntries(Object.entries(kib).map(([name, amount]) => [name, amount * KIB]));
  return { type: 'device-memory', format: 'meminfo', context: contextOf(who), origin: { file, line }, lines };
}

export function frame(symbol: string, place?: string, address?: string): StackFrame {
  const [file, line] = place?.split(':') ?? [];
  return {
    symbol,
    ...(file === undefined ? {} : { file }),
    ...(line === undefined ? {} : { line: Number(line) }),
    ...(address === undefined ? {} : { address }),
  };
}

/** `malloc` called from `main` at a line of leak-example.c. */
export function loss(bytes: number, blocks: number, overrides: Partial<LossRecord> = {}): LossRecord {
  return {
    tool: 'memcheck',
    kind: 'definite',
    bytes,
    blocks,
    frames: [frame('malloc'), frame('main', 'leak-example.c:6')],
    origin: { file: 'valgrind.log', line: 10 },
    ...overrides,
  };
}

export function log(
  who: Who,
  said: { leaks?: LossRecord[]; errors?: MemoryError[]; summaries?: DiagnosisCapture['summaries'] },
  file: string,
  line = 1,
): DiagnosisCapture {
  const at = { file, line };
  return {
    type: 'diagnosis',
    format: 'memcheck',
    context: contextOf(who),
    origin: at,
    leaks: (said.leaks ?? []).map((leak) => ({ ...leak, origin: { file, line: leak.origin.line } })),
    errors: (said.errors ?? []).map((error) => ({ ...error, origin: { file, line: error.origin.line } })),
    summaries: said.summaries ?? [],
  };
}

export function correlated(...captures: Capture[]): Correlation {
  const ledger = emptyLedger();
  for (const capture of captures) fold(ledger, capture);
  return recordsOf(ledger);
}

/** The only record of a correlation. */
export function onlyRecord({ records }: Correlation): ProgramRecord {
  const [record, ...others] = records;
  if (record === undefined || others.length > 0) {
    throw new Error(`expected one program, found ${records.map(({ program }) => program.command).join(', ')}`);
  }
  return record;
}
