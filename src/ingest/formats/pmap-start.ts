import { headerOf, headerOfRow, PLAIN, type PmapHeader, translatedHeaderOf } from './pmap-header.js';
import { rowOf, withoutTabs } from './pmap-lines.js';

export interface ProcessLine {
  readonly pid: number;
  readonly command: string;
}

// 11393:   /opt/demo/leak-example
const PROCESS = /^(?<pid>\d{1,9}):(?: {1,3}(?<command>\S.*)?)?$/s;

export function processLineOf(line: string): ProcessLine | undefined {
  const groups = PROCESS.exec(line)?.groups;
  return groups && { pid: Number(groups.pid), command: (groups.command ?? '').trim() };
}

/** The beginning of one process's table. */
export interface TableStart {
  /** Whether the line of the process stands first. */
  readonly hasProcess: boolean;
  readonly header: PmapHeader;
  /** Whether the header is printed. */
  readonly hasHeader: boolean;
}

/** The table that begins with the first line of a text; undefined: none does. */
export function tableAt(head: string): TableStart | undefined {
  const lines = head.split('\n', 4);
  const hasProcess = PROCESS.test(lines[0] ?? '');
  const [first = '', second = ''] = hasProcess ? lines.slice(1) : lines;
  const known = headerOf(first);
  if (known && (hasProcess || rowOf(known, second))) return { hasProcess, header: known, hasHeader: true };
  if (!hasProcess) return undefined;
  const bare =
    headerOfRow(withoutTabs(first)) ?? (rowOf(PLAIN, first) || isBodyWithoutHeader(first) ? PLAIN : undefined);
  if (bare) return { hasProcess, header: bare, hasHeader: false };
  const translated = translatedHeaderOf(first, second);
  return translated && rowOf(translated, second) && { hasProcess, header: translated, hasHeader: true };
}

/** A kernel thread has no rows: only the total follows. */
function isBodyWithoutHeader(line: string): boolean {
  return /^ ?(?:total {1,20}\d{1,15}K|mapped: \d{1,15}K(?: {4}writeable\/private: .*)?)$/.test(line.trimEnd());
}
