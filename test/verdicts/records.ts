import type { ProgramRecord } from '../../src/model/program.js';
import { correlated, onlyRecord, snapshot, type VmaRow } from '../correlate/build-captures.js';
import type { Trace } from './trace.js';
import { KIB, type Vma } from './vma.js';

/** What is known of the program of a trace once it was read, without the detour through text. */
export function recordOfTrace({ snapshots }: Trace): ProgramRecord {
  const paths = [''];
  const captures = snapshots.map(({ pid, takenAt, vmas }, index) =>
    snapshot({ command: 'sensord', pid, takenAt }, vmas.map(rowOf), `smaps_sensord_${pid}.log`, {
      line: index + 1,
      paths,
    }),
  );
  return onlyRecord(correlated(...captures));
}

function rowOf({ start, end, permissions, offset, pathname: name, ...vma }: Vma): VmaRow {
  const { sharedClean, sharedDirty, privateClean, privateDirty, anonymous, swap } = vma;
  const bytes: Readonly<Record<string, number>> = {
    Size: end - start,
    Rss: sharedClean + sharedDirty + privateClean + privateDirty,
    Shared_Clean: sharedClean,
    Shared_Dirty: sharedDirty,
    Private_Clean: privateClean,
    Private_Dirty: privateDirty,
    Anonymous: anonymous,
    Swap: swap,
  };
  const kib = Object.fromEntries(Object.entries(bytes).map(([field, amount]) => [field, amount / KIB]));
  return { start, end, permissions, offset, name, kib };
}
