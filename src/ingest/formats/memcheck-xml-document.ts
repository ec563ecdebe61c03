import { baseName, type LossRecord, type MemoryError, type StackFrame } from '../../model/leaks.js';
import { quote } from '../../model/problem.js';
import type { Milliseconds } from '../../model/units.js';
import { assignKnown } from '../../model/vma-table.js';
import type { Reading, Section } from '../format.js';
import type { ElementSink } from '../xml-elements.js';
import { countOf, type LossHead, nothingLost, type Totals } from './memcheck-loss-record.js';
import { XmlError } from './memcheck-xml-error.js';
import type { XmlFrames } from './memcheck-xml-frames.js';
import { elapsedOf } from './valgrind-prefix.js';

/** What memcheck's XML says of one process: takes the elements below `<valgrindoutput>`, in order. */
export class MemcheckXmlDocument implements ElementSink {
  /** The line at which the element that is read now begins. */
  elementLine: number;
  /** Whether the root's begin was there: the document of a forked child has none of its own. */
  hasBegin = false;
  hasEnd = false;
  pid: number | undefined;
  command: string | undefined;
  /** A tool that is not memcheck. */
  otherTool: string | undefined;
  /** How often the program ended: more than once where processes write into one file. */
  ends = 0;
  private readonly path: string[] = [];
  private leaks: LossRecord[] = [];
  private readonly errors: MemoryError[] = [];
  private totals: Totals = {};
  private totalsLine: number | undefined;
  private runTime: Milliseconds | undefined;
  private error: XmlError | undefined;
  private frame: StackFrame = {};
  private directory: string | undefined;
  private lastRecord = 0;
  /** The loss records so far were printed while the program ran: a check at its end tells all of them again. */
  private areEarlier = false;

  constructor(
    private readonly section: Section,
    private readonly frames: XmlFrames,
    readonly line: number,
  ) {
    this.elementLine = line;
  }

  /** Whether anything of a process was told. */
  get isEmpty(): boolean {
    const { leaks, errors, pid, command, totalsLine } = this;
    return leaks.length + errors.length === 0 && pid === undefined && command === undefined && totalsLine === undefined;
  }

  /** The element that was begun last never ends, or cannot be read: what was taken of it is let go. */
  abandonElement(): void {
    this.path.length = 0;
    this.error = undefined;
  }

  /** What was said, as one reading. `pid`, `command`: of the process, where they are sure. */
  reading(pid: number | undefined, command: string | undefined): Reading {
    const { file } = this.section;
    const origin = { file, line: this.line };
    const summaries =
      this.totalsLine === undefined
        ? []
        : [
            {
              tool: 'memcheck' as const,
              ...(pid !== undefined && { pid }),
              ...this.totals,
              ...(this.runTime !== undefined && { runTime: this.runTime }),
              origin: { file, line: this.totalsLine },
            },
          ];
    return {
      type: 'diagnosis',
      says: assignKnown({}, { pid, command }),
      origin,
      leaks: this.leaks,
      errors: this.errors,
      summaries,
    };
  }

  begin(name: string): void {
    const parent = this.path.at(-1);
    this.path.push(name);
    if (parent === undefined) {
      if (name === 'error' || name === 'fatal_signal') this.error = new XmlError(this.elementLine);
    } else if (name === 'stack') {
      if (this.path.length === 2) this.error?.beginStack();
    } else if (name === 'frame') {
      this.frame = {};
      this.directory = undefined;
    }
  }

  end(name: string, content: string): void {
    // Valgrind prints no blanks around a text; what lays documents out anew does.
    const text = content.trim();
    const { path } = this;
    path.pop();
    const parent = path.at(-1);
    if (parent === 'frame') this.frameField(name, text);
    else if (parent === undefined) this.topElement(name, text);
    else if (path[0] === 'error' || path[0] === 'fatal_signal') this.errorField(parent, name, text);
    else if (parent === 'argv' && name === 'exe') this.executable(text);
    else if (parent === 'status' && name === 'state' && text === 'FINISHED') this.finished();
    // The last one, of the end, stands; it comes before the leak check.
    else if (parent === 'status' && name === 'time') this.runTime = elapsedOf(text);
    else if (path[0] === 'heap_summary' || path[0] === 'leak_summary' || path[0] === 'error_summary') {
      this.total(parent, name, text);
    }
  }

  private topElement(name: string, text: string): void {
    if (name === 'error' || name === 'fatal_signal') this.endError();
    else if (name === 'pid') this.pid = /^[1-9]\d{0,9}$/.test(text) ? Number(text) : undefined;
    else if (name === 'protocoltool') {
      if (text !== 'memcheck') this.otherTool = text;
    } else if (name === 'all_heap_blocks_freed' && text === 'true') this.addTotals(nothingLost());
  }

  private executable(text: string): void {
    const name = baseName(text);
    if (name !== '' && name !== NOT_TOLD) this.command = name;
  }

  private finished(): void {
    this.ends++;
    this.areEarlier = this.leaks.length > 0;
  }

  private frameField(name: string, text: string): void {
    const { frame } = this;
    if (text === NOT_TOLD) return;
    if (name === 'fn') {
      if (text !== '???') frame.symbol = text;
    } else if (name === 'dir') this.directory = text;
    else if (name === 'file') frame.file = this.directory ? `${this.directory}/${text}` : text;
    else if (name === 'line') {
      if (/^[1-9]\d{0,8}$/.test(text)) frame.line = Number(text);
    } else if (name === 'obj') frame.module = text;
    else if (name === 'ip') {
      const address = /^0x([\da-f]{1,16})$/i.exec(text)?.[1];
      if (address !== undefined) frame.address = address.toLowerCase();
    }
  }

  private errorField(parent: string, name: string, text: string): void {
    const { error } = this;
    if (!error) return;
    if (name === 'frame' && parent === 'stack') error.frame(this.frames.known(this.frame));
    else if (name === 'leakedbytes') error.leakedBytes = text;
    else if (name === 'leakedblocks') error.leakedBlocks = text;
    else if (name === 'what' || (name === 'text' && parent === 'xwhat')) error.what ??= text;
    else if (name === 'auxwhat' || (name === 'text' && parent === 'xauxwhat')) error.remark(text);
    else if (parent === 'error' && name === 'kind') error.kind = text;
    else if (parent === 'fatal_signal') {
      if (name === 'signo') error.signal.number = text;
      else if (name === 'signame') error.signal.name = text;
      else if (name === 'sicode') error.signal.code = text;
      else if (name === 'siaddr') error.signalAddress(text);
    }
  }

  private endError(): void {
    const { error } = this;
    this.error = undefined;
    if (!error) return;
    const loss = error.loss();
    if (loss === 'unreadable') {
      const message = `expected the amounts of a loss record, found ${quote(error.what ?? '')}`;
      this.section.problem('warning', 'bad-value', message, error.line);
    } else if (loss) this.addLoss(error, loss);
    else {
      const found = error.error(this.section.file);
      if (found) this.errors.push(found);
    }
  }

  private addLoss(error: XmlError, { amounts, isChange }: LossHead): void {
    const number = Number(/ loss record (\d{1,9}) of /.exec(error.what ?? '')?.[1] ?? Number.POSITIVE_INFINITY);
    // Each leak check counts its records from 1. After the end, records of several processes may stand here.
    const isNewCheck = this.ends === 0 ? number <= this.lastRecord : this.areEarlier;
    if (isNewCheck && !isChange) this.leaks = [];
    if (number < Number.POSITIVE_INFINITY) this.lastRecord = number;
    this.areEarlier = false;
    const origin = { file: this.section.file, line: error.line };
    this.leaks.push({ tool: 'memcheck', ...amounts, frames: error.frames, origin });
  }

  /** The totals that memcheck prints since protocol 6. */
  private total(parent: string, name: string, text: string): void {
    const amount = AMOUNTS.get(parent);
    const count = countOf(text);
    if (amount !== undefined) {
      const part = name === 'bytes' ? 'bytes' : name === 'blocks' || name === 'in_blocks' ? 'blocks' : undefined;
      if (part === undefined) return;
      if (count === undefined) this.unreadable(parent, text);
      else this.addTotals({ [amount]: { bytes: 0, blocks: 0, ...this.totals[amount], [part]: count } });
      return;
    }
    const field = COUNTS.get(`${parent}/${name}`);
    if (field === undefined) return;
    if (count === undefined) this.unreadable(name, text);
    else this.addTotals({ [field]: count });
  }

  private unreadable(name: string, text: string): void {
    const message = `expected a count in ${name}, found ${quote(text)}`;
    this.section.problem('warning', 'bad-value', message, this.elementLine);
  }

  private addTotals(totals: Totals): void {
    this.totalsLine ??= this.elementLine;
    this.totals = { ...this.totals, ...totals };
  }
}

/** Valgrind's own expected outputs have this in place of what differs from run to run. */
const NOT_TOLD = '...';

const AMOUNTS: ReadonlyMap<string, 'definite' | 'indirect' | 'possible' | 'reachable' | 'suppressed' | 'inUseAtExit'> =
  new Map([
    ['definitely_lost', 'definite'],
    ['indirectly_lost', 'indirect'],
    ['possibly_lost', 'possible'],
    ['still_reachable', 'reachable'],
    ['suppressed', 'suppressed'],
    ['memory_in_use_at_exit', 'inUseAtExit'],
  ]);

const COUNTS: ReadonlyMap<string, 'allocations' | 'frees' | 'allocatedBytes' | 'errors' | 'contexts'> = new Map([
  ['total_heap_usage/allocs', 'allocations'],
  ['total_heap_usage/frees', 'frees'],
  ['total_heap_usage/bytes_allocated', 'allocatedBytes'],
  ['error_summary/errors', 'errors'],
  ['error_summary/error_contexts', 'contexts'],
]);
