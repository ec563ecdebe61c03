import type { LeakReport } from '../model/analysis.js';
import type { FindingChange, LeakComparison, LossState } from '../model/comparison.js';
import { groupBy } from '../model/group-by.js';
import type { LeakTool, LossKind, StackFrame } from '../model/leaks.js';
import { compareOrigins } from '../model/origin.js';
import type { Observation } from './observations.js';
import { similarStacks } from './similar-stacks.js';

/** The losses of one fingerprint and kind on one side. */
interface Loss {
  readonly fingerprint: string;
  readonly kind: LossKind;
  readonly frames: StackFrame[];
  readonly byTool: ReadonlyMap<LeakTool, LossState>;
}

/**
 * The loss records of both sides by fingerprint (which knows no line numbers) and kind. A record whose kind changed
 * is still there; one that the other side could not have told is not gone.
 */
export function compareLeaks(before: readonly Observation[], after: readonly Observation[]): LeakComparison[] {
  const earlier = lossesOf(before);
  const later = lossesOf(after);
  const pairs: [Loss | undefined, Loss | undefined][] = [];
  for (const [key, loss] of later) {
    const old = earlier.get(key);
    if (old) earlier.delete(key);
    if (old) later.delete(key);
    if (old) pairs.push([old, loss]);
  }
  const others = groupBy(later.values(), ({ fingerprint }) => fingerprint);
  for (const old of earlier.values()) pairs.push([old, others.get(old.fingerprint)?.shift()]);
  for (const loss of others.values()) pairs.push(...loss.map((one): [undefined, Loss] => [undefined, one]));
  const compared = pairs.map(([old, now]) => comparisonOf(old, now, before, after));
  const similar = similarStacks(
    compared.filter(({ change }) => change === 'gone'),
    compared.filter(({ change }) => change === 'new'),
  );
  return compared
    .map((one) => {
      const other = one.change === 'gone' || one.change === 'new' ? similar.get(one.fingerprint) : undefined;
      return other === undefined ? one : { ...one, similarTo: other };
    })
    .sort(compareLosses);
}

/** Whether a leak of this kind is one: indirect losses hang on others, and what is reachable is not lost. */
export function isLoss({ before, after }: LeakComparison): boolean {
  const kind = (after ?? before)?.kind;
  return kind === 'definite' || kind === 'possible';
}

function comparisonOf(
  old: Loss | undefined,
  now: Loss | undefined,
  before: readonly Observation[],
  after: readonly Observation[],
): LeakComparison {
  const tool = [...((now ?? old)?.byTool.keys() ?? [])].find(
    (one) => !old || !now || (old.byTool.has(one) && now.byTool.has(one)),
  );
  const stateOf = (loss: Loss): LossState | undefined =>
    (tool && loss.byTool.get(tool)) ?? [...loss.byTool.values()][0];
  const earlier = old && stateOf(old);
  const later = now && stateOf(now);
  return {
    fingerprint: (now ?? old)?.fingerprint ?? '',
    change: changeOf(old, now, before, after),
    ...(earlier && { before: earlier }),
    ...(later && { after: later }),
    frames: (now ?? old)?.frames ?? [],
  };
}

function changeOf(
  old: Loss | undefined,
  now: Loss | undefined,
  before: readonly Observation[],
  after: readonly Observation[],
): FindingChange {
  if (old && now) return 'still';
  if (old) return wasLookedFor(old, after) ? 'gone' : 'only-before';
  return now && wasLookedFor(now, before) ? 'new' : 'only-after';
}

/** Whether a run of one of the tools would have told this kind of loss: it did of others, or printed a total of none. */
function wasLookedFor({ kind, byTool }: Loss, observations: readonly Observation[]): boolean {
  return observations.some(({ leaks, report: { summaries } }) =>
    [...byTool.keys()].some(
      (tool) =>
        leaks.some((leak) => leak.tool === tool && (leak.kind === kind || tool === 'lsan')) ||
        summaries.some((summary) => summary.tool === tool && summary[kind]?.bytes === 0),
    ),
  );
}

/** Records that differ in their line numbers only are one: their amounts add up. Devices tell the same again. */
function lossesOf(observations: readonly Observation[]): Map<string, Loss> {
  const losses = new Map<string, Loss & { byTool: Map<LeakTool, LossState> }>();
  for (const { leaks } of observations) {
    for (const [key, records] of groupBy(leaks, ({ kind, fingerprint }) => `${kind} ${fingerprint}`)) {
      const [first] = records;
      if (!first) continue;
      const { kind, fingerprint } = first;
      const loss = losses.get(key) ?? {
        fingerprint,
        kind,
        frames: first.frames,
        byTool: new Map<LeakTool, LossState>(),
      };
      losses.set(key, loss);
      for (const [tool, ofTool] of groupBy(records, (record) => record.tool)) {
        const sum = sumOf(tool, kind, ofTool);
        if (sum.bytes >= (loss.byTool.get(tool)?.bytes ?? 0)) loss.byTool.set(tool, sum);
      }
    }
  }
  return losses;
}

function sumOf(tool: LeakTool, kind: LossKind, records: readonly LeakReport[]): LossState {
  const total = (of: (record: LeakReport) => number): number => records.reduce((sum, record) => sum + of(record), 0);
  const indirectBytes = total((record) => record.indirectBytes ?? 0);
  return {
    tool,
    kind,
    bytes: total(({ bytes }) => bytes),
    blocks: total(({ blocks }) => blocks),
    ...(indirectBytes > 0 && { indirectBytes }),
    origins: records.flatMap(({ origins }) => origins).sort(compareOrigins),
  };
}

const CHANGES: readonly FindingChange[] = ['new', 'gone', 'still', 'only-after', 'only-before'];
const KINDS: readonly LossKind[] = ['definite', 'possible', 'indirect', 'reachable'];

function compareLosses(a: LeakComparison, b: LeakComparison): number {
  const [x, y] = [a.after ?? a.before, b.after ?? b.before];
  return (
    CHANGES.indexOf(a.change) - CHANGES.indexOf(b.change) ||
    KINDS.indexOf(x?.kind ?? 'reachable') - KINDS.indexOf(y?.kind ?? 'reachable') ||
    (y?.bytes ?? 0) - (x?.bytes ?? 0) ||
    (a.fingerprint < b.fingerprint ? -1 : 1)
  );
}
