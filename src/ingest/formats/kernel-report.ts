import type { KernelFinding } from '../../model/kernel-finding.js';
import type { StackFrame } from '../../model/leaks.js';
import { assignKnown } from '../../model/vma-table.js';
import type { KernelFact } from './kernel-fault.js';
import { isReporting, parseKernelFrame, parseProgramCounter } from './kernel-frame.js';
import type { KernelLine } from './kernel-line.js';

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

  constructor(
    private readonly finding: KernelFinding,
    { caller }: KernelLine,
  ) {
    this.caller = caller;
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
    const fact = factOf(text);
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

type Told = Partial<Pick<KernelFact, 'access' | 'address' | 'size' | 'command' | 'pid'>>;

/** What one line below a headline tells; undefined: nothing. */
function factOf(text: string): Told | undefined {
  for (const shape of FACTS) {
    const { groups } = shape.exec(text) ?? {};
    if (!groups) continue;
    const { access, address, size, command, pid } = groups;
    return assignKnown<Told>(
      {},
      {
        access: access === undefined ? undefined : access.toLowerCase() === 'write' ? 'write' : 'read',
        address,
        size: size === undefined ? undefined : Number(size),
        command,
        pid: pid === undefined ? undefined : Number(pid),
      },
    );
  }
  return undefined;
}

const FACTS: readonly RegExp[] = [
  // Read of size 8 at addr ffff8801c75ea0f8 by task syz-executor0/6860 · Write of size 8 by task … (before 4.11)
  /^(?<access>Read|Write) (?:of size (?<size>\d{1,15}) )?(?:at addr (?<address>[0-9a-f]{1,16}) )?by task (?<command>.{1,64}?)(?:\/(?<pid>\d{1,10}))?$/,
  // Free of addr ffff0000c1f2c000 by task kworker/0:1/12
  /^Free of addr (?<address>[0-9a-f]{1,16}) by task (?<command>.{1,64})\/(?<pid>\d{1,10})$/,
  // Out-of-bounds read at 0xffff8c3f2e291fff (1B left of kfence-#72): · Invalid free of 0x…
  /^(?:Out-of-bounds|Use-after-free|Invalid) (?:(?<access>read|write) )?(?:at|free of) 0x(?:(?<address>[0-9a-f]{1,16})\b|\(_*ptrval_*\))/,
  // Corrupted memory at 0xffff8c3f2e33aff9 [ 0xac . . . . . . ] (in kfence-#156): · Detected corrupted memory at 0x…
  /^(?:Detected c|C)orrupted memory at 0x(?<address>[0-9a-f]{1,16})\b/,
  // write to 0xffff8c3f2e291fff of 8 bytes by task 484 on cpu 1: · race at unknown origin, with read to 0x… of 4 bytes by …
  /^(?:race at unknown origin, with )?(?:assert no (?:accesses|writes)(?: \([\w ,-]{1,40}\))?|(?<access>read|write)(?: \([\w ,-]{1,40}\)|-write(?: \([\w ,-]{1,40}\))?)?) to 0x(?<address>[0-9a-f]{1,16}) of (?<size>\d{1,15}) bytes by (?:task (?<pid>\d{1,10})|interrupt) on cpu \d/,
  // Memory access of size 2224 starts at ffff888123c76000
  /^Memory access of size (?<size>\d{1,15}) starts at (?<address>[0-9a-f]{1,16})$/,
  // comm "swapper", pid 1, jiffies 4294937521
  /^comm "(?<command>.{0,64})", pid (?<pid>\d{1,10})(?:,|$)/,
  // CPU: 1 UID: 0 PID: 52 Comm: kworker/u4:3 Not tainted 6.0.0
  /^CPU: \d{1,6} (?:UID: \d{1,10} )?PID: (?<pid>\d{1,10}) Comm: (?<command>.{1,64}?) (?:Not tainted|Tainted:|[\d.]{3,20})/,
];
