import { EXECUTE, type VmaTable } from '../model/vma-table.js';

/**
 * Where the kernel has put the program and the stack: by chance when a program is started, and never moved while it
 * runs. So it tells processes of one program apart where nothing tells their pids.
 *
 * undefined where the snapshot does not show the stack: it may be of a part of the process.
 */
export function addressLayout(table: VmaTable): string | undefined {
  const stack = table.paths.indexOf('[stack]');
  if (stack === -1) return undefined;
  let program: number | undefined;
  for (let row = 0; row < table.count; row++) {
    const path = table.path[row] as number;
    if (path === stack) return `${program?.toString(16) ?? ''} ${(table.end[row] as number).toString(16)}`;
    if (path !== 0 && program === undefined && (table.permissions[row] as number) & EXECUTE) {
      program = table.start[row];
    }
  }
  return undefined;
}
