/** The columns of one table of pmap. */
export interface PmapHeader {
  /** Extended: address, permissions, offset, device and inode come first (-X, -XX). Else: address first, then numbers. */
  readonly isExtended: boolean;
  /** The names of the number columns, in order: the headers of -X, else procps's (`Kbytes`, `RSS`, …). */
  readonly numbers: readonly string[];
  /** Whether offset and device stand between mode and mapping (-d). */
  readonly hasDevice: boolean;
  /** From the start of the column before the mapping (mode, device) to that of the mapping. */
  readonly mappingAfter: number;
  /** Where the header "Mapping" stands; the flags before it have blanks. */
  readonly mappingAt: number;
  readonly hasFlags: boolean;
}

/** The header of a plain pmap, which prints none. */
export const PLAIN: PmapHeader = simple(['Kbytes']);

/** procps's names of what pmap of SLES 11 calls otherwise. */
const NAMES: Readonly<Partial<Record<string, string>>> = {
  START: 'Address',
  SIZE: 'Kbytes',
  DIRTY: 'Dirty',
  SWAP: 'Swap',
  PERM: 'Mode',
  OFFSET: 'Offset',
  DEVICE: 'Device',
  MAPPING: 'Mapping',
};

/**
 * The columns that a header announces; undefined: this line is none.
 *
 *     Address           Kbytes     RSS   Dirty Mode  Mapping
 *     START               SIZE     RSS     PSS   DIRTY    SWAP PERM MAPPING
 *              Address Perm   Offset Device   Inode Size  Rss Pss … VmFlags Mapping
 */
export function headerOf(line: string): PmapHeader | undefined {
  const words = wordsOf(line);
  const extended = extendedHeaderOf(words, line.lastIndexOf('Mapping'));
  if (extended) return extended;
  const names = words.map((word) => NAMES[word] ?? word);
  if (names[0] !== 'Address' || names[1] !== 'Kbytes' || names.at(-1) !== 'Mapping') return undefined;
  const mode = names.indexOf('Mode');
  const between = names.slice(mode + 1, -1).join(' ');
  if (mode < 2 || !(between === '' || between === 'Offset Device')) return undefined;
  const [before = 0, mapping = 0] = Array.from(line.matchAll(/\S+/g), ({ index }) => index).slice(-2);
  return simple(names.slice(1, mode), between !== '', mapping - before);
}

/**
 * The columns by a header in another language, and the first row below it; undefined: they are none of pmap's.
 *
 *     地址            Kbytes     RSS   Dirty Mode  Mapping
 *     00005645bbb33000       8       8       0 r---- sleep
 *
 * The kernel's names of -X are in no language; of the other forms the row alone tells which it is, so it does where
 * there is no header (-q). Source: procps-ng, src/pmap.c and po/.
 */
export function translatedHeaderOf(header: string, row: string): PmapHeader | undefined {
  return extendedHeaderOf(wordsOf(header), 0) ?? headerOfRow(row);
}

// 0000560ef0976000      4K r---- leak-example
// 00005587ebbb8000     188 r---- 0000000000000000 0fe:00000 bash
// 0000560ef0976000       4       4       0 r---- leak-example
const ROW = /^[0-9a-f]{8,16}(?<numbers>(?: {1,20}\d{1,20}K?){1,3}) {1,20}[r-][w-][x-][spR-][-R]?(?: (?<rest>.*))?$/s;

/** The columns of a row by its form. */
export function headerOfRow(row: string): PmapHeader | undefined {
  const { numbers, rest = '' } = ROW.exec(row)?.groups ?? {};
  const count = numbers?.trim().split(/ +/).length;
  if (numbers?.endsWith('K')) return count === 1 ? PLAIN : undefined;
  if (count === 3) return simple(['Kbytes', 'RSS', 'Dirty']);
  return count === 1 && /^ *[0-9a-f]{8,16} {1,20}[0-9a-f]{3}:[0-9a-f]{5} /.test(rest)
    ? simple(['Kbytes'], true)
    : undefined;
}

/** Without a header the columns are as wide as procps and BusyBox print them. */
function simple(numbers: readonly string[], hasDevice = false, mappingAfter = hasDevice ? 10 : 6): PmapHeader {
  return { isExtended: false, numbers, hasDevice, mappingAfter, mappingAt: 0, hasFlags: false };
}

/** Address, permissions, offset, device and inode. */
const EXTENDED_BEFORE_SIZE = 5;

function extendedHeaderOf(words: readonly string[], mappingAt: number): PmapHeader | undefined {
  const size = words.indexOf('Size');
  if (size < EXTENDED_BEFORE_SIZE || !/^(?:KernelPageSize|Rss)$/.test(words[size + 1] ?? '')) return undefined;
  const numbers = words.slice(size, -1);
  // In some languages the header of the mapping is of two words.
  while (!/^\w+$/.test(numbers.at(-1) ?? '')) numbers.pop();
  const hasFlags = numbers.at(-1) === 'VmFlags';
  if (hasFlags) numbers.pop();
  return { isExtended: true, numbers, hasDevice: false, mappingAfter: 0, mappingAt, hasFlags };
}

function wordsOf(line: string): string[] {
  return line.trim().split(/[ \t]+/, 60);
}
