import { EXECUTE, READ, SHARED, WRITE } from '../../model/vma-table.js';
import type { PmapHeader } from './pmap-header.js';

/** One row: numbers as printed, in the order of the header's. */
export interface PmapRow {
  readonly start: number;
  readonly permissions: number;
  readonly numbers: readonly string[];
  readonly mapping: string;
  readonly offset?: number;
  readonly inode?: number;
}

// 0000560ef0976000      4K r---- leak-example
// 0000560ef0976000       4       4       0 r---- leak-example
// 00005587ebbb8000     188 r---- 0000000000000000 0fe:00000 bash
const ROW =
  /^(?<start>[0-9a-f]{8,16}) {1,20}(?<numbers>(?:\d{1,20}K?|-)(?: {1,20}(?:\d{1,20}K?|-)){0,6}) {1,20}(?<mode>[r-][w-][x-][sRp-][-R]?)(?<rest>(?: .*)?)$/s;
const DEVICE = /^ {1,8}(?<offset>[0-9a-f]{8,16}) {1,20}(?<device>[0-9a-f]{2,5}:[0-9a-f]{2,5})(?<mapping>(?: .*)?)$/s;
//     560ef0976000 r--p 00000000  fe:00 1501422    4    4   4         0 … leak-example
const EXTENDED =
  /^ {0,15}(?<start>[0-9a-f]{8,16}) {1,20}(?<mode>[r-][w-][x-][sp]) {1,20}(?<offset>[0-9a-f]{8,16}) {1,20}[0-9a-f]{2,5}:[0-9a-f]{2,5} {1,20}(?<inode>\d{1,20})(?<rest>(?: .*)?)$/s;

/** A row of the table that `header` announced; undefined for all other lines. */
export function rowOf(header: PmapHeader, line: string): PmapRow | undefined {
  if (header.isExtended) return extendedRowOf(header, line);
  const bare = withoutTabs(line);
  return simpleRowOf(bare === line ? header : { ...header, mappingAfter: 0 }, bare);
}

/** With blanks for the tabs by which editors, and people who copy a table, divide its columns. Names keep theirs. */
export function withoutTabs(line: string): string {
  return line.includes('\t') && !ROW.test(line) ? line.replaceAll(/[ \t]+/g, ' ') : line;
}

function simpleRowOf(header: PmapHeader, line: string): PmapRow | undefined {
  const groups = ROW.exec(line)?.groups;
  if (!groups) return undefined;
  const { start = '', numbers = '', mode = '', rest = '' } = groups;
  const row = {
    start: Number.parseInt(start, 16),
    permissions: permissionsOf(mode),
    numbers: numbers.replaceAll('K', '').split(/ +/),
  };
  if (row.numbers.length !== header.numbers.length) return undefined;
  if (!header.hasDevice) return { ...row, mapping: nameOf(header, rest, mode) };
  const { offset = '', device = '', mapping = '' } = DEVICE.exec(rest)?.groups ?? {};
  if (device === '') return undefined;
  return { ...row, offset: Number.parseInt(offset, 16), mapping: nameOf(header, mapping, device) };
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
function nameOf(header: PmapHeader, rest: string, before: string): string {
  const mapping = rest.slice(Math.max(1, header.mappingAfter - before.length));
  const name = PSEUDO.exec(mapping)?.groups?.name;
  if (name === undefined) return mapping;
  if (ANON.has(name)) return '';
  return STACK.has(name) ? '[stack]' : `[${name}]`;
}

// [ anon ]   [ stack ]   [ shmid=0x1000a ]   [ pile  ]
const PSEUDO = /^ {0,3}\[ (?<name>[^ \]]{1,40}(?: [^ \]]{1,20})?) {1,2}\] {0,3}$/;
/** In all languages of procps-ng. Source: its po/. */
const ANON: ReadonlySet<string> = new Set(['anon', 'anôn', 'анон', 'vô danh']);
const STACK: ReadonlySet<string> = new Set(['stack', 'pila', 'pile', 'pilha', 'stivă', 'stos', 'стек', 'ngăn xếp']);

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
  if (header.isExtended) {
    const words = line.trim().split(/[ \t]+/, 60);
    const numbers = words.slice(0, -1);
    return words.at(-1) === 'KB' && numbers.length === header.numbers.length ? kib(numbers) : undefined;
  }
  const { numbers = '' } = (header.hasDevice ? MAPPED : TOTAL).exec(line)?.groups ?? {};
  return kib(numbers.replaceAll(/(?<=\d) ?[KkК]/g, '').split(/ +/));
}

// In any language: only the form is pmap's.
// total kB            2480    1204     188 ·  total             2480K · 총계  kB  2480 … · Total:    636K    564K …
const TOTAL =
  /^ {0,2}\p{L}[\p{L} ]{1,20}:?[ \t]{1,30}(?<numbers>\d{1,15}(?: ?[KkК])?(?: {1,30}(?:\d{1,15}K?|-)){0,6}) *$/u;
// mapped: 2924K    writeable/private: 356K    shared: 28K · mappat: 2924 k    skrivbart/privat: 356 k    delat: 28 k
const MAPPED =
  /^ {0,2}\p{L}[\p{L}' ]{1,20}:? (?<numbers>\d{1,15}) ?[KkК](?: {1,12}\p{L}[\p{L}/ ]{1,40}: \d{1,15} ?[KkК]){0,2} *$/u;

/** What pmap of SLES 11 adds to its totals: 600K writable-private, 36K readonly-private, 0K shared, and 564K referenced */
export function isKindsOfMappings(line: string): boolean {
  return /^\d{1,15}K writable-private, \d/.test(line);
}

/** NaN stands for a column without a total (`-`). */
function kib(words: readonly string[]): number[] | undefined {
  const numbers = words.map((word) => (/^\d{1,15}$/.test(word) ? Number(word) : Number.NaN));
  return numbers.length === 0 || Number.isNaN(numbers[0]) ? undefined : numbers;
}
