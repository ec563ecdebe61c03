import { readFileSync } from 'node:fs';

/**
 * PSS of a process and of all below it, in bytes: the memory that would be free without them.
 * `undefined` where /proc does not tell (not Linux, or the process is gone).
 * Source: https://docs.kernel.org/filesystems/proc.html, smaps_rollup and task/[tid]/children
 */
export function processTreePss(pid: number): number | undefined {
  const own = kibibytesOf(pid);
  if (own === undefined) return undefined;
  return childrenOf(pid).reduce((sum, child) => sum + (processTreePss(child) ?? 0), own * 1024);
}

function kibibytesOf(pid: number): number | undefined {
  const digits = /^Pss: +(\d{1,15}) kB$/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1];
  return digits === undefined ? undefined : Number(digits);
}

function childrenOf(pid: number): number[] {
  return (read(`/proc/${pid}/task/${pid}/children`).match(/\d+/g) ?? []).map(Number);
}

function read(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}
