import { SMEM_HEADERS, type SmemColumn, smemAmount } from './smem-columns.js';

/** One column of a table of blanks: what it holds, and where its header stands (columns from 0). */
export interface TableColumn {
  readonly holds: SmemColumn;
  readonly start: number;
  readonly end: number;
}

export interface SmemTable {
  readonly columns: readonly TableColumn[];
  /** The length of the header line, with its trailing blanks. */
  readonly width: number;
}

interface Token {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

function tokensOf(text: string): Token[] {
  return Array.from(text.matchAll(/[^ ]+/g), (match) => ({
    text: match[0],
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/**
 * smem's header of a table of processes, any columns in any order; undefined for other lines.
 *
 *       PID User     Command                         Swap      USS      PSS      RSS
 *
 * `ps -o pid,rss` prints the same words without a column of smem's own, so one of those must be there.
 */
export function smemTableOf(line: string): SmemTable | undefined {
  if (line.length > 400 || line.includes('\t')) return undefined;
  const columns: TableColumn[] = [];
  for (const { text, start, end } of tokensOf(line)) {
    const holds = SMEM_HEADERS.get(text);
    if (holds === undefined || (holds !== 'number' && columns.some((column) => column.holds === holds)))
      return undefined;
    columns.push({ holds, start, end });
  }
  const has = (...names: SmemColumn[]): boolean => columns.some(({ holds }) => names.includes(holds));
  const isProcesses = has('pid') ? has('swap', 'uss', 'pss', 'vss') : has('command', 'name') && has('uss', 'pss');
  const isSmems = isProcesses || (has('pid') && has('rss') && has('user', 'command', 'name'));
  return isSmems ? { columns, width: line.length } : undefined;
}

/**
 * The cells of a row, one per column; undefined where the line is no row of the table.
 *
 * A value wider than its column pushes the rest, and commands hold blanks and digits. So the columns before the
 * command are counted from the left and those after it from the right; what is left is the command.
 */
export function cellsOf(table: SmemTable, line: string): string[] | undefined {
  const { columns } = table;
  const tokens = tokensOf(line.replaceAll('\n', ' '));
  const firstText = columns.findIndex(isText);
  if (firstText === -1) {
    return tokens.length === columns.length
      ? checked(
          columns,
          tokens.map(({ text }) => text),
        )
      : undefined;
  }
  const lastText = columns.findLastIndex(isText);
  const after = columns.length - lastText - 1;
  if (tokens.length < firstText + after) return undefined;
  const left = tokens.slice(0, firstText);
  const middle = tokens.slice(firstText, tokens.length - after);
  const right = tokens.slice(tokens.length - after);
  const from = left.at(-1)?.end ?? 0;
  const to = right[0]?.start ?? line.length;
  const text = textCells(columns.slice(firstText, lastText + 1), line.slice(from, to), middle, from);
  return text && checked(columns, [...left.map((token) => token.text), ...text, ...right.map((token) => token.text)]);
}

/** Whether a line begins as a row does: it may be the first part of one that a line feed in its command breaks. */
export function beginsRow(table: SmemTable, line: string): boolean {
  const tokens = tokensOf(line);
  const firstText = table.columns.findIndex(isText);
  if (firstText < 1 || tokens.length < firstText) return false;
  return (
    checked(
      table.columns.slice(0, firstText),
      tokens.slice(0, firstText).map(({ text }) => text),
    ) !== undefined
  );
}

function isText({ holds }: TableColumn): boolean {
  return holds === 'command' || holds === 'name';
}

/** The cells from the first text column to the last: one, or Name and Command with nothing or numbers between. */
function textCells(
  columns: readonly TableColumn[],
  text: string,
  tokens: readonly Token[],
  from: number,
): string[] | undefined {
  const [first, ...others] = columns;
  const last = others.pop();
  if (!first || !last) return [text.trim()];
  if (others.length === 0) {
    const trimmed = text.trimStart();
    const width = last.start - first.start;
    return [trimmed.slice(0, width).trim(), trimmed.slice(width).trim()];
  }
  const run = numbersBetween(others, tokens);
  if (!run) return undefined;
  const start = (run[0] as Token).start - from;
  const end = (run.at(-1) as Token).end - from;
  return [text.slice(0, start).trim(), ...run.map((token) => token.text), text.slice(end).trim()];
}

/** The tokens that are the amounts between two texts: of all runs of amounts the one nearest to its headers. */
function numbersBetween(columns: readonly TableColumn[], tokens: readonly Token[]): Token[] | undefined {
  const edge = columns.at(-1)?.end ?? 0;
  let best: Token[] | undefined;
  let distance = Number.POSITIVE_INFINITY;
  for (let i = 0; i + columns.length <= tokens.length; i++) {
    const run = tokens.slice(i, i + columns.length);
    const away = Math.abs((run.at(-1)?.end ?? 0) - edge);
    if (
      away < distance &&
      checked(
        columns,
        run.map(({ text }) => text),
      )
    ) {
      best = run;
      distance = away;
    }
  }
  return best;
}

/** smem prints decimals with a unit only (`105.2M`): a cut has taken it. */
const CUT_AMOUNT = /^\d+\.\d+$/;

function checked(columns: readonly TableColumn[], cells: string[]): string[] | undefined {
  const isRow = columns.every(({ holds }, index) => {
    const cell = cells[index] ?? '';
    if (holds === 'pid') return /^\d{1,9}$/.test(cell);
    if (holds === 'user') return cell !== '';
    return holds === 'command' || holds === 'name' || (smemAmount(cell) !== undefined && !CUT_AMOUNT.test(cell));
  });
  return isRow ? cells : undefined;
}
