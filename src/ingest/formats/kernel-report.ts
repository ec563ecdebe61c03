import type { KernelFinding } from '../../model/kernel-finding.js';
import type { StackFrame } from '../../model/leaks.js';
import { assignKnown } from '../../model/vma-table.js';
import type { KernelFact } from './kernel-fault.js';
import { isReporting, parseKernelFrame, parseProgramCounter } from './kernel-frame.js';
import type { KernelLine } from './kernel-line.js';
import { reportFactOf } from './kernel-report-fact.js';

/** A report is given up so many lines below its headline: what comes later is not its own. */
const LONGEST_REPORT = 1000;

/**
 * Collects what the lines below a headline tell of it: the access, the task, and the stack on which it happened. The
 * further stacks (where the memory was allocated and freed) and the bytes around it are passed over.
 */
export class KernelReport {
  private readonly caller: string | undefined;
  /** Whether a frame would be of the stack on which it happened; "over": that stack is complete. */
  private stack: 'expected' | 'foreign' | 'over' = 'expected';
  private programCounter: KernelFinding['frames'][number] | undefined;
  private ended = false;
  private lastHeadline: number;

  constructor(
    private readonly finding: KernelFinding,
    { caller }: KernelLine,
  ) {
    this.caller = caller;
    this.lastHeadline = finding.origin.line;
  }

  /**
   * Takes a further headline; false: it is another report's. A script that adds source lines repeats the kernel's own
   * for each function that was inlined there, the innermost first.
   */
  headline(fact: KernelFact, number: number): boolean {
    const { finding } = this;
    if (fact.kind !== finding.kind || number !== this.lastHeadline + 1 || !finding.message.endsWith(' [inline]'))
      return false;
    this.lastHeadline = number;
    assignKnown(finding, fact);
    return true;
  }

  /** Takes a line of the report; false: it is not. */
  line({ text, sinceBoot, caller, afterGap }: KernelLine, number: number): boolean {
    if (this.ended || (caller !== undefined && this.caller !== undefined && caller !== this.caller)) return false;
    // Programs that print to the same console leave blank lines, too, but no times.
    if (text === '' && sinceBoot === undefined && this.finding.sinceBoot !== undefined) return false;
    // What comes after a gap may be another report's.
    if (afterGap === true || number - this.finding.origin.line > LONGEST_REPORT || CLOSING.test(text)) {
      this.ended = true;
      return false;
    }
    return this.frame(text) || this.heading(text) || this.fact(text);
  }

  /** The finding with all that was told. */
  end(): KernelFinding {
    const { finding, programCounter } = this;
    const named = / in ([\w.$]+(?:\+0x[0-9a-f]+\/0x[0-9a-f]+)?)/.exec(finding.message)?.[1];
    const site = named === undefined ? -1 : finding.frames.findIndex(({ symbol }) => symbol === named);
    const inner =
      site === -1 ? finding.frames.findIndex((frame) => !isReporting(frame)) : site - inlinedInto(site, finding);
    const frames = finding.frames.slice(Math.max(0, inner));
    // An oops is printed where it happened: its stack begins with the caller.
    return {
      ...finding,
      frames: programCounter && !OWN_STACK.has(finding.kind) ? [programCounter, ...frames] : frames,
    };
  }

  private frame(text: string): boolean {
    const frame = parseKernelFrame(text);
    if (frame === undefined) return false;
    if (frame !== 'unsure' && this.stack === 'expected') this.finding.frames.push(frame);
    return true;
  }

  /** Lines that part the stacks. */
  private heading(text: string): boolean {
    const { frames } = this.finding;
    if (text === '') {
      if (frames.length > 0) this.stack = 'over';
      return false;
    }
    if (/^(?:Call [Tt]race|[Bb]acktrace(?: \(crc [0-9a-f]{1,8}\))?):/.test(text)) {
      if (frames.length === 0) this.stack = 'expected';
      return true;
    }
    if (!OTHER_STACK.test(text)) return /^<\/?(?:IRQ|TASK|NMI|SOFTIRQ)>$/.test(text);
    this.stack = frames.length > 0 ? 'over' : 'foreign';
    return true;
  }

  private fact(text: string): boolean {
    const { finding } = this;
    const fact = reportFactOf(text);
    if (!fact) {
      const at = parseProgramCounter(text);
      if (at && finding.frames.length === 0) this.programCounter ??= at;
      return at !== undefined;
    }
    // What accesses and tasks are told of below a stack have one of their own: a race is of two.
    if (finding.frames.length > 0) this.stack = 'over';
    // The first word on each counts: a race has two accesses, an oops inside a report another task.
    assignKnown(finding, { ...fact, ...finding });
    return true;
  }
}

/** How many frames right above one are functions that were inlined into it. */
function inlinedInto(site: number, { frames }: KernelFinding): number {
  const isInlined = (frame: StackFrame): boolean => frame.symbol?.includes('+0x') === false && !isReporting(frame);
  const own = frames[site];
  if (own === undefined || isInlined(own)) return 0;
  return site - 1 - frames.slice(0, site).findLastIndex((frame) => !isInlined(frame));
}

/** Their reports print a stack of their own, which begins in the function that went wrong. */
const OWN_STACK: ReadonlySet<KernelFinding['kind']> = new Set(['kmsan', 'kcsan', 'kfence', 'ubsan', 'kmemleak']);

// The rule of 77 stands above what SLUB says of the object, before 4.11 in the middle of KASAN's report.
const CLOSING = /^(?!={77}$)={20,100}$|^---\[ end trace /;

const OTHER_STACK =
  /^(?:Allocated|Freed|allocated by|freed by|Last |Second to last |Uninit was |[Ll]ocal variable |(?:chained )?origin\b|RIP: 0033:|INFO: |The buggy |Memory state |Object |kfence-#|Reported by |Stack depot|stack depot)/;
