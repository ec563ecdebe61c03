import type { HeapAmount, LossKind, LossRecord, ToolSummary } from '../../model/leaks.js';

/** What the first line of a loss record tells. */
export interface LossHead {
  readonly amounts: Pick<LossRecord, 'kind' | 'bytes' | 'blocks' | 'indirectBytes'>;
  /** A repeated leak check prints only what changed since the last one. */
  readonly isChange: boolean;
}

/** Whether a line claims to be the first of a loss record. */
export function isLossRecord(text: string): boolean {
  return text.includes(' loss record ') && text.includes(' bytes in ');
}

/**
 * The first line of a loss record; undefined: it cannot be read.
 *
 *     12,288 bytes in 1 blocks are definitely lost in loss record 3 of 9
 *     640 (64 direct, 576 indirect) bytes in 1 blocks are definitely lost in loss record 2 of 4
 *     1,072 (+1,072) bytes in 1 (+1) blocks are still reachable in new loss record 1 of 2
 *
 * Source: memcheck/mc_leakcheck.c, MC_(pp_LossRecord).
 */
export function parseLossRecord(text: string): LossHead | undefined {
  const { groups } = LOSS_RECORD.exec(text) ?? {};
  const kind = LOSS_KINDS.get(groups?.kind ?? '');
  const bytes = countOf(groups?.direct ?? groups?.bytes);
  const blocks = countOf(groups?.blocks);
  if (kind === undefined || bytes === undefined || blocks === undefined) return undefined;
  const isChange = groups?.change !== undefined || groups?.isNew !== undefined;
  if (groups?.indirect === undefined) return { amounts: { kind, bytes, blocks }, isChange };
  const indirectBytes = countOf(groups.indirect);
  return indirectBytes === undefined ? undefined : { amounts: { kind, bytes, blocks, indirectBytes }, isChange };
}

const CHANGE = String.raw`(?: \([+-][\d,]+\))?`;
const LOSS_RECORD = new RegExp(
  String.raw`^(?<bytes>[\d,]+)(?<change> \([+-][\d,]+\))?` +
    String.raw`(?: \((?<direct>[\d,]+)${CHANGE} direct, (?<indirect>[\d,]+)${CHANGE} indirect\))? bytes` +
    String.raw` in (?<blocks>[\d,]+)${CHANGE} blocks? (?:are|is) (?<kind>[a-z]+ (?:lost|reachable))` +
    ' in (?<isNew>new )?loss record ',
);

export const LOSS_KINDS: ReadonlyMap<string, LossKind> = new Map([
  ['definitely lost', 'definite'],
  ['indirectly lost', 'indirect'],
  ['possibly lost', 'possible'],
  ['still reachable', 'reachable'],
]);

/** Memcheck's totals of one process. */
export type Totals = Omit<ToolSummary, 'tool' | 'pid' | 'origin'>;

/**
 * The totals that a line of HEAP SUMMARY, LEAK SUMMARY or ERROR SUMMARY tells; undefined: it is no such line;
 * 'unreadable': it is one, but its numbers cannot be read.
 *
 *         in use at exit: 73,728 bytes in 6 blocks
 *       total heap usage: 12 allocs, 6 frees, 79,872 bytes allocated
 *        definitely lost: 61,440 (+12,288) bytes in 5 (+1) blocks
 *     malloc/free: in use at exit: 35 bytes in 2 blocks.               up to 3.4
 *     possibly lost:   0 bytes in 0 blocks.                            up to 3.0
 *     ERROR SUMMARY: 6 errors from 6 contexts (suppressed: 0 from 0)
 *
 * Not added: the lines under "of which reachable via heuristic", which are part of the others.
 */
export function parseTotals(text: string): Totals | 'unreadable' | undefined {
  const name = TOTAL_NAME.exec(text)?.[0];
  if (name === undefined) return undefined;
  const kind = SUMMARY_KINDS[name];
  if (kind !== undefined) {
    const amount = heapAmount(HEAP_AMOUNT.exec(text));
    return amount ? { [kind]: amount } : 'unreadable';
  }
  if (name === 'ERROR SUMMARY: ') {
    const match = /^ERROR SUMMARY: ([\d,]+) errors? from ([\d,]+) contexts?/.exec(text);
    const errors = countOf(match?.[1]);
    const contexts = countOf(match?.[2]);
    return errors === undefined || contexts === undefined ? 'unreadable' : { errors, contexts };
  }
  const usage = /([\d,]+) allocs, ([\d,]+) frees, ([\d,]+) bytes allocated/.exec(text);
  const allocations = countOf(usage?.[1]);
  const frees = countOf(usage?.[2]);
  const allocatedBytes = countOf(usage?.[3]);
  if (allocations === undefined || frees === undefined || allocatedBytes === undefined) return 'unreadable';
  return { allocations, frees, allocatedBytes };
}

const TOTAL_NAME =
  /^(?:(?:definitely lost|indirectly lost|possibly lost|still reachable|suppressed|(?:malloc\/free: )?in use at exit|total heap usage): |malloc\/free: (?=[\d,]+ allocs)|ERROR SUMMARY: )/;

const SUMMARY_KINDS: Readonly<Record<string, keyof Totals>> = {
  'definitely lost: ': 'definite',
  'indirectly lost: ': 'indirect',
  'possibly lost: ': 'possible',
  'still reachable: ': 'reachable',
  'suppressed: ': 'suppressed',
  'in use at exit: ': 'inUseAtExit',
  'malloc/free: in use at exit: ': 'inUseAtExit',
};

const HEAP_AMOUNT = new RegExp(String.raw`: {1,8}([\d,]+)${CHANGE} bytes in ([\d,]+)${CHANGE} blocks?`);

function heapAmount(match: RegExpExecArray | null): HeapAmount | undefined {
  const bytes = countOf(match?.[1]);
  const blocks = countOf(match?.[2]);
  return bytes === undefined || blocks === undefined ? undefined : { bytes, blocks };
}

/** What "All heap blocks were freed -- no leaks are possible" amounts to. */
export function nothingLost(): Totals {
  const none = (): HeapAmount => ({ bytes: 0, blocks: 0 });
  return { definite: none(), indirect: none(), possible: none(), reachable: none(), suppressed: none() };
}

/** `61,440` → 61440; undefined where there is no number or none that is exact. */
export function countOf(digits: string | undefined): number | undefined {
  if (digits === undefined) return undefined;
  const count = Number(digits.replaceAll(',', '') || Number.NaN);
  return Number.isSafeInteger(count) ? count : undefined;
}
