/** The totals of a process that a column of `dumpsys meminfo` may hold. */
export type DumpTotal = 'pss' | 'rss' | 'privateDirty' | 'privateClean' | 'swap';

/**
 * What each column of the table holds, from the two lines of its title; undefined where memreport does not read it.
 *
 * Which columns there are depends on Android's version and on `-a`, so they are told by their titles:
 *
 *                        Pss  Private  Private  SwapPss      Rss     Heap     Heap     Heap
 *                      Total    Dirty    Clean    Dirty    Total     Size    Alloc     Free
 *
 * Android 4.0 to 4.3 have no upper word over `Pss`: there the words of the lines belong together by where they end.
 */
export function dumpColumnsOf(upper: string, lower: string): (DumpTotal | undefined)[] {
  const above = wordsOf(upper);
  const below = wordsOf(lower);
  const sameCount = above.length === below.length;
  const byEnd = new Map(above.map(({ word, end }) => [end, word]));
  return below.map(({ word, end }, index) => {
    const over = sameCount ? above[index]?.word : byEnd.get(end);
    return TITLES.get(over === undefined ? word : `${over} ${word}`);
  });
}

/** Whether a line can be one of a table's title. */
export function isColumnTitle(line: string): boolean {
  const words = wordsOf(line);
  return words.length > 0 && words.every(({ word }) => TITLE_WORDS.has(word));
}

/**
 * The swap column is `Swapped` or `Swap` in Android 4.4 to 7 and where the kernel tells no SwapPss; else it is `SwapPss`,
 * the proportional share of swapped pages. Either counts as the swap of the process: a dump has one of them only.
 */
const TITLES: ReadonlyMap<string, DumpTotal> = new Map<string, DumpTotal>([
  ['Pss', 'pss'],
  ['Pss Total', 'pss'],
  ['Rss Total', 'rss'],
  ['Private Dirty', 'privateDirty'],
  ['Private Clean', 'privateClean'],
  ['Swapped Dirty', 'swap'],
  ['Swap Dirty', 'swap'],
  ['SwapPss Dirty', 'swap'],
]);

const TITLE_WORDS: ReadonlySet<string> = new Set(
  'Pss Rss Shared Private Swapped Swap SwapPss Heap Total Clean Dirty Size Alloc Free'.split(' '),
);

function wordsOf(line: string): { word: string; end: number }[] {
  return [...line.matchAll(/\S+/g)].map((match) => ({ word: match[0], end: match.index + match[0].length }));
}

/** The label of a row and its cells: the numbers (or `N/A`) at the line's end. Undefined: there are none. */
export function dumpRowOf(line: string): { label: string; cells: string[] } | undefined {
  const words = line.trim().split(/ +/);
  let first = words.length;
  while (first > 0 && CELL.test(words[first - 1] ?? '')) first--;
  if (first === 0 || first === words.length) return undefined;
  return { label: words.slice(0, first).join(' '), cells: words.slice(first) };
}

const CELL = /^(?:\d+|N\/A)$/;
