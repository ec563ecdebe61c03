import { EXECUTE, READ, SHARED, WRITE } from '../../model/vma-table.js';

/** The columns that a header of pmap announces. */
export interface PmapHeader {
  /** Extended: address, permissions, offset, device and inode come first (-X, -XX). Else: address first, then numbers. */
  readonly isExtended: boolean;
  /** The headers of the number columns, in order. */
  readonly numbers: readonly string[];
  /** Whether offset and device stand between mode and mapping (-d). */
  readonly hasDevice: boolean;
  /** Blanks between the mode's five characters and the mapping. */
  readonly gap: number;
  /** Where the header "Mapping" stands; the flags before it have blanks. */
  readonly mappingAt: number;
  readonly hasFlags: boolean;
}

/** One row: numbers as printed, in the order of the header's. */
export interface PmapRow {
  readonly start: number;
  readonly permissions: number;
  readonly numbers: readonly string[];
  readonly mapping: string;
  readonly offset?: number;
  readonly inode?: number;
}

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

/** The header of a plain pmap, which prints none. */
export const PLAIN: PmapHeader = {
  isExtended: false,
  numbers: ['Kbytes'],
  hasDevice: false,
  gap: 1,
  mappingAt: 0,
  hasFlags: false,
};

// Address           Kbytes     RSS   Dirty Mode  Mapping
//          Address Perm   Offset Device   Inode Size  Rss Pss … VmFlags Mapping
export function headerOf(line: string): PmapHeader | undefined {
  const words = line.trim().split(/[ \t]+/, 60);
  if (words[0] !== 'Address' || words.at(-1) !== 'Mapping') return undefined;
  const mappingAt = line.lastIndexOf('Mapping');
  if (words.slice(1, 5).join(' ') === 'Perm Offset Device Inode') {
    const hasFlags = words.at(-2) === 'VmFlags';
    const numbers = words.slice(5, hasFlags ? -2 : -1);
    return { isExtended: true, numbers, hasDevice: false, gap: 1, mappingAt, hasFlags };
  }
  const mode = words.indexOf('Mode');
  const between = words.slice(mode + 1, -1).join(' ');
  if (mode < 2 || words[1] !== 'Kbytes' || !(between === '' || between === 'Offset Device')) return undefined;
  const gap = Math.max(1, mappingAt - line.lastIndexOf('Mode') - 'Mode '.length);
  const hasDevice = between !== '';
  return {
    isExtended: false,
    numbers: words.slice(1, mode),
    hasDevice,
    gap: hasDevice ? 1 : gap,
    mappingAt,
    hasFlags: false,
  };
}

// 0000560ef0976000      4K r---- leak-example
// 0000560ef0976000       4       4       0 r---- leak-example
// 00005587ebbb8000     188 r---- 0000000000000000 0fe:00000 bash
const ROW =
  /^(?<start>[0-9a-f]{8,16}) {1,20}(?<numbers>(?:\d{1,20}K?|-)(?: {1,20}(?:\d{1,20}|-)){0,6}) {1,4}(?<mode>[r-][w-][x-][sRp-][-R]?)(?<rest>(?: .*)?)$/s;
const DEVICE = /^ (?<offset>[0-9a-f]{8,16}) [0-9a-f]{2,5}:[0-9a-f]{2,5}(?<mapping>(?: .*)?)$/s;
//     560ef0976000 r--p 00000000  fe:00 1501422    4    4   4         0 … leak-example
const EXTENDED =
  /^ {0,15}(?<start>[0-9a-f]{8,16}) (?<mode>[r-][w-][x-][sp]) (?<offset>[0-9a-f]{8,16}) {1,8}[0-9a-f]{2,5}:[0-9a-f]{2,5} {1,20}(?<inode>\d{1,20})(?<rest>(?: .*)?)$/s;

/** A row of the table that `header` announced; undefined for all other lines. */
export function rowOf(header: PmapHeader, line: string): PmapRow | undefined {
  return header.isExtended ? extendedRowOf(header, line) : simpleRowOf(header, line);
}

function simpleRowOf(header: PmapHeader, line: string): PmapRow | undefined {
  const groups = ROW.exec(line)?.groups;
  if (!groups) return undefined;
  const { start = '', numbers = '', mode = '', rest = '' } = groups;
  const row = {
    start: Number.parseInt(start, 16),
    permissions: permissionsOf(mode),
    numbers: numbers.replace('K', '').split(/ +/),
  };
  if (row.numbers.length !== header.numbers.length) return undefined;
  // BusyBox prints the kernel's four characters, and two blanks after them.
  if (!header.hasDevice) return { ...row, mapping: nameOf(rest, mode.length === 4 ? 2 : header.gap) };
  const device = DEVICE.exec(rest)?.groups;
  if (!device) return undefined;
  return { ...row, offset: Number.parseInt(device.offset ?? '0', 16), mapping: nameOf(device.mapping ?? '', 1) };
}

function extendedRowOf(header: PmapHeader, line: string): PmapRow | undefined {
  const groups = EXTENDED.exec(line)?.groups;
  if (!groups) return undefined;
  const { start = '', mode = '', offset = '0', inode = '0', rest = '' } = groups;
  const numbers: string[] = [];
  let at = 0;
  while (numbers.length < header.numbers.length) {
    while (rest[at] === ' ') at++;
    const from = at;
    while (at < rest.length && rest[at] !== ' ') at++;
    const word = rest.slice(from, at);
    if (!/^\d{1,20}$/.test(word)) return undefined;
    numbers.push(word);
  }
  return {
    start: Number.parseInt(start, 16),
    permissions: permissionsOf(mode),
    numbers,
    offset: Number.parseInt(offset, 16),
    inode: Number(inode),
    mapping: header.hasFlags ? afterFlags(header, line, rest.slice(at)) : rest.slice(at + 1),
  };
}

/** The mapping by its place, since flags and names both hold blanks; where the columns are not in line, after the flags. */
function afterFlags(header: PmapHeader, line: string, rest: string): string {
  const isInLine = line.length < header.mappingAt || line[header.mappingAt - 1] === ' ';
  return isInLine ? line.slice(header.mappingAt) : rest.replace(/^ {0,200}(?:[a-z0-9?]{2} ){0,40}/, '');
}

/** The kernel's name of a mapping: pmap prints `  [ anon ]` for an unnamed one and `  [ stack ]` for the stack. */
function nameOf(rest: string, gap: number): string {
  const mapping = rest.slice(gap);
  const name = PSEUDO.exec(mapping)?.groups?.name;
  if (name === undefined) return mapping;
  return name === 'anon' ? '' : `[${name}]`;
}

// [ anon ]   [ stack ]   [ shmid=0x1000a ]
const PSEUDO = /^ {0,3}\[ (?<name>[^ ]{1,40}) \] {0,3}$/;

function permissionsOf(mode: string): number {
  return (
    (mode[0] === 'r' ? READ : 0) |
    (mode[1] === 'w' ? WRITE : 0) |
    (mode[2] === 'x' ? EXECUTE : 0) |
    (mode[3] === 's' ? SHARED : 0)
  );
}

// ---------------- ------- ------- -------      ==== ==== ===
export function isRule(line: string): boolean {
  const words = line.trim().split(/ +/, 60);
  return words.length > 1 && words.every((word) => /^-{4,}$/.test(word) || /^=+$/.test(word));
}

/** The totals of a process, in KiB, as far as the form prints them: of its number columns from the first on. */
export function totalsOf(header: PmapHeader, line: string): number[] | undefined {
  const words = line.trim().split(/[ \t]+/, 60);
  if (header.isExtended) {
    const numbers = words.slice(0, -1);
    return words.at(-1) === 'KB' && numbers.length === header.numbers.length ? kib(numbers) : undefined;
  }
  if (words[0] === 'mapped:') return kib([(words[1] ?? '').replace(/K$/, '')]);
  if (words[0] !== 'total') return undefined;
  return kib(words.slice(words[1] === 'kB' ? 2 : 1).map((word) => word.replace(/K$/, '')));
}

/** NaN stands for a column without a total (`-`). */
function kib(words: readonly string[]): number[] | undefined {
  const numbers = words.map((word) => (/^\d{1,15}$/.test(word) ? Number(word) : Number.NaN));
  return numbers.length === 0 || Number.isNaN(numbers[0]) ? undefined : numbers;
}
