import { groupBy } from './group-by.js';

/**
 * As `groupBy`, of lists that never change: each is grouped when it is first asked for, and only then. So a thousand
 * tickets of a run cost no thousand passes over all that the run tells.
 */
export function groupedOnce<T, K>(keyOf: (item: T) => K): (items: readonly T[]) => ReadonlyMap<K, readonly T[]> {
  const known = new WeakMap<readonly T[], ReadonlyMap<K, readonly T[]>>();
  return (items) => {
    const groups = known.get(items) ?? groupBy(items, keyOf);
    known.set(items, groups);
    return groups;
  };
}
