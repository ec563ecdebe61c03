import type { ErrorTool, StackFrame } from '../../model/leaks.js';

/** The first line of a sanitizer's report. */
export interface Headline {
  /** "lsan" where memory leaks follow. */
  readonly tool: ErrorTool | 'lsan';
  readonly pid?: number;
  /** The process's name, where the tool was told to print it (log_exe_name). */
  readonly command?: string;
  /** The tool's words behind its name. */
  readonly message: string;
  /** What something else put in front of the line: a logger, `> ` of a mail. */
  readonly prefix?: string;
}

/**
 * The first line of a report; undefined: it is none.
 *
 *     ==5232==ERROR: LeakSanitizer: detected memory leaks
 *     ==12==WARNING: MemorySanitizer: use-of-uninitialized-value
 *     ==appspawn==33555==ERROR: HWAddressSanitizer: tag-mismatch on address 0x…
 *     WARNING: ThreadSanitizer: data race (pid=77)
 *     ==12==AddressSanitizer: hard rss limit exhausted (300Mb vs 379Mb)
 *     Nov 23 00:42:23 board app[412]: ==412==ERROR: AddressSanitizer: …
 *
 * The kernel's own sanitizers print "BUG: KASAN: …", which is no such line.
 * Source: compiler-rt/lib/sanitizer_common/sanitizer_symbolizer_report.cpp, tsan_rtl_report.cpp.
 */
export function parseHeadline(line: string): Headline | undefined {
  if (!line.includes('Sanitizer')) return undefined;
  const { groups, index = 0 } = HEADLINE.exec(line) ?? {};
  const tool = TOOLS[groups?.tool ?? ''];
  if (!groups || tool === undefined) return undefined;
  const message = (groups.message ?? '').trim();
  if (NOTICE.test(message) || QUOTED.test(message)) return undefined;
  const pid = Number(groups.pid ?? /\(pid=(\d{1,10})\)/.exec(message)?.[1] ?? 0);
  return {
    tool: message.startsWith('detected memory leaks') ? 'lsan' : tool,
    ...(pid > 0 && { pid }),
    ...(groups.name !== undefined && { command: groups.name }),
    message,
    ...(index > 0 && { prefix: line.slice(0, index) }),
  };
}

const HEADLINE =
  /(?:==(?:(?<name>[^=\s]+)==)?(?<pid>\d{1,10})== ?)?(?:(?:ERROR|WARNING): |(?<===)(?=\w{1,30}: hard rss limit))(?<tool>[A-Z][A-Za-z]{1,20}Sanitizer)\b:?(?<message>.*)$/;

// What a tool says of its own start: "WARNING: AddressSanitizer: failed to intercept 'memcpy'".
const NOTICE = /^(?:failed to intercept |memory layout is incompatible)/;

// What prose or a script says of such lines: `grep "ERROR: AddressSanitizer" log`, "look for `… detected memory leaks`".
const QUOTED = /^[\w -]{0,60}["`]|^\(/;

const TOOLS: Readonly<Record<string, Headline['tool']>> = {
  AddressSanitizer: 'asan',
  HWAddressSanitizer: 'hwasan',
  LeakSanitizer: 'lsan',
  MemorySanitizer: 'msan',
  ThreadSanitizer: 'tsan',
  UndefinedBehaviorSanitizer: 'ubsan',
};

/** The tool that a name like "AddressSanitizer" stands for. */
export function toolOf(name: string): Headline['tool'] | undefined {
  return TOOLS[name];
}

/** What UndefinedBehaviorSanitizer says, without a headline: `demo.c:49:36: runtime error: division by zero`. */
export interface RuntimeError {
  readonly message: string;
  /** Where it happened; empty where the tool does not say. */
  readonly place: StackFrame;
  /** What the tool itself calls it; absent where only its sentence tells. */
  readonly kind?: string;
}

/** The runtime error that a line tells; Go's panics, which have no place before them, are none. */
export function parseRuntimeError(line: string): RuntimeError | undefined {
  if (line.includes('ubsan: ')) return parseMinimalError(line);
  if (!line.includes(': runtime error: ')) return undefined;
  const match = RUNTIME_ERROR.exec(line);
  if (!match) return undefined;
  const number = Number(match[2]);
  const place: StackFrame = { file: match[1] as string };
  if (number > 0) place.line = number;
  return { message: `runtime error: ${match[3] as string}`, place };
}

// "src/demo.c:49:36: runtime error: …", "C:\src\demo.c:3:1: …"; where a log's prefix stands before it, the last word.
const RUNTIME_ERROR = /(?:^|\s)([^\s:](?:[^\s:]|:(?=\\))*):(\d{1,9})(?::\d{1,9})?: runtime error: (.*)$/;

/**
 * What the runtime library prints that has no symbols and no words (-fsanitize-minimal-runtime):
 * `ubsan: add-overflow`, since LLVM 17 with the place, `ubsan: add-overflow by 0x55d421374bb6`.
 * Source: compiler-rt/lib/ubsan_minimal/ubsan_minimal_handlers.cpp.
 */
function parseMinimalError(line: string): RuntimeError | undefined {
  const [message, kind, address] = MINIMAL_ERROR.exec(line) ?? [];
  if (message === undefined || kind === undefined) return undefined;
  return { message, kind, place: address === undefined ? {} : { address: address.toLowerCase() } };
}

const MINIMAL_ERROR =
  /\bubsan: ((?:add|sub|mul|negate|divrem|pointer)-overflow|type-mismatch|alignment-assumption|shift-out-of-bounds|(?:local-)?out-of-bounds|builtin-unreachable|missing-return|vla-bound-not-positive|float-cast-overflow|load-invalid-value|invalid-(?:builtin|objc-cast)|function-type-mismatch|implicit-conversion|(?:nonnull|nullability)-(?:arg|return)|cfi-check-fail)(?: by 0x([0-9a-f]{1,16}))?\s*$/i;

export interface LeakHead {
  readonly direct: boolean;
  readonly bytes: number;
  readonly objects: number;
}

/** The first line of a leak: `Direct leak of 12288 byte(s) in 1 object(s) allocated from:`. */
export function parseLeakHead(line: string): LeakHead | undefined {
  if (!line.includes('irect leak of ')) return undefined;
  const match = /\b(Direct|Indirect) leak of (\d{1,19}) byte\(s\) in (\d{1,19}) object\(s\) allocated from/.exec(line);
  const bytes = Number(match?.[2]);
  const objects = Number(match?.[3]);
  if (!match || !Number.isSafeInteger(bytes) || !Number.isSafeInteger(objects)) return undefined;
  return { direct: match[1] === 'Direct', bytes, objects };
}

/** Whether a line is unmistakably a sanitizer's own. */
export function isSanitizerStart(line: string): boolean {
  if (line.includes('Sanitizer')) return parseHeadline(line) !== undefined || OTHER_LINES.test(line);
  return parseLeakHead(line) !== undefined || parseRuntimeError(line) !== undefined;
}

const NAME = '(?:Address|HWAddress|Leak|Memory|Thread|UndefinedBehavior)Sanitizer';

// "AddressSanitizer:DEADLYSIGNAL", "==7==LeakSanitizer has encountered a fatal error.",
// "SUMMARY: AddressSanitizer: 12288 byte(s) leaked in 1 allocation(s).", "==7==AddressSanitizer: hard rss limit exhausted"
const OTHER_LINES = new RegExp(
  String.raw`(?:SUMMARY: |==\d{1,10}== ?)${NAME}(?::(?!["\`])| has encountered | can not provide )|^${NAME}(?: has encountered | can not provide |: ?(?:DEADLYSIGNAL|CHECK failed|nested bug|while reporting|reported \d))`,
);
