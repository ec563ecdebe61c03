import { bare, nested, type Wrapping } from './line-prefix.js';

/** Blanks, a mail's, a diff's or a comment's marks. */
const MARKS = /^(?:[> |+\t]|\/\/|[#*](?= ))+/;

/**
 * What stands before the lines of an indented or quoted stretch, if a format is recognized without it; lines that
 * have something else in front stay as they are.
 *
 * @param depth how often what is quoted may be indented itself
 */
export function indentationOf(
  lines: readonly string[],
  isRecognized: (text: string) => boolean,
  depth = 1,
): Wrapping | undefined {
  const marks = indentationsOf(lines);
  const candidates = marks.map(markedWith);
  const found = candidates.find((one) => isRecognized(bare(one, lines)));
  if (found || depth === 0) return found;
  for (const outer of candidates.filter((_, i) => marks[i]?.includes('>'))) {
    const inner = indentationOf(bare(outer, lines).split('\n'), isRecognized, depth - 1);
    if (inner) return nested(outer, inner);
  }
  return undefined;
}

/** A blank line of the stretch may lack the blanks at the end of its marks. */
function markedWith(mark: string): Wrapping {
  const blank = mark.trimEnd();
  return (line) => {
    if (line.startsWith(mark)) return { length: mark.length };
    return blank !== '' && line.trimEnd() === blank ? { length: blank.length } : undefined;
  };
}

/** The indentation of a text's first line, if a format is recognized below it without that. */
export function indentationAt(
  first: string,
  head: () => string,
  mayBegin: (line: string) => boolean,
  isRecognized: (text: string) => boolean,
): Wrapping | undefined {
  const mark = MARKS.exec(first)?.[0];
  if (mark === undefined || !mayBegin(first.slice(mark.length))) return undefined;
  const wrapping = markedWith(mark);
  return isRecognized(bare(wrapping, head().split('\n'))) ? wrapping : undefined;
}

/** The marks that lines after each other have in common, each once: of a whole stretch, else of two lines. */
function indentationsOf(lines: readonly string[]): string[] {
  const stretches = new Set<string>();
  const pairs = new Set<string>();
  let common = '';
  let before = '';
  for (const line of lines) {
    const own = MARKS.exec(line)?.[0] ?? '';
    const shared = commonStart(common, own);
    if (shared !== common) stretches.add(common);
    common = shared === '' ? own : shared;
    pairs.add(commonStart(before, own));
    before = own;
  }
  stretches.add(common);
  const shortestFirst = [...pairs].toSorted((a, b) => a.length - b.length);
  return [...new Set([...stretches, ...shortestFirst])].filter((marks) => marks !== '');
}

function commonStart(a: string, b: string): string {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return a.slice(0, length);
}
