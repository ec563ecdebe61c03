import type { FatalReason, LossKind, MemoryError, RelatedStack, StackFrame } from '../../model/leaks.js';
import { type ErrorHead, parseAddress, parseErrorHead } from './memcheck-error.js';
import { countOf, type LossHead, parseLossRecord } from './memcheck-loss-record.js';

/** One `<error>` or `<fatal_signal>` as its elements tell it, in their order. */
export class XmlError {
  kind: string | undefined;
  /** The words of `<what>`, or of the text in `<xwhat>`. */
  what: string | undefined;
  leakedBytes: string | undefined;
  leakedBlocks: string | undefined;
  signal: { number?: string; name?: string; code?: string } = {};
  readonly frames: StackFrame[] = [];
  readonly related: RelatedStack[] = [];
  private address: string | undefined;
  private title: string | undefined;
  private stack: StackFrame[] | undefined;

  constructor(readonly line: number) {}

  /** The words of `<auxwhat>`: the address, or the title of the next stack. */
  remark(text: string): void {
    this.title = text;
    this.address ??= parseAddress(this.title);
  }

  /** The address of a fatal signal, `0x1FFF001000`. */
  signalAddress(text: string): void {
    this.address ??= /^0x([\da-f]{1,16})$/i.exec(text)?.[1]?.toLowerCase();
  }

  beginStack(): void {
    if (this.stack === undefined) this.stack = this.frames;
    else {
      const stack: RelatedStack = { title: this.title ?? '', frames: [] };
      this.related.push(stack);
      this.stack = stack.frames;
    }
    this.title = undefined;
  }

  frame(frame: StackFrame): void {
    this.stack?.push(frame);
  }

  /** What a loss record tells; 'unreadable': it is one, but its amounts cannot be read; undefined: it is none. */
  loss(): LossHead | 'unreadable' | undefined {
    const kind = LOSS_KINDS.get(this.kind ?? '');
    if (kind === undefined) return undefined;
    // <leakedbytes> is the sum of what is lost directly and what hangs on it; only the words tell them apart.
    const told = parseLossRecord(this.what ?? '');
    if (told?.amounts.kind === kind) return told;
    const bytes = countOf(this.leakedBytes);
    const blocks = countOf(this.leakedBlocks);
    if (bytes === undefined || blocks === undefined) return 'unreadable';
    return { amounts: { kind, bytes, blocks }, isChange: false };
  }

  /** The memory error; undefined: it is none (a file descriptor left open), or of another tool. */
  error(file: string): MemoryError | undefined {
    const head = this.head();
    if (!head) return undefined;
    const { frames, related, address, line } = this;
    const reason = this.signal.number === SIGSEGV ? FATAL_REASONS.get(this.signal.code ?? '') : undefined;
    return {
      tool: 'memcheck',
      ...head,
      ...(address !== undefined && { address }),
      ...(reason !== undefined && { reason }),
      frames,
      related,
      origin: { file, line },
    };
  }

  private head(): ErrorHead | undefined {
    const { number, name } = this.signal;
    // The words of memcheck's text, so that the same error reads the same.
    const signal = `Process terminating with default action of signal ${number ?? ''} (${name ?? ''})`;
    const message = this.what ?? (number === undefined ? undefined : signal);
    if (message === undefined) return undefined;
    const head = parseErrorHead(message);
    if (head) return head;
    const kind = ERROR_KINDS.get(this.kind ?? '');
    return kind === undefined ? undefined : { kind, message };
  }
}

const SIGSEGV = '11';

/** SEGV_MAPERR and SEGV_ACCERR of siginfo_t. Source: sigaction(2) */
const FATAL_REASONS: ReadonlyMap<string, FatalReason> = new Map([
  ['1', 'not-mapped'],
  ['2', 'not-permitted'],
]);

const LOSS_KINDS: ReadonlyMap<string, LossKind> = new Map([
  ['Leak_DefinitelyLost', 'definite'],
  ['Leak_IndirectlyLost', 'indirect'],
  ['Leak_PossiblyLost', 'possible'],
  ['Leak_StillReachable', 'reachable'],
]);

/**
 * The kinds by their names in XML, for words that `parseErrorHead` does not know.
 *
 * Source: memcheck/mc_errors.c, MC_(pp_Error); docs/internals/xml-output-protocol4.txt and 6.
 */
const ERROR_KINDS: ReadonlyMap<string, string> = new Map([
  ['InvalidRead', 'invalid-read'],
  ['InvalidWrite', 'invalid-write'],
  ['InvalidJump', 'jump-to-invalid'],
  ['InvalidFree', 'invalid-free'],
  ['InvalidMemPool', 'illegal-memory-pool'],
  ['MismatchedFree', 'mismatched-free'],
  ['MismatchedAllocateDeallocateSize', 'mismatched-free'],
  ['MismatchedAllocateDeallocateAlignment', 'mismatched-free'],
  ['UninitCondition', 'uninitialised-value'],
  ['UninitValue', 'uninitialised-value'],
  ['SyscallParam', 'syscall-param'],
  ['CoreMemError', 'core-memory'],
  ['ClientCheck', 'client-check'],
  ['Overlap', 'overlap'],
  ['FishyValue', 'fishy-value'],
  ['ReallocSizeZero', 'realloc-size-zero'],
  ['FdBadClose', 'bad-file-descriptor'],
  ['FdBadUse', 'bad-file-descriptor'],
  ['InvalidAlignment', 'bad-alignment'],
  ['InvalidSize', 'bad-alignment'],
  ['InvalidSizeAndAlignment', 'bad-alignment'],
]);
