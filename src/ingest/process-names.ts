import { commandName } from '../model/command-name.js';
import type { CaptureFormat, Says } from './format.js';
import type { SectionHeader } from './section-header.js';

/** So many processes of a file are known by name. */
const MOST_NAMES = 10_000;

/**
 * The names of processes that a file has told of anywhere above, by pid: `grep -r . /proc/812/` prints comm and status
 * with the name, and smaps without.
 */
export class ProcessNames {
  private readonly names = new Map<number, string>();

  told(format: CaptureFormat, { pid, command, commandMayBeCut }: Says): void {
    if (format.process === 'names' && pid !== undefined && command !== undefined && !commandMayBeCut) {
      this.add(pid, command);
    }
  }

  /** Takes a line that is the name of a process, by the file that it was taken from. */
  takes(place: string | undefined, line: string): boolean {
    const pid = place === undefined ? undefined : NAMES.exec(place)?.groups?.pid;
    const name = pid === undefined ? '' : commandName(line);
    if (name === '') return false;
    this.add(Number(pid), name);
    return true;
  }

  /** The name of the process of a section that takes one, where its header has only the pid. */
  of(format: CaptureFormat, header: SectionHeader | undefined): string | undefined {
    const isNameless = format.process === 'takes' && header?.command === undefined;
    return isNameless && header?.pid !== undefined ? this.names.get(header.pid) : undefined;
  }

  private add(pid: number, name: string): void {
    if (this.names.size < MOST_NAMES || this.names.has(pid)) this.names.set(pid, name);
  }
}

const NAMES = /\/proc\/(?<pid>\d{1,7})\/(?:comm|cmdline)$/;
