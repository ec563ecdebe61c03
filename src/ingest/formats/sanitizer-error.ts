import type { MemoryError } from '../../model/leaks.js';
import type { Headline } from './sanitizer-headline.js';

/**
 * The kind of error that a headline tells, in the word that the tool uses in its SUMMARY.
 *
 * `attempting double-free on 0x6030…` → `double-free`, `heap-use-after-free on address …` → `heap-use-after-free`,
 * ThreadSanitizer's `data race on vptr (ctor/dtor vs virtual call) (pid=77)` → `data-race-on-vptr`.
 * Source: compiler-rt/lib/asan/asan_errors.h.
 */
export function kindOfHeadline({ tool, message }: Headline): string {
  for (const [words, kind] of SENTENCES) if (message.startsWith(words)) return kind;
  const refused = /^(?:attempting to call|bad parameters to) (\w{1,60})/.exec(message)?.[1];
  if (refused !== undefined) return `bad-${refused}`;
  if (tool === 'tsan') {
    const words = message.split(' (', 1)[0] ?? '';
    if (/^[a-z][a-z -]{1,60}$/i.test(words)) return words.trim().replaceAll(' ', '-');
  }
  return /^[\w-]{2,60}/.exec(message)?.[0] ?? 'unknown-crash';
}

const SENTENCES: readonly (readonly [words: string, kind: string])[] = [
  ['attempting double-free', 'double-free'],
  ['attempting free on address which was not malloc()-ed', 'bad-free'],
  ['requested allocation size', 'allocation-size-too-big'],
  ['specified RSS limit exceeded', 'rss-limit-exceeded'],
  ['hard rss limit exhausted', 'rss-limit-exceeded'],
  ['allocator is out of memory', 'out-of-memory'],
  ['out of memory', 'out-of-memory'],
  ['failed to allocate', 'out-of-memory'],
  ['calloc parameters overflow', 'calloc-overflow'],
  ['reallocarray parameters overflow', 'reallocarray-overflow'],
  ['pvalloc parameters overflow', 'pvalloc-overflow'],
  ['invalid allocation alignment', 'invalid-allocation-alignment'],
  ['invalid alignment requested in aligned_alloc', 'invalid-aligned-alloc-alignment'],
  ['invalid alignment requested in posix_memalign', 'invalid-posix-memalign-alignment'],
  // Of an object whose library tells the tool of its accesses: "race on NSMutableArray".
  ['race on ', 'race-on-external-object'],
];

/** What UndefinedBehaviorSanitizer calls an error, by the words of its message. */
export function kindOfRuntimeError(message: string): string {
  for (const [pattern, kind] of RUNTIME_ERRORS) if (pattern.test(message)) return kind;
  return 'undefined-behavior';
}

// Source: compiler-rt/lib/ubsan/ubsan_checks.inc (names), ubsan_handlers.cpp (messages).
const RUNTIME_ERRORS: readonly (readonly [pattern: RegExp, kind: string])[] = [
  [/^signed integer overflow|^negation of /, 'signed-integer-overflow'],
  [/^unsigned integer overflow/, 'unsigned-integer-overflow'],
  [/^division by zero/, 'integer-divide-by-zero'],
  [/^shift exponent /, 'invalid-shift-exponent'],
  [/^left shift of /, 'invalid-shift-base'],
  [/^index .* out of bounds/, 'out-of-bounds-index'],
  [/with insufficient space for/, 'insufficient-object-size'],
  [/misaligned (?:address|pointer)/, 'misaligned-pointer-use'],
  [/null pointer (?:of type|passed|returned)|binding to null pointer/, 'null-pointer-use'],
  [/^applying (?:non-)?zero offset/, 'nullptr-with-offset'],
  [/^(?:pointer index expression|addition of unsigned offset|subtraction of unsigned offset)/, 'pointer-overflow'],
  [/not a valid value for type '?(?:_Bool|bool)/, 'invalid-bool-load'],
  [/not a valid value for type/, 'invalid-enum-load'],
  [/outside the range of representable values/, 'float-cast-overflow'],
  [/implicit conversion from type/, 'implicit-conversion'],
  [/through pointer to incorrect function type/, 'function-type-mismatch'],
  [/does not point to an object of type/, 'dynamic-type-mismatch'],
  [/control flow integrity check/, 'bad-cast'],
  [/variable length array bound/, 'non-positive-vla-index'],
  [/execution reached the end of a value-returning function/, 'missing-return'],
  [/execution reached an unreachable program point/, 'unreachable-call'],
];

/**
 * The address that a headline tells: `… on address 0x60b0 at pc …`, `… on 0x6030 in thread T0:`, `malloc()-ed: 0x7ffc`,
 * `which is not owned: 0x6020`, `odr-violation (0x55d3):`, `allocation-tail-overwritten; heap object [0x0042,0x0043)`.
 */
export function addressOfHeadline(message: string): string | undefined {
  return /(?: on (?:unknown )?(?:address )?|malloc\(\)-ed: |not owned: |^odr-violation \(|; heap object \[)0x([0-9a-f]{1,16})\b/i
    .exec(message)?.[1]
    ?.toLowerCase();
}

/**
 * The access and the address that a runtime error tells; empty where it tells none.
 *
 *     load of misaligned address 0x7ffe2f4dbdad for type 'int', which requires 4 byte alignment
 *     store to null pointer of type 'int'
 *     downcast of address 0x2aa9a6abc480 which does not point to an object of type 'B'
 *
 * Source: compiler-rt/lib/ubsan/ubsan_handlers.cpp, ubsan_handlers_cxx.cpp.
 */
export function accessOfRuntimeError(message: string): Pick<MemoryError, 'access' | 'address'> {
  const access = /^(?:load of|store to)(?= (?:misaligned |null )?(?:address|pointer) )/.exec(message)?.[0];
  const address = /\baddress 0x([0-9a-f]{1,16})\b/i.exec(message)?.[1]?.toLowerCase();
  return {
    ...(access !== undefined && { access: access === 'load of' ? 'read' : 'write' }),
    ...(address !== undefined && { address }),
  };
}

/**
 * What a line says of the faulting access; undefined: nothing.
 *
 *     READ of size 4 at 0x60400000003c thread T0
 *       Write of size 8 at 0x7b1000002000 by main thread:
 *     ==19==The signal is caused by a WRITE memory access.
 *       Modifying access of Swift variable at 0x7b0400001230 by thread T18:
 */
export function parseAccess(line: string): Pick<MemoryError, 'access' | 'size' | 'address'> | undefined {
  const sized = SIZED_ACCESS.exec(line);
  if (sized) {
    const access = accessOf(sized[1] as string);
    const address = sized[3]?.toLowerCase();
    return { ...(access && { access }), size: Number(sized[2]), ...(address !== undefined && { address }) };
  }
  const [, verb, at] = EXTERNAL_ACCESS.exec(line) ?? [];
  if (verb !== undefined && at !== undefined) return { access: verb === 'Modifying' ? 'write' : 'read', address: at };
  const signal = /The signal is caused by a (READ|WRITE|EXECUTE) /.exec(line)?.[1];
  const access = signal === undefined ? undefined : accessOf(signal);
  return access && { access };
}

const SIZED_ACCESS =
  /(?:^|\s)(?:[Aa]tomic )?(read|READ|Read|write|WRITE|Write|ACCESS) of size (\d{1,9})(?: at 0x([0-9a-f]{1,16})\b)?/;

// ThreadSanitizer's, of objects whose libraries tell it of their accesses.
const EXTERNAL_ACCESS = /^\s*(Modifying|Read-only) access of .{1,120} at 0x([0-9a-f]{1,16})\b/;

function accessOf(word: string): 'read' | 'write' | 'execute' | undefined {
  const lower = word.toLowerCase();
  return lower === 'read' || lower === 'write' || lower === 'execute' ? lower : undefined;
}
