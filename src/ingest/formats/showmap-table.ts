import type { Sample } from '../../model/memory.js';
import { KIB } from '../../model/units.js';
import { EXECUTE, hexOf, READ, type VmaTable, WRITE } from '../../model/vma-table.js';
import type { Section } from '../format.js';
import type { PathInterner } from '../path-interner.js';
import { bytesOfKib } from './kib.js';
import type { ShowmapHeader } from './showmap-header.js';

export interface ShowmapRow {
  readonly line: number;
  /** Addresses; 0 where the table has none. */
  readonly start: number;
  readonly end: number;
  /** READ | WRITE | EXECUTE; 0 where the table has no flags. */
  readonly permissions: number;
  /** In bytes, one for each counter of the header. */
  readonly amounts: readonly number[];
  readonly object: string;
}

/** The cells of a row as printed; addresses and flags are empty where the table has none. */
export interface ShowmapCells {
  readonly start: string;
  readonly end: string;
  readonly amounts: readonly string[];
  readonly flags: string;
  readonly object: string;
}

/** The row that the cells make; undefined where an amount is missing or too large to be exact. */
export function showmapRowOf(cells: ShowmapCells, line: number): ShowmapRow | undefined {
  const amounts = amountsOf(cells.amounts);
  if (!amounts || amounts.length === 0) return undefined;
  const { start, end, flags, object } = cells;
  return { line, start: addressOf(start), end: addressOf(end), permissions: permissionsOf(flags), amounts, object };
}

/** Bytes of texts with KiB; undefined where one is no number, or too large to be exact. */
export function amountsOf(digits: readonly string[]): number[] | undefined {
  const amounts = digits.flatMap((text) => bytesOfKib(text) ?? []);
  return amounts.length === digits.length ? amounts : undefined;
}

function addressOf(digits: string): number {
  return /^[0-9a-f]{1,16}$/.test(digits) ? Number.parseInt(digits, 16) : 0;
}

/** `rw-`. showmap does not tell whether a VMA is shared. */
function permissionsOf(flags: string): number {
  return (flags[0] === 'r' ? READ : 0) | (flags[1] === 'w' ? WRITE : 0) | (flags[2] === 'x' ? EXECUTE : 0);
}

/** One process as showmap printed it. */
export class ShowmapTable {
  private readonly rows: ShowmapRow[] = [];

  constructor(
    readonly header: ShowmapHeader,
    private readonly line: number,
  ) {}

  add(row: ShowmapRow): void {
    this.rows.push(row);
  }

  /**
   * Emits what the table amounts to: with -a a snapshot of its VMAs; else, since objects have no addresses, a sample of
   * its totals.
   * @param totals the amounts of the row TOTAL, in bytes; undefined: the text broke off before it.
   */
  emit(section: Section, totals: readonly number[] | undefined, lastLine: number): void {
    if (!totals) {
      section.problem('error', 'truncated-capture', 'expected the row TOTAL that ends a table, found none', lastLine);
      if (this.header.hasAddresses && this.rows.length > 0) this.emitSnapshot(section, true);
      return;
    }
    const isTerse = this.isTerse(totals);
    // tail leaves the row TOTAL, below the header that comes again.
    if (this.rows.length === 0 && !isTerse) {
      if (totals.some((amount) => amount > 0)) this.emitTotals(section, totals, lastLine, true);
      return;
    }
    this.compareTotals(section, totals, isTerse, lastLine);
    if (isTerse && this.header.hasAddresses) {
      const message = 'expected all VMAs, found only those with private pages (showmap -t): only the totals are used';
      section.problem('warning', 'incomplete-log', message, this.line);
    }
    if (this.header.hasAddresses && !isTerse) this.emitSnapshot(section, false);
    else if (totals.some((amount) => amount > 0)) this.emitTotals(section, totals, lastLine, isTerse);
  }

  private emitSnapshot(section: Section, isTruncated: boolean): void {
    for (const { start, end, line } of this.rows) {
      if (end > start) continue;
      const message = `expected an end above the start, found "${hexOf(start)} ${hexOf(end)}"`;
      section.problem('warning', 'inverted-range', message, line);
    }
    const table = vmaTableOf(this.header, this.rows, section.paths);
    const origin = { file: section.file, line: this.line };
    section.emit({ type: 'snapshot', says: {}, origin, table, ...(isTruncated && { truncated: true }) });
  }

  /** @param areSome whether the rows are only some of them, or none */
  private emitTotals(section: Section, totals: readonly number[], line: number, areSome: boolean): void {
    const total = (name: string): number | undefined => totals[this.header.counters.indexOf(name)];
    const [clean, dirty, swap] = [total('Private_Clean') ?? 0, total('Private_Dirty') ?? 0, total('Swap')];
    const sample: Sample = {
      vss: total('Size') ?? 0,
      rss: total('Rss') ?? 0,
      pss: total('Pss') ?? 0,
      uss: clean + dirty,
      privateDirty: dirty,
      ...(swap !== undefined && { swap }),
      // "#" counts VMAs in some versions and objects in others.
      ...(!this.header.hasCount && !areSome && { vmaCount: this.rows.length }),
    };
    section.emit({ type: 'sample', says: {}, origin: { file: section.file, line }, sample });
  }

  /** -t prints only what has private pages (before Android 4.4: dirty ones), and totals of everything. */
  private isTerse(totals: readonly number[]): boolean {
    const { counters } = this.header;
    const [clean, dirty] = [counters.indexOf('Private_Clean'), counters.indexOf('Private_Dirty')];
    const isPrivate = (row: ShowmapRow): boolean => (row.amounts[clean] ?? 0) + (row.amounts[dirty] ?? 0) > 0;
    return this.sum(0) < (totals[0] ?? 0) && this.sum(dirty) === totals[dirty] && this.rows.every(isPrivate);
  }

  /** showmap adds up what it prints, so the totals agree to the kB; but versions before 2024 leave huge pages and locked ones out. */
  private compareTotals(section: Section, totals: readonly number[], isTerse: boolean, line: number): void {
    for (const [index, name] of this.header.counters.entries()) {
      const total = totals[index] ?? 0;
      const sum = this.sum(index);
      if (!COMPARED.has(name) || sum === total || (isTerse && sum < total)) continue;
      const message = `expected the ${name} of all rows to make the printed total of ${total / KIB} kB, found ${sum / KIB} kB`;
      section.problem('warning', 'unlikely-value', message, line);
    }
  }

  private sum(index: number): number {
    return this.rows.reduce((before, { amounts }) => before + (amounts[index] ?? 0), 0);
  }
}

const COMPARED: ReadonlySet<string> = new Set([
  'Size',
  'Rss',
  'Pss',
  'Shared_Clean',
  'Shared_Dirty',
  'Private_Clean',
  'Private_Dirty',
  'Swap',
  'SwapPss',
]);

function vmaTableOf({ counters }: ShowmapHeader, rows: readonly ShowmapRow[], paths: PathInterner): VmaTable {
  return {
    count: rows.length,
    start: Float64Array.from(rows, ({ start }) => start),
    end: Float64Array.from(rows, ({ end }) => end),
    permissions: Uint8Array.from(rows, ({ permissions }) => permissions),
    offset: new Float64Array(rows.length),
    inode: new Float64Array(rows.length),
    path: Uint32Array.from(rows, ({ object }) => paths.internText(kernelName(object))),
    line: Uint32Array.from(rows, ({ line }) => line),
    paths: paths.names,
    counters: new Map(
      counters.map((name, index) => [name, Float64Array.from(rows, ({ amounts }) => amounts[index] ?? 0)]),
    ),
  };
}

/** showmap names an unnamed area `[anon]`, and one right behind a library `/system/lib/libc.so [bss]`. */
function kernelName(object: string): string {
  return object === '[anon]' || object.endsWith(' [bss]') ? '' : object;
}
