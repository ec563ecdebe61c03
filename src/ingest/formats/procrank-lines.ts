import { timeIn } from '../prefix-times.js';

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
  /** What a script has printed in front: `procrank | grep sensord` below `echo -n "$(date) "`. */
  readonly inFront: string;
  readonly pid: string;
  /** Digits, one text for each column. */
  readonly kib: readonly string[];
  readonly command: string;
}

const LONGEST_IN_FRONT = 80;
const HEADER =
  /^(?:.{0,40} )?PID +(?<oom>oom +)?(?<columns>Vss +Rss +Pss +Uss(?: +Swap +PSwap +USwap(?: +ZSwap)?)?|WRss +WPss +WUss) +cmdline *$/;

/** The header of a table; undefined for other lines. The count of blanks differs from version to version. */
export function procrankHeaderOf(line: string): ProcrankHeader | undefined {
  if (line.length > 200 || !line.includes('cmdline')) return undefined;
  const groups = HEADER.exec(line)?.groups;
  if (!groups) return undefined;
  return headerWith((groups.columns ?? '').split(/ +/), groups.oom !== undefined);
}

function headerWith(columns: readonly string[], hasOom: boolean): ProcrankHeader {
  const oom = hasOom ? '-?\\d{1,5} +' : '';
  const amounts = columns.map(() => '(\\d{1,16})K').join(' +');
  return {
    columns,
    isWorkingSet: columns[0] === 'WRss',
    firstTotal: columns.findIndex((column) => column.endsWith('Pss')),
    // The command of a kernel thread is empty.
    row: new RegExp(
      `^(|.{0,${LONGEST_IN_FRONT}}?[ \\t|\\],;]) *(\\d{1,9}) +${oom}${amounts}(?: +(?!\\d+K )(\\S.*))?$`,
      's',
    ),
  };
}

export function procrankRowOf(header: ProcrankHeader, line: string): ProcrankRow | undefined {
  const found = header.row.exec(line.trimEnd());
  if (!found) return undefined;
  const [, inFront = '', pid = '', ...rest] = found;
  const count = header.columns.length;
  return { inFront: inFront.trim(), pid, kib: rest.slice(0, count), command: rest[count] ?? '' };
}

/** The columns of a table by one of its rows, as grep leaves it, maybe below a time; undefined for other lines. */
export function procrankHeaderByRow(line: string): ProcrankHeader | undefined {
  if (line.length > 300 || !line.includes('K ') || !FOUR_AMOUNTS.test(line)) return undefined;
  return WITHOUT_HEADER.find((header) => {
    const { inFront, kib = [] } = procrankRowOf(header, line) ?? {};
    const [vss = 0, rss = 0, pss = 0, uss = 0] = kib.map(Number);
    return vss > 0 && vss >= rss && rss >= pss && pss >= uss && (inFront === '' || timeIn(inFront) !== undefined);
  });
}

const FOUR_AMOUNTS = /\dK +\d{1,16}K +\d{1,16}K +\d{1,16}K /;
/** The most columns first: what is left of a row is its command. */
const WITHOUT_HEADER = [' Swap PSwap USwap ZSwap', ' Swap PSwap USwap', '']
  .map((swap) => `Vss Rss Pss Uss${swap}`.split(' '))
  .map((columns) => headerWith(columns, false));

/** The line of totals, in KiB, for the columns from `firstTotal` on; undefined for other lines. */
export function procrankTotalsOf(header: ProcrankHeader, line: string): number[] | undefined {
  const words = line.trim().split(/ +/, 12);
  const amounts = words.slice(0, -1);
  if (words.at(-1) !== 'TOTAL' || amounts.length !== header.columns.length - header.firstTotal) return undefined;
  return amounts.every((word) => /^\d{1,15}K$/.test(word))
    ? amounts.map((word) => Number.parseInt(word, 10))
    : undefined;
}
