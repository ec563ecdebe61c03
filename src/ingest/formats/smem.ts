import { quote } from '../../model/problem.js';
import type { CaptureFormat, Section } from '../format.js';
import { lineReader } from '../line-reader.js';
import { type SmemColumn, smemAmount } from './smem-columns.js';
import { beginsWithoutHeader, RowsWithoutHeader } from './smem-no-header.js';
import { countsProcesses, sharesMessage, smemRowOf } from './smem-row.js';
import { beginsRow, cellsOf, type SmemTable, smemTableOf } from './smem-table.js';

/**
 * smem's table of processes, once or in a loop, with any columns and units, and that of its fork smem2.
 *
 *       PID User     Command                         Swap      USS      PSS      RSS
 *      9022 root     /opt/demo/leak-example             0      188      246     1192
 *      9016 root     /opt/demo/shared-code              0    92.0K   438.0K     1.6M
 *      9027 root     /opt/demo/mmap-leak              N/A    0.00%    0.00%    0.00%
 *     -------------------------------------------------------------------------------
 *         2 1                                           0      280      684     2880
 *
 * Without a unit the amounts are KiB. The last row of `-t` counts processes and users: it is passed over, as are the
 * views by mapping, user, group and system (-m -u -g -w), which tell nothing of one process. Without a header (-H)
 * only smem's default columns can be told, by their widths and amounts.
 */
export const smem: CaptureFormat = {
  id: 'smem',
  name: 'smem',
  specification: 'https://www.selenic.com/smem/',
  howToCapture: "smem -c 'pid user command swap uss pss rss'",
  firstLine:
    /^(?: *(?:PID|User|Command|Name|Maps?|Area|Swap|[UPRV]SS|[PR]ss[A-Z]|\d{1,7} )|stty: |Detection of kernel )/,
  recognizes(head) {
    if (beginsWithoutHeader(head)) return true;
    if (!ANY_HEADING.test(head.slice(0, 512))) return false;
    const lines = head.split('\n', 4);
    const header = lines.find((line) => !isNoise(line)) ?? '';
    return smemTableOf(header) !== undefined || isOtherView(header);
  },
  open: (section) => lineReader(new SmemReader(section)),
};

/** A word of every heading; a glance before the line is taken apart. */
const ANY_HEADING = /\b(?:PIDs?|User|Area|Map|Command|USS|PSS|RSS)\b/;

class SmemReader {
  private table: SmemTable | undefined;
  private inOtherView = false;
  private rows = 0;
  private afterRule = false;
  /** The beginning of a row that a line feed in its command broke. */
  private pending = '';
  private pendingLine = 0;
  private pendingParts = 0;
  /** Whether the last row was shorter than its table: its command, in the last column, goes on in the next line. */
  private goesOn = false;
  private toldShares = false;
  private readonly bare: RowsWithoutHeader;

  constructor(private readonly section: Section) {
    this.bare = new RowsWithoutHeader(section, this.tell.bind(this));
  }

  line(text: string, number: number): boolean {
    if (text.trim() === '') return true;
    if (this.beginTable(text)) return true;
    if (isNoise(text)) return true;
    if (RULE.test(text)) {
      this.dropPending();
      this.afterRule = this.rows > 0 || this.bare.isBegun;
      return true;
    }
    if (this.afterRule && isTotals(text)) {
      this.afterRule = false;
      return true;
    }
    if (this.inOtherView) return endsInAmount(text);
    return this.table ? this.row(this.table, text, number) : this.bare.line(text, number);
  }

  end(): void {
    this.bare.end();
    this.dropPending();
  }

  private beginTable(text: string): boolean {
    const table = smemTableOf(text);
    if (!table && !isOtherView(text)) return false;
    this.bare.end();
    this.dropPending();
    this.table = table;
    this.inOtherView = table === undefined;
    this.rows = 0;
    this.afterRule = false;
    this.goesOn = false;
    return true;
  }

  private row(table: SmemTable, text: string, number: number): boolean {
    if (this.pending !== '' && text.length < table.width) {
      const whole = `${this.pending}\n${text}`;
      if (this.take(table, whole, this.pendingLine)) {
        this.pending = '';
        return true;
      }
      if (this.pendingParts < MOST_PARTS && !beginsRow(table, text)) {
        this.pending = whole;
        this.pendingParts++;
        return true;
      }
    }
    this.dropPending();
    if (this.take(table, text, number)) return true;
    if (this.goesOn) {
      this.goesOn = false;
      return true;
    }
    if (!beginsRow(table, text)) return false;
    this.pending = text;
    this.pendingLine = number;
    this.pendingParts = 1;
    return true;
  }

  private take(table: SmemTable, text: string, number: number): boolean {
    const cells = cellsOf(table, text);
    if (!cells) return false;
    const columns = table.columns.map(({ holds }) => holds);
    if (countsProcesses(columns, cells)) return true;
    this.rows++;
    this.goesOn = text.length < table.width && /^(?:command|name)$/.test(table.columns.at(-1)?.holds ?? '');
    this.tell(columns, cells, text, number);
    return true;
  }

  private tell(columns: readonly SmemColumn[], cells: readonly string[], text: string, number: number): void {
    const { says, sample, hasShares } = smemRowOf(columns, cells);
    if (hasShares) {
      if (!this.toldShares) this.section.problem('warning', 'bad-value', sharesMessage(text), number);
      this.toldShares = true;
    } else if (Object.keys(sample).length > 0) {
      this.section.emit({ type: 'sample', says, origin: { file: this.section.file, line: number }, sample });
    }
  }

  private dropPending(): void {
    if (this.pending === '') return;
    const count = this.table?.columns.length ?? 0;
    const message = `expected a row of ${count} columns, found ${quote(this.pending)}`;
    this.section.problem('warning', 'bad-value', message, this.pendingLine);
    this.pending = '';
  }
}

/** A command of 27 characters cannot be broken into more lines. */
const MOST_PARTS = 28;

const RULE = /^-{8,}\s*$/;

/** What the tools below smem say in between: of a terminal that is none, of kernel modules. */
function isNoise(line: string): boolean {
  return line.startsWith('stty: ') || line.startsWith('Detection of kernel modules size failed');
}

/** The headers of the tables that are not of processes. */
function isOtherView(line: string): boolean {
  const [first, second, ...rest] = line.trim().split(/ +/, 20);
  if (first === 'Area') return second === 'Used' && rest.join(' ') === 'Cache Noncache';
  if (first === 'Map' || first === 'User' || first === 'Command') {
    return [second, ...rest].every((word) => word !== undefined && OTHER_COLUMNS.test(word));
  }
  return false;
}

const OTHER_COLUMNS =
  /^(?:Count|PIDs|(?:AVG)?(?:PSS|USS|RSS|VSS|PIDs)|Swap|SwapPss|Maps|(?:Pss|Rss)(?:Anon|File|Shmem))$/i;

/** Whether the line may be a row of another view: `userspace memory   652768   199704   453064`. */
function endsInAmount(line: string): boolean {
  const row = line.trimEnd();
  return smemAmount(row.slice(row.lastIndexOf(' ') + 1)) !== undefined;
}

/** The last row of `-t`: numbers without a command. */
function isTotals(line: string): boolean {
  return line
    .trim()
    .split(/ +/)
    .every((word) => smemAmount(word) !== undefined);
}
