import { COMM_LENGTH } from '../../model/capture.js';
import type { Sample } from '../../model/memory.js';
import { quote } from '../../model/problem.js';
import type { Says } from '../format.js';
import { pidOf } from './kib.js';
import { COMMAND_WIDTH, isTotal, NO_AMOUNT, type SmemColumn, smemAmount } from './smem-columns.js';

export interface SmemRow {
  readonly says: Says;
  readonly sample: Sample;
  /** Whether totals are percentages: then even a plain 0 beside them is a share and no amount. */
  readonly hasShares: boolean;
}

/** What is said of the first row with percentages. */
export function sharesMessage(row: string): string {
  return `expected amounts of memory, found percentages, which say no bytes; capture without -p: ${quote(row)}`;
}

/**
 * Whether a row is that of the totals (-t), which has the numbers of processes and users in place of pid and user; the
 * rule above it may have been left out (`smem -t | sed -n '1p;$p'`).
 */
export function countsProcesses(columns: readonly SmemColumn[], cells: readonly string[]): boolean {
  const cellOf = (column: SmemColumn): string | undefined => cells[columns.indexOf(column)];
  return cellOf('command') === '' && [cellOf('pid'), cellOf('user')].every((cell) => /^\d+$/.test(cell ?? ''));
}

/** What one row of smem's table of processes says. Cells that are empty say nothing. */
export function smemRowOf(
  columns: readonly SmemColumn[],
  cells: readonly string[],
  units: readonly number[] = [],
): SmemRow {
  const says: Says = {};
  const sample: Sample = {};
  let hasShares = false;
  for (const [index, column] of columns.entries()) {
    const cell = cells[index] ?? '';
    if (column === 'pid') {
      const pid = pidOf(cell);
      if (pid !== undefined) says.pid = pid;
    } else if (isTotal(column)) {
      const amount = smemAmount(cell, units[index]);
      if (amount === NO_AMOUNT) hasShares ||= cell.endsWith('%');
      else if (amount !== undefined) sample[column] = amount;
    }
  }
  const command = cells[columns.indexOf('command')] ?? '';
  const name = cells[columns.indexOf('name')] ?? '';
  if (command !== '') {
    says.command = command;
    if (command.length >= COMMAND_WIDTH) says.commandMayBeCut = true;
  } else if (name !== '') {
    says.command = name;
    if (Buffer.byteLength(name) >= COMM_LENGTH) says.commandMayBeCut = true;
  }
  return { says, sample, hasShares };
}
