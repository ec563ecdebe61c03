import type { DiagnosisCapture } from '../model/capture.js';
import type { HeapProfile } from '../model/heap-profile.js';
import {
  baseName,
  callersOf,
  fingerprintOf,
  type LossRecord,
  type MemoryError,
  type StackFrame,
  type ToolSummary,
} from '../model/leaks.js';
import { compareOrigins, type Origin } from '../model/origin.js';
import type { LossTelling } from '../model/program.js';
import type { RunUsage } from '../model/run-usage.js';

/** The same loss record of several logs: amounts and frames of the log that lost the most. */
export interface LossSum extends Omit<LossRecord, 'origin'> {
  readonly fingerprint: string;
  /** All places that tell it, in no order. */
  readonly origins: Origin[];
  /** What each process lost, in no order. */
  readonly tellings: LossTelling[];
  /** Of the log whose amounts these are. */
  readonly origin: Origin;
}

/** The same error of several logs: told as in the first of them. */
export interface ErrorSum extends MemoryError {
  readonly pid?: number;
  readonly fingerprint: string;
  readonly origins: Origin[];
}

/** What the logs of one program on one device, or one log of an unnamed program, said. */
export interface DiagnosisLog {
  readonly device: string;
  readonly command?: string;
  readonly pid?: number;
  /** The first place. */
  origin: Origin;
  readonly losses: Map<string, LossSum>;
  readonly errors: Map<string, ErrorSum>;
  readonly summaries: ToolSummary[];
  readonly heapProfiles: HeapProfile[];
  readonly runs: RunUsage[];
}

export function emptyDiagnosisLog({ context, origin }: DiagnosisCapture): DiagnosisLog {
  return {
    device: context.device,
    ...(context.command === undefined ? {} : { command: context.command }),
    ...(context.pid === undefined ? {} : { pid: context.pid }),
    origin,
    losses: new Map(),
    errors: new Map(),
    summaries: [],
    heapProfiles: [],
    runs: [],
  };
}

/**
 * Adds one process's log. Equal loss records of one leak check are parts of one loss and add up, as in the tool's own
 * summary; between checks, between logs, and between a process and its forked children, they are the same loss told
 * again.
 */
export function addDiagnosis(
  log: DiagnosisLog,
  { context: { pid }, origin, leaks, errors, summaries, heapProfiles, runs }: DiagnosisCapture,
): void {
  const own = new Map<string, LossSum>();
  for (const check of new Set(leaks.map((leak) => leak.check))) {
    for (const [identity, loss] of lossesOf(leaks.filter((leak) => leak.check === check)))
      mergeInto(own, identity, loss, greaterLoss);
  }
  for (const [identity, loss] of own) {
    const { bytes, blocks } = loss;
    loss.tellings.push({ bytes, blocks, ...(pid !== undefined && { pid }), origin: loss.origin });
    mergeLoss(log.losses, identity, loss);
  }
  for (const error of errors) {
    const fingerprint = fingerprintOf(error.frames);
    const sum: ErrorSum = { ...error, ...(pid !== undefined && { pid }), fingerprint, origins: [error.origin] };
    mergeInto(log.errors, identityOf(error), sum, earlierError);
  }
  for (const summary of summaries) log.summaries.push(summary);
  for (const profile of heapProfiles ?? []) log.heapProfiles.push(profile);
  for (const run of runs ?? []) log.runs.push(run);
  if (compareOrigins(origin, log.origin) < 0) log.origin = origin;
}

/** The losses of one leak check. */
function lossesOf(leaks: readonly LossRecord[]): Map<string, LossSum> {
  const losses = new Map<string, LossSum>();
  for (const leak of leaks) {
    const identity = identityOf(leak);
    const known = losses.get(identity);
    losses.set(identity, known ? added(known, leak) : lossSum(leak));
  }
  return losses;
}

export function mergeDiagnosisLogs(log: DiagnosisLog, other: DiagnosisLog): void {
  for (const [identity, loss] of other.losses) mergeLoss(log.losses, identity, loss);
  for (const [identity, error] of other.errors) mergeInto(log.errors, identity, error, earlierError);
  for (const summary of other.summaries) log.summaries.push(summary);
  for (const profile of other.heapProfiles) log.heapProfiles.push(profile);
  for (const run of other.runs) log.runs.push(run);
  if (compareOrigins(other.origin, log.origin) < 0) log.origin = other.origin;
}

/** Keeps the one of two tellings that `choose` prefers, with the origins of both. */
export function mergeInto<T extends { readonly origins: Origin[] }>(
  map: Map<string, T>,
  identity: string,
  telling: T,
  choose: (a: T, b: T) => T,
): void {
  const known = map.get(identity);
  if (known === undefined) {
    map.set(identity, telling);
    return;
  }
  const { origins } = known;
  for (const origin of telling.origins) origins.push(origin);
  map.set(identity, { ...choose(known, telling), origins });
}

function mergeLoss(losses: Map<string, LossSum>, identity: string, loss: LossSum): void {
  const tellings = losses.get(identity)?.tellings;
  if (tellings) for (const telling of loss.tellings) tellings.push(telling);
  mergeInto(losses, identity, loss, (a, b) => ({ ...greaterLoss(a, b), tellings: tellings ?? loss.tellings }));
}

/** Of two logs' amounts the greater: the losses of two runs are not added. */
export function greaterLoss<T extends Omit<LossSum, 'origins'>>(a: T, b: T): T {
  const order =
    b.bytes - a.bytes ||
    b.blocks - a.blocks ||
    (b.indirectBytes ?? 0) - (a.indirectBytes ?? 0) ||
    compareOrigins(a.origin, b.origin);
  return order <= 0 ? a : b;
}

export function earlierError<T extends Omit<ErrorSum, 'origins'>>(a: T, b: T): T {
  return compareOrigins(a.origin, b.origin) <= 0 ? a : b;
}

/** Tool, kind and call stack, with the source lines: two calls of one function are two leaks or errors. */
function identityOf({ tool, kind, frames }: LossRecord | MemoryError): string {
  const places = callersOf(frames).map(placeOf);
  return `${tool} ${kind} ${fingerprintOf(frames)} ${places.join(' ')}`;
}

/** Of a frame without a name, its place in the module: a stripped program has many of these. */
function placeOf({ symbol, file, line, module, offset, address }: StackFrame): string {
  const place = `${baseName(file ?? '')}:${line ?? ''}`;
  return symbol === undefined && module !== undefined ? `${place}+${offset ?? address ?? ''}` : place;
}

function lossSum(leak: LossRecord): LossSum {
  return { ...leak, fingerprint: fingerprintOf(leak.frames), origins: [leak.origin], tellings: [] };
}

function added(loss: LossSum, leak: LossRecord): LossSum {
  const indirect =
    loss.indirectBytes === undefined && leak.indirectBytes === undefined
      ? {}
      : { indirectBytes: (loss.indirectBytes ?? 0) + (leak.indirectBytes ?? 0) };
  loss.origins.push(leak.origin);
  return { ...loss, bytes: loss.bytes + leak.bytes, blocks: loss.blocks + leak.blocks, ...indirect };
}
