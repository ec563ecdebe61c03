import { fold } from '../correlate/ledger.js';
import type { VmaTable } from '../model/vma-table.js';
import { type SymbolOptions, symbolize } from '../symbols/symbolize.js';
import type { ReadResult } from './read-result.js';

/** Names the frames of the logs that were read, then folds these: the same leak of two logs may show itself only now. */
export async function foldNamed({ ledger, unnamed, problems }: ReadResult, options: SymbolOptions): Promise<void> {
  const tables = new Map<string, VmaTable[]>();
  for (const { device, pid, kept } of ledger.processes.values()) {
    if (pid === undefined) continue;
    const key = JSON.stringify([device, pid]);
    const known = tables.get(key) ?? [];
    for (const { first, peak, last } of kept.values()) known.push(first.table, peak.table, last.table);
    tables.set(key, known);
  }
  const tablesOf = (device: string, pid: number | undefined): VmaTable[] =>
    tables.get(JSON.stringify([device, pid])) ?? [];
  const named = await symbolize(unnamed, options, tablesOf, (problem) => problems.push(problem));
  for (const capture of named) fold(ledger, capture);
  unnamed.length = 0;
}
