const BEFORE = '[\n [\n  '.length;
const BEHIND = '\n ]\n]'.length;

/** Some items of a list of an analysis, as report.json has them. */
export function itemsText(items: readonly unknown[]): string {
  return JSON.stringify([items], null, 1).slice(BEFORE, -BEHIND);
}

/** Notes where the text of an item comes from that is not at hand itself: it must be what `itemsText` would make. */
export function noteItemText(item: object, text: () => string): void {
  known.set(item, text);
}

export function hasItemText(item: unknown): item is object {
  return typeof item === 'object' && item !== null && known.has(item);
}

/** The text of an item, where it is noted. */
export function notedItemText(item: unknown): string | undefined {
  return hasItemText(item) ? known.get(item)?.() : undefined;
}

const known = new WeakMap<object, () => string>();
