import type { Analysis } from '../../model/analysis.js';
import type { Comparison } from '../../model/comparison.js';
import { hasItemText, ITEM_TEXT, itemsText } from '../../model/item-text.js';

/** Items of a list that are made into text together. */
const TOGETHER = 16;

/**
 * A whole analysis or comparison, one value a line, ending in a newline: the same bytes for the same one.
 *
 * In pieces, since that of a night may be longer than a string can be, and its programs are unpacked one by one.
 */
export function* renderJson(data: Analysis | Comparison): Generator<string> {
  let before = '{\n ';
  for (const [name, value] of Object.entries(data) as [string, unknown][]) {
    if (value === undefined) continue;
    yield `${before}${JSON.stringify(name)}: `;
    if (Array.isArray(value)) yield* listText(value);
    else yield nestedText(value);
    before = ',\n ';
  }
  yield '\n}\n';
}

function* listText(items: readonly unknown[]): Generator<string> {
  if (items.length === 0) {
    yield '[]';
    return;
  }
  let before = '[\n  ';
  for (let at = 0; at < items.length; ) {
    const from = at++;
    const first = items[from];
    const hasText = hasItemText(first);
    while (!hasText && at < items.length && at < from + TOGETHER && !hasItemText(items[at])) at++;
    yield before + (hasText ? first[ITEM_TEXT] : itemsText(items.slice(from, at)));
    before = ',\n  ';
  }
  yield '\n ]';
}

/** As a field of an object has it: the lines behind the first are one further in. */
function nestedText(value: unknown): string {
  return JSON.stringify([value], null, 1).slice('[\n '.length, -'\n]'.length);
}
