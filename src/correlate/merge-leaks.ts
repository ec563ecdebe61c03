import type { HeapProfile } from '../model/heap-profile.js';
import type { ToolSummary } from '../model/leaks.js';
import { compareOrigins, type Origin } from '../model/origin.js';
import type { Leak, ProgramError, ProgramRecord } from '../model/program.js';
import type { RunUsage } from '../model/run-usage.js';
import { type DiagnosisLog, type ErrorSum, earlierError, greaterLoss, type LossSum } from './diagnosis-log.js';

/** A log that tells of a program; `witness` is the log's device where that is not the program's. */
export interface Testimony {
  readonly log: DiagnosisLog;
  readonly witness?: string;
}

type Told<T> = T & { witness?: string };

/** What all logs of one program say, each leak and error once. */
export function diagnosisOf(
  testimonies: readonly Testimony[],
): Pick<ProgramRecord, 'leaks' | 'errors' | 'summaries' | 'heapProfiles' | 'runs'> {
  const losses = new Map<string, Told<LossSum>>();
  const errors = new Map<string, Told<ErrorSum>>();
  const summaries: Told<ToolSummary>[] = [];
  const heapProfiles: Told<HeapProfile>[] = [];
  const runs: Told<RunUsage>[] = [];
  for (const { log, witness } of testimonies) {
    const from = witness === undefined ? {} : { witness };
    for (const [identity, loss] of log.losses) tell(losses, identity, { ...loss, ...from }, joinedLoss);
    for (const [identity, error] of log.errors) tell(errors, identity, { ...error, ...from }, earlierError);
    for (const summary of log.summaries) summaries.push({ ...summary, ...from });
    for (const profile of log.heapProfiles) heapProfiles.push({ ...profile, ...from });
    for (const run of log.runs) runs.push({ ...run, ...from });
  }
  return {
    leaks: [...losses].toSorted(compareLosses).map(([, loss]) => leakOf(loss)),
    errors: [...errors.values()].toSorted((a, b) => compareOrigins(a.origin, b.origin)).map(errorOf),
    summaries: summaries.toSorted((a, b) => compareOrigins(a.origin, b.origin)),
    ...(heapProfiles.length > 0 && {
      heapProfiles: heapProfiles.toSorted((a, b) => compareOrigins(a.origin, b.origin)),
    }),
    ...(runs.length > 0 && { runs: runs.toSorted((a, b) => compareOrigins(a.origin, b.origin)) }),
  };
}

function joinedLoss(a: Told<LossSum>, b: Told<LossSum>): Told<LossSum> {
  return { ...greaterLoss(a, b), tellings: [...a.tellings, ...b.tellings] };
}

/** Joins two tellings. A leak that a log of the program's own device tells needs no witness. */
function tell<T extends { readonly origins: Origin[]; witness?: string }>(
  told: Map<string, T>,
  identity: string,
  telling: T,
  choose: (a: T, b: T) => T,
): void {
  const known = told.get(identity);
  if (known === undefined) {
    told.set(identity, telling);
    return;
  }
  const joined = { ...choose(known, telling), origins: [...known.origins, ...telling.origins] };
  const witness = lesser(known.witness, telling.witness);
  if (witness === undefined) delete joined.witness;
  else joined.witness = witness;
  told.set(identity, joined);
}

function lesser(a: string | undefined, b: string | undefined): string | undefined {
  if (a === undefined || b === undefined) return undefined;
  return a < b ? a : b;
}

function compareLosses([a, lossA]: readonly [string, LossSum], [b, lossB]: readonly [string, LossSum]): number {
  return lossB.bytes - lossA.bytes || compareOrigins(lossA.origin, lossB.origin) || (a < b ? -1 : 1);
}

function leakOf({
  tool,
  kind,
  bytes,
  blocks,
  indirectBytes,
  fingerprint,
  frames,
  origins,
  tellings,
  witness,
}: Told<LossSum>): Leak {
  return {
    tool,
    kind,
    bytes,
    blocks,
    ...(indirectBytes === undefined ? {} : { indirectBytes }),
    fingerprint,
    frames,
    origins: origins.toSorted(compareOrigins),
    tellings: tellings.toSorted((a, b) => compareOrigins(a.origin, b.origin)),
    ...(witness === undefined ? {} : { witness }),
  };
}

function errorOf(error: Told<ErrorSum>): ProgramError {
  const told: ProgramError & { origin?: Origin } = { ...error, origins: error.origins.toSorted(compareOrigins) };
  delete told.origin;
  return told;
}
