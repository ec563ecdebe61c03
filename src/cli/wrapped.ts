import { displayWidth } from './display-width.js';

/** Breaks text into lines of at most 100 columns, each after `indent`; the first after `first`. Chinese breaks at any character. */
export function wrapped(text: string, indent = '', first = indent, columns = 100): string {
  const lines: string[] = [];
  let line = first;
  let empty = true;
  let width = displayWidth(line);
  for (const { word, hasBlank } of wordsOf(text)) {
    const taken = displayWidth(word) + (hasBlank ? 1 : 0);
    if (!empty && width + taken > columns) {
      lines.push(line);
      line = indent;
      width = displayWidth(line);
      empty = true;
    }
    line += empty || !hasBlank ? word : ` ${word}`;
    width += empty ? displayWidth(word) : taken;
    empty = false;
  }
  return [...lines, line].join('\n');
}

interface Word {
  readonly word: string;
  /** Whether a blank stands before it, where it does not begin a line. */
  readonly hasBlank: boolean;
}

/** Of Chinese each character, with the marks that must not stand apart from it: before a break, or behind it. */
function wordsOf(text: string): Word[] {
  return text
    .split(/\s+/)
    .flatMap((word) =>
      (word.match(PIECES) ?? [word]).map((piece, index): Word => ({ word: piece, hasBlank: index === 0 })),
    );
}

const HAN = '\u3400-\u9fff';
const OPENING = '（《「『【“';
const CLOSING = '、。，；：！？）》」』】”';
const MARKS = OPENING + CLOSING;
const PIECES = new RegExp(`[${OPENING}]*(?:[${HAN}]|[^${HAN}${MARKS}]+)[${CLOSING}]*|[${MARKS}]+`, 'g');
