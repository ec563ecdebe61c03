import { quote } from '../../model/problem.js';
import type { Section } from '../format.js';
import { COMMAND_WIDTH, NO_AMOUNT, type SmemColumn, smemAmount } from './smem-columns.js';

/** smem's own choice of columns; of a table without a header (`-H`) no others can be told. */
const DEFAULT_COLUMNS: readonly SmemColumn[] = ['pid', 'user', 'command', 'swap', 'uss', 'pss', 'rss'];

/** A row by its layout alone. */
interface BareRow {
  readonly text: readonly string[];
  readonly amounts: readonly string[];
  /** Whether it ends with a blank, as smem prints it; editors and mails take that off. */
  readonly isAsPrinted: boolean;
}

/**
 * A row of smem's whose header is not there; undefined where the line is laid out otherwise.
 *
 *      9022 root     /opt/demo/leak-example             0      188      246     1192
 *
 * The widths are smem's: PID 5 to the right, User 8 to the left, Command 27, cut, and each amount 8 to the right. What
 * is wider pushes the rest. Source: smem, showpids and showtable.
 */
function bareRowOf(line: string): BareRow | undefined {
  const pid = line.length > LONGEST_ROW ? undefined : cellAt(line, 0, 5);
  if (pid === undefined || !/^ *\d{1,7}$/.test(pid)) return undefined;
  const from = pid.length + 1;
  const user = cellAt(line, from, 8);
  const hasUser = user !== undefined && /^\S+ *$/.test(user);
  return (hasUser ? rowBehind(line, from + user.length + 1, [pid, user]) : undefined) ?? rowBehind(line, from, [pid]);
}

const LONGEST_ROW = 400;
const AMOUNT_WIDTH = 8;

/** The command and the amounts from there on, behind the first cells. */
function rowBehind(line: string, from: number, before: readonly string[]): BareRow | undefined {
  const end = from + COMMAND_WIDTH;
  const command = line.slice(from, end);
  if (/^(?:\s|$)/.test(command)) return undefined;
  const amounts: string[] = [];
  let at = end;
  while (at + 1 < line.length) {
    const cell = line[at] === ' ' ? cellAt(line, at + 1, AMOUNT_WIDTH) : undefined;
    const amount = cell?.trimStart() ?? '';
    if (cell === undefined || smemAmount(amount) === undefined) return undefined;
    amounts.push(amount);
    at += 1 + cell.length;
  }
  const text = [...before, command].map((cell) => cell.trim());
  return amounts.length === 0 ? undefined : { text, amounts, isAsPrinted: line.endsWith(' ') };
}

/** The cell of a column: as wide as that, or a longer word that pushes the rest; undefined: there is neither. */
function cellAt(line: string, from: number, width: number): string | undefined {
  let end = from + width;
  if (end !== line.length && line[end] !== ' ') {
    const blank = line.indexOf(' ', from);
    if (blank < end && blank !== -1) return undefined;
    end = blank === -1 ? line.length : blank;
  }
  return end - from < width ? undefined : line.slice(from, end);
}

/** Whether the amounts may be Swap, USS, PSS and RSS: each of the last three is part of the next. */
function isDefault({ text, amounts }: BareRow): boolean {
  if (text.length + amounts.length !== DEFAULT_COLUMNS.length || amounts.length !== 4) return false;
  const [, uss, pss, rss] = amounts.map((cell) => smemAmount(cell));
  return isAtMost(uss, pss) && isAtMost(pss, rss);
}

type Amount = ReturnType<typeof smemAmount>;

function isAtMost(a: Amount, b: Amount): boolean {
  return typeof a !== 'number' || typeof b !== 'number' || a <= b;
}

/** Whether a text begins with a table of smem's that has no header: one row as smem prints it, else two rows. */
export function beginsWithoutHeader(head: string): boolean {
  const [first = '', second = ''] = head.split('\n', 2);
  const row = bareRowOf(first);
  if (!row) return false;
  if (row.isAsPrinted && isDefault(row)) return true;
  const next = bareRowOf(second);
  return next?.amounts.length === row.amounts.length && next.text.length === row.text.length;
}

/** Who takes a row with the columns that it has. */
export type TakeRow = (columns: readonly SmemColumn[], cells: readonly string[], text: string, line: number) => void;

interface HeldRow extends BareRow {
  readonly line: string;
  readonly number: number;
}

/**
 * The rows of a table without a header. They are held back until enough of them tell whether the columns are smem's
 * default ones; if they are not, or could be others (`uss pss rss vss`), a problem says so and nothing is guessed.
 */
export class RowsWithoutHeader {
  private held: HeldRow[] = [];
  private columns: readonly SmemColumn[] | 'unknown' | undefined;

  constructor(
    private readonly section: Section,
    private readonly take: TakeRow,
  ) {}

  /** Whether there was any row. */
  get isBegun(): boolean {
    return this.held.length > 0 || this.columns !== undefined;
  }

  line(line: string, number: number): boolean {
    const row = bareRowOf(line);
    if (!row) return false;
    this.held.push({ ...row, line, number });
    if (this.columns !== undefined || this.held.length >= ENOUGH_ROWS) this.settle();
    return true;
  }

  end(): void {
    this.settle();
    this.columns = undefined;
  }

  private settle(): void {
    const { held } = this;
    const [first] = held;
    this.held = [];
    if (!first) return;
    if (this.columns === undefined) {
      this.columns = held.every(isDefault) && isSwapFirst(held) ? DEFAULT_COLUMNS : 'unknown';
      if (this.columns === 'unknown') this.reportUnknown(first);
    }
    for (const row of held) {
      if (this.columns === 'unknown') continue;
      if (isDefault(row)) this.take(this.columns, [...row.text, ...row.amounts], row.line, row.number);
      else {
        const message = `expected amounts with USS ≤ PSS ≤ RSS, found ${quote(row.line)}`;
        this.section.problem('warning', 'bad-value', message, row.number);
      }
    }
  }

  private reportUnknown({ line, number }: HeldRow): void {
    const message = `expected smem's header, found rows alone, which do not tell their columns; capture without -H: ${quote(line)}`;
    this.section.problem('error', 'bad-value', message, number);
  }
}

/** So many rows tell what the columns are: a device has more processes, a loop over one has one row each. */
const ENOUGH_ROWS = 40;

/**
 * Whether the first amounts are Swap, and not USS with VSS at the end: more than the next somewhere, or nothing, which
 * no USS is (a process has written to its stack).
 */
function isSwapFirst(rows: readonly BareRow[]): boolean {
  const firsts = rows.map(({ amounts: [swap = '', uss = ''] }) => [smemAmount(swap), smemAmount(uss)] as const);
  const empty = firsts.filter(([swap]) => swap === 0 || swap === NO_AMOUNT).length;
  return empty * 2 >= rows.length || firsts.some(([swap, uss]) => !isAtMost(swap, uss));
}
