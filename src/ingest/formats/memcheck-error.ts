import type { FatalReason, MemoryError } from '../../model/leaks.js';

/** What the first line of a memcheck error says. */
export type ErrorHead = Pick<MemoryError, 'kind' | 'message' | 'access' | 'size'>;

/**
 * The first line of a memory error; undefined: it is none.
 *
 *     Invalid read of size 4
 *     Conditional jump or move depends on uninitialised value(s)
 *     Syscall param write(buf) points to uninitialised byte(s)
 *     Process terminating with default action of signal 11 (SIGSEGV)
 *
 * Source: memcheck/mc_errors.c, MC_(pp_Error); coregrind/m_signals.c.
 */
export function parseErrorHead(text: string): ErrorHead | undefined {
  for (const [pattern, kind, access] of ERRORS) {
    const match = pattern.exec(text);
    if (!match) continue;
    const head: ErrorHead = { kind, message: text };
    if (access) head.access = access;
    if (match[1] !== undefined) head.size = Number(match[1]);
    return head;
  }
  return undefined;
}

const ERRORS: readonly (readonly [pattern: RegExp, kind: string, access?: 'read' | 'write' | 'execute'])[] = [
  [/^Invalid read of size (\d{1,9})/, 'invalid-read', 'read'],
  [/^Invalid write of size (\d{1,9})/, 'invalid-write', 'write'],
  [/^Conditional jump or move depends on uninitialised value/, 'uninitialised-value'],
  [/^Use of uninitialised value of size (\d{1,9})/, 'uninitialised-value'],
  [/^Syscall param /, 'syscall-param'],
  [/^Invalid free\(\)/, 'invalid-free'],
  [/^Mismatched (?:free\(\)|new\/delete)/, 'mismatched-free'],
  [/^Source and destination overlap in /, 'overlap'],
  [/^Jump to the invalid address stated on the next line/, 'jump-to-invalid', 'execute'],
  // SIGINT, SIGTERM and the like end a program from outside; these are its own doing.
  [
    /^Process terminating with default action of signal \d+ \((?:SIG(?:SEGV|BUS|ILL|FPE|ABRT|TRAP|SYS))\)/,
    'fatal-signal',
  ],
  [/^Argument '[^']*' of function \S+ has a fishy/, 'fishy-value'],
  [/^realloc\(\) with size 0/, 'realloc-size-zero'],
  [/^(?:Invalid|Unsafe|Mismatched) .*?(?:alignment|size value)/, 'bad-alignment'],
  [/^Illegal memory pool address/, 'illegal-memory-pool'],
  // With --track-fds, since 3.21: "File descriptor 3: /tmp/x is already closed", "File descriptor 2 was closed already".
  [/^File descriptor \d{1,9}\b.* (?:is already closed|was closed already|was never created)$/, 'bad-file-descriptor'],
  [/^(?:Unaddressable|Uninitialised) byte\(s\) found during client check request/, 'client-check'],
];

/**
 * What a line below a fatal signal says of it:
 *
 *      Access not within mapped region at address 0x1FFE801F08
 *      Bad permissions for mapped region at address 0x10A008
 *     Stack overflow in thread #1: can't grow stack to 0x1ffe801000
 *
 * Source: coregrind/m_signals.c, default_action
 */
export function parseFatalReason(text: string): FatalReason | undefined {
  return REASONS.find(([begin]) => text.startsWith(begin))?.[1];
}

const REASONS: readonly (readonly [begin: string, reason: FatalReason])[] = [
  ['Access not within mapped region', 'not-mapped'],
  ['Bad permissions for mapped region', 'not-permitted'],
  ['Stack overflow in thread', 'stack-overflow'],
];

/** Whether a line ends the process by a signal that is not an error of its own: the frames below it are no error's. */
export function isTermination(text: string): boolean {
  return text.startsWith('Process terminating with default action of signal ');
}

/**
 * The address that a further line of an error tells: ` Address 0x4d6fc85 is 5 bytes inside a block …`,
 * ` Location 0x1fff000618 is 0 bytes inside loc.b[1],` (--read-var-info),
 * ` Access not within mapped region at address 0x1FFF001000`, ` Bad permissions for mapped region at address 0x0`.
 */
export function parseAddress(text: string): string | undefined {
  return /^(?:(?:Address|Location) 0x|.* at address 0x)([0-9a-f]{1,16})\b/i.exec(text)?.[1]?.toLowerCase();
}
