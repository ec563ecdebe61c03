const BEFORE = '[\n [\n  '.length;
const BEHIND = '\n ]\n]'.length;

/** Some items of a list of an analysis, as report.json has them. */
export function itemsText(items: readonly unknown[]): string {
  return JSON.stringify([items], null, 1).slice(BEFORE, -BEHIND);
}

/** Where an item that is not at hand itself has its text: it must be what `itemsText` would make. */
export const ITEM_TEXT: unique symbol = Symbol('ITEM_TEXT');

export interface TextItem {
  readonly [ITEM_TEXT]: string;
}

export function hasItemText(item: unknown): item is TextItem {
  return typeof item === 'object' && item !== null && ITEM_TEXT in item;
}
