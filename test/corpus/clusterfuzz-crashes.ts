import type { InspectedFile } from '../../src/inspect.js';
import type { StackFrame } from '../../src/model/leaks.js';
import type { Comparison } from './difference.js';

/** What clusterfuzz expects of a crash log, in its own words. */
interface Entry {
  readonly path: string;
  readonly expected: { readonly type?: string; readonly address?: string; readonly state?: string };
  /** Its settings, as statements of Python. */
  readonly env: readonly string[];
}

/** A log may have several entries, each with other settings. */
export interface ClusterfuzzTruth {
  readonly entries: readonly Entry[];
}

/**
 * Clusterfuzz's crash types and the kinds of error that they are here. Its other types are made of what a program or
 * another tool printed (CHECK failure, Go's panic), or are its own guess (Out-of-memory of a V8 message).
 */
const KINDS: readonly (readonly [type: RegExp, kind: RegExp])[] = [
  [/^(?:UNKNOWN|Null-dereference)/, /^(?:SEGV|access-violation|null-pointer-use)$/],
  [/^Abrt/, /^ABRT$/],
  [/^Ill$/, /^(?:ILL|illegal-instruction)$/],
  [/^Bad-cast/, /^(?:dynamic-type-mismatch|bad-cast)$/],
  [/^Divide-by-zero/, /^int(?:eger)?-divide-by-zero$/],
  [/^Incorrect-function-pointer-type/, /^function-type-mismatch$/],
  [/^Index-out-of-bounds/, /^out-of-bounds-index$/],
  [/^Integer-overflow/, /^signed-integer-overflow$/],
  [/^Unsigned-integer-overflow/, /^unsigned-integer-overflow$/],
  [/^Pointer-overflow/, /^(?:pointer-overflow|nullptr-with-offset)$/],
  [/^Upcast-of-null-pointer/, /^null-pointer-use$/],
  [/^Data race/, /^data-race$/],
  [/^Heap-use-after-free/, /^heap-use-after-free$/],
  [/^Heap-double-free/, /^double-free$/],
  [/^Stack-buffer-overflow/, /^stack-buffer-overflow$/],
  [/^Stack-overflow/, /^stack-overflow$/],
  [/^Breakpoint/, /^breakpoint$/],
  [/^Floating-point-exception/, /^FPE$/],
  [/^Tag-mismatch/, /^tag-mismatch$/],
];

/** The kind, access, size and address of an error, or the leaks, and the frames that clusterfuzz takes for telling. */
export function compareCrash(
  { entries }: ClusterfuzzTruth,
  path: string,
  inspected: InspectedFile,
  comparison: Comparison,
): void {
  for (const { expected, env } of entries.filter((entry) => entry.path === path)) {
    const { type = '', address = '', state = '' } = expected;
    const frames = framesOf(state, env);
    if (type === 'Direct-leak') {
      const direct = inspected.leaks.filter(({ kind }) => kind === 'definite');
      const met = direct.some((leak) => haveInOrder(leak.frames, frames));
      comparison.check('a direct leak by its frames', met, frames.join(' < '), `${direct.length} direct leaks`);
      continue;
    }
    const kind = KINDS.find(([one]) => one.test(type))?.[1];
    if (!kind) continue;
    const errors = inspected.errors.filter((error) => kind.test(error.kind));
    const [, access, size] = /\b(READ|WRITE)(?: (\d+))?$/.exec(type) ?? [];
    const met = errors.some(
      (error) =>
        (access === undefined || error.access === access.toLowerCase()) &&
        (size === undefined || error.size === Number(size)) &&
        (address === '' || BigInt(`0x${error.address ?? ''}0`) === BigInt(`${address}0`)) &&
        haveInOrder([...error.frames, ...error.related.flatMap((stack) => stack.frames)], frames),
    );
    const wanted = [type, address, frames.join(' < ')].join(' ').replaceAll('\n', ' ');
    const found = inspected.errors.map((error) => `${error.kind} ${error.access ?? ''} ${error.address ?? ''}`);
    comparison.check('a crash by its frames', met, wanted, found.join(', '));
  }
}

/** The lines of a state that name functions, files or modules, and no message. */
function framesOf(state: string, env: readonly string[]): string[] {
  return state
    .split('\n')
    .filter((line) => line !== '' && line !== 'NULL' && !line.startsWith('Bad-cast to '))
    .filter((line) => !env.some((setting) => setting.includes(`FUZZ_TARGET'] = '${line}'`)));
}

/** Whether each name is in a frame further out than the one before it. */
function haveInOrder(frames: readonly StackFrame[], names: readonly string[]): boolean {
  let next = 0;
  for (const { symbol = '', file = '', module = '' } of frames) {
    const name = names[next];
    if (name === undefined) break;
    // Clusterfuzz leaves unnamed namespaces out, and cuts a name at 80 characters.
    const text = symbol.replaceAll(/(?:\(anonymous namespace\)|`anonymous namespace'|\$_\d+)::/g, '');
    if ([text, file, module].some((part) => part.includes(name))) next++;
  }
  return next === names.length;
}
