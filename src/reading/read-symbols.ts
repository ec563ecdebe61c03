import { emptyLedger, fold, type Ledger } from '../correlate/ledger.js';
import type { VmaTable } from '../model/vma-table.js';
import { type SymbolOptions, symbolize } from '../symbols/symbolize.js';
import { addLedger, type ReadResult } from './read-result.js';

/** Names the frames of the logs that were read, then folds these: the same leak of two logs may show itself only now. */
export async function foldNamed(read: ReadResult, options: SymbolOptions): Promise<void> {
  const { devices, unnamed, problems } = read;
  const tables = new Map<string, ReadonlyMap<number, readonly VmaTable[]>>();
  const tablesOf = (device: string, pid: number | undefined): readonly VmaTable[] => {
    const ofDevice = tables.get(device) ?? tablesByPid(devices.of(device));
    tables.set(device, ofDevice);
    return pid === undefined ? [] : (ofDevice.get(pid) ?? []);
  };
  const named = await symbolize(unnamed, options, tablesOf, (problem) => problems.push(problem));
  const ledger = emptyLedger();
  for (const capture of named) fold(ledger, capture);
  addLedger(read, ledger);
  unnamed.length = 0;
}

function tablesByPid({ processes }: Ledger): Map<number, VmaTable[]> {
  const tables = new Map<number, VmaTable[]>();
  for (const { pid, kept } of processes.values()) {
    if (pid === undefined) continue;
    const known = tables.get(pid) ?? [];
    for (const { first, peak, last } of kept.values()) known.push(first.table, peak.table, last.table);
    tables.set(pid, known);
  }
  return tables;
}
