import { groupBy } from '../model/group-by.js';
import { callersOf, plainSymbol, type StackFrame } from '../model/leaks.js';

/** A finding with its call stack. */
export interface StackOf {
  readonly fingerprint: string;
  readonly frames: readonly StackFrame[];
}

/** Deeper stacks are compared up to here: nobody renames a function in a recursion of hundreds. */
const DEEPEST = 64;

/**
 * Findings of both sides on the same call path but for one function, by the fingerprint of either: most likely a
 * function was renamed, inlined or put between. Only where each has no other such partner, and a path of two at least.
 */
export function similarStacks(before: readonly StackOf[], after: readonly StackOf[]): Map<string, string> {
  const partners = new Map<string, Set<string>>();
  const join = (a: string, b: string): void => {
    partners.set(a, (partners.get(a) ?? new Set()).add(b));
    partners.set(b, (partners.get(b) ?? new Set()).add(a));
  };
  const earlier = groupBy(before.flatMap(shortened), ({ path }) => path);
  for (const { path, fingerprint, isWhole, left } of after.flatMap(shortened)) {
    for (const old of earlier.get(path) ?? []) {
      // Two paths that each lost a function match where they lost it at the same place; else one is the longer.
      if (old.fingerprint !== fingerprint && (old.isWhole !== isWhole || (!isWhole && old.left === left)))
        join(fingerprint, old.fingerprint);
    }
  }
  const similar = new Map<string, string>();
  for (const [fingerprint, others] of partners) {
    const [other, ...more] = others;
    if (other !== undefined && more.length === 0 && partners.get(other)?.size === 1) similar.set(fingerprint, other);
  }
  return similar;
}

interface Shortened {
  readonly fingerprint: string;
  readonly path: string;
  readonly isWhole: boolean;
  /** The place of the function that is left out. */
  readonly left: number;
}

/** The call path, and the path without each of its functions. */
function shortened({ fingerprint, frames }: StackOf): Shortened[] {
  const names = callersOf(frames)
    .slice(0, DEEPEST)
    .map(({ symbol, module }) => (symbol === undefined ? `?${module ?? ''}` : plainSymbol(symbol)));
  if (names.length < 2) return [];
  const pathOf = (path: readonly string[]): string => path.join('\n');
  return [
    { fingerprint, path: pathOf(names), isWhole: true, left: -1 },
    ...names.map((_, left) => ({
      fingerprint,
      path: pathOf(names.filter((_name, place) => place !== left)),
      isWhole: false,
      left,
    })),
  ];
}
