import { readFileSync } from 'node:fs';

/** A process below another, on Linux. */
export interface TreeProcess {
  readonly pid: number;
  readonly name: string;
}

/** All processes below `root`, parents before children. */
export function processesBelow(root: number): TreeProcess[] {
  return (read(`/proc/${root}/task/${root}/children`).match(/\d+/g) ?? []).map(Number).flatMap((pid) => {
    const name = read(`/proc/${pid}/comm`).trim();
    return name === '' ? [] : [{ pid, name }, ...processesBelow(pid)];
  });
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
