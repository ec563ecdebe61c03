import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** What tells a process from any other, also from a later one of the same pid. Empty texts: this system does not tell. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly host: string;
  /** Of the running kernel: another one after a reboot. */
  readonly boot: string;
  /** Within which the pid counts: containers have their own. */
  readonly namespace: string;
  /** When it started, in clock ticks since the kernel did. */
  readonly started: string;
}

export function ownIdentity(): ProcessIdentity {
  return {
    pid: process.pid,
    host: hostname(),
    boot: told(() => readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim()),
    namespace: told(() => readlinkSync('/proc/self/ns/pid')),
    started: startOf(process.pid) ?? '',
  };
}

/** Whether a process still runs; `elsewhere`: on a machine or in a container into which this process cannot see. */
export function stateOf(one: ProcessIdentity, own: ProcessIdentity = ownIdentity()): 'running' | 'gone' | 'elsewhere' {
  if (one.boot !== own.boot) return one.host === own.host ? 'gone' : 'elsewhere';
  if (one.boot === '' && one.host !== own.host) return 'elsewhere';
  if (one.namespace !== own.namespace) return 'elsewhere';
  if (own.started === '') return answers(one.pid) ? 'running' : 'gone';
  return startOf(one.pid) === one.started ? 'running' : 'gone';
}

/** Field 22 of /proc/PID/stat; undefined for a process that is gone, or dead and not yet waited for. */
function startOf(pid: number): string | undefined {
  const stat = told(() => readFileSync(`/proc/${pid}/stat`, 'latin1'));
  // The command before it, in parentheses, may hold anything.
  const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return state === 'Z' || state === 'X' ? undefined : fields[18];
}

function answers(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function told(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}
