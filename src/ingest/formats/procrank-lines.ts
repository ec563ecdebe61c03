/** The columns that a header of procrank announces. */
export interface ProcrankHeader {
  /** The columns with amounts, in order: Vss Rss Pss Uss, maybe Swap PSwap USwap ZSwap; or WRss WPss WUss. */
  readonly columns: readonly string[];
  readonly isWorkingSet: boolean;
  /** Index of the first column that the line of totals has: Pss. */
  readonly firstTotal: number;
  readonly row: RegExp;
}

export interface ProcrankRow {
  readonly pid: string;
  /** Digits, one text for each column. */
  readonly kib: readonly string[];
  readonly command: string;
}

const HEADER =
  /^ *PID +(?<oom>oom +)?(?<columns>Vss +Rss +Pss +Uss(?: +Swap +PSwap +USwap(?: +ZSwap)?)?|WRss +WPss +WUss) +cmdline *$/;

/** The header of a table; undefined for other lines. The count of blanks differs from version to version. */
export function procrankHeaderOf(line: string): ProcrankHeader | undefined {
  if (line.length > 200) return undefined;
  const groups = HEADER.exec(line)?.groups;
  if (!groups) return undefined;
  const columns = (groups.columns ?? '').split(/ +/);
  const oom = groups.oom === undefined ? '' : '-?\\d{1,5} +';
  const amounts = columns.map(() => '(\\d{1,16})K').join(' +');
  return {
    columns,
    isWorkingSet: columns[0] === 'WRss',
    firstTotal: columns.findIndex((column) => column.endsWith('Pss')),
    // The command of a kernel thread is empty.
    row: new RegExp(`^ *(\\d{1,9}) +${oom}${amounts}(?: +(\\S.*))?$`, 's'),
  };
}

export function procrankRowOf(header: ProcrankHeader, line: string): ProcrankRow | undefined {
  const found = header.row.exec(line.trimEnd());
  if (!found) return undefined;
  const [, pid = '', ...rest] = found;
  const count = header.columns.length;
  return { pid, kib: rest.slice(0, count), command: rest[count] ?? '' };
}

/** The line of totals, in KiB, for the columns from `firstTotal` on; undefined for other lines. */
export function procrankTotalsOf(header: ProcrankHeader, line: string): number[] | undefined {
  const words = line.trim().split(/ +/, 12);
  const amounts = words.slice(0, -1);
  if (words.at(-1) !== 'TOTAL' || amounts.length !== header.columns.length - header.firstTotal) return undefined;
  return amounts.every((word) => /^\d{1,15}K$/.test(word))
    ? amounts.map((word) => Number.parseInt(word, 10))
    : undefined;
}
