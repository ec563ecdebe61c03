import type { Reading } from '../../src/ingest/format.js';
import { commandName } from '../../src/model/command-name.js';
import type { HeapAmount, LossKind } from '../../src/model/leaks.js';
import type { Comparison } from './difference.js';

/** What valgrind printed of one process. */
export interface ValgrindTruth {
  readonly command?: string;
  readonly tool?: string;
  /** "All heap blocks were freed": no leak summary was printed. */
  readonly no_leaks?: boolean;
  readonly 'ERROR SUMMARY'?: { readonly errors: number; readonly contexts: number };
  readonly 'total heap usage'?: { readonly allocs: number; readonly frees: number; readonly bytes: number };
  readonly 'in use at exit'?: HeapAmount;
  readonly 'definitely lost'?: HeapAmount;
  readonly 'indirectly lost'?: HeapAmount;
  readonly 'possibly lost'?: HeapAmount;
  readonly 'still reachable'?: HeapAmount;
  readonly suppressed?: HeapAmount;
  /** By kind: the records, their blocks, their bytes with and without what hangs on them. */
  readonly loss_records?: Readonly<Record<string, { n: number; blocks: number; bytes: number; direct: number }>>;
}

const AMOUNTS = {
  definite: 'definitely lost',
  indirect: 'indirectly lost',
  possible: 'possibly lost',
  reachable: 'still reachable',
  suppressed: 'suppressed',
  inUseAtExit: 'in use at exit',
} as const;

const KINDS: Readonly<Record<string, LossKind>> = {
  'definitely lost': 'definite',
  'indirectly lost': 'indirect',
  'possibly lost': 'possible',
  'still reachable': 'reachable',
};

/** Per process: memcheck's own totals, and its loss records added up. */
export function compareValgrind(
  truths: Readonly<Record<string, ValgrindTruth>>,
  readings: readonly Reading[],
  refused: boolean,
  comparison: Comparison,
): void {
  for (const [pid, truth] of Object.entries(truths)) {
    // The other tools of valgrind are refused; memcheck's logs never.
    if (truth.tool !== 'Memcheck' && refused) continue;
    const own = readings.flatMap((reading) =>
      reading.type === 'diagnosis' && reading.says.pid === Number(pid) ? [reading] : [],
    );
    const summary = own.flatMap(({ summaries }) => summaries).at(-1);
    for (const [key, name] of Object.entries(AMOUNTS) as [
      keyof typeof AMOUNTS,
      (typeof AMOUNTS)[keyof typeof AMOUNTS],
    ][]) {
      // "All heap blocks were freed" says that nothing is lost, without a line for each kind.
      const amount = truth[name] ?? (truth.no_leaks ? { bytes: 0, blocks: 0 } : undefined);
      comparison.same(`${pid}: ${name}`, amount && inOrder(amount), summary?.[key] && inOrder(summary[key]));
    }
    const usage = truth['total heap usage'];
    comparison.same(`${pid}: heap usage`, usage && [usage.allocs, usage.frees, usage.bytes], usageOf(summary));
    const errors = truth['ERROR SUMMARY'];
    comparison.same(`${pid}: errors`, errors?.errors, summary?.errors);
    comparison.same(`${pid}: contexts`, errors?.contexts, summary?.contexts);
    if (truth.command !== undefined) {
      const command = own.map(({ says }) => says.command).find((said) => said !== undefined);
      comparison.same(
        `${pid}: command`,
        commandName(truth.command),
        command === undefined ? undefined : commandName(command),
      );
    }
    const leaks = own.flatMap(({ leaks }) => leaks);
    if (truth.no_leaks) comparison.same(`${pid}: loss records`, 0, leaks.length);
    for (const [name, records] of Object.entries(truth.loss_records ?? {})) {
      const ofKind = leaks.filter(({ kind }) => kind === KINDS[name]);
      comparison.same(
        `${pid}: loss records ${name}`,
        [records.n, records.blocks, records.direct, records.bytes],
        [
          ofKind.length,
          ofKind.reduce((sum, { blocks }) => sum + blocks, 0),
          ofKind.reduce((sum, { bytes }) => sum + bytes, 0),
          ofKind.reduce((sum, { bytes, indirectBytes = 0 }) => sum + bytes + indirectBytes, 0),
        ],
      );
    }
  }
}

function inOrder({ bytes, blocks }: HeapAmount): [number, number] {
  return [bytes, blocks];
}

function usageOf(summary: { allocations?: number; frees?: number; allocatedBytes?: number } | undefined): unknown {
  return summary?.allocations === undefined ? undefined : [summary.allocations, summary.frees, summary.allocatedBytes];
}
