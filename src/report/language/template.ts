import { CELL_BEGINS, CELL_ENDS } from './sentence.js';

/** A hole of a template: its number, and the kind of the words in it; absent for data. */
export interface Hole {
  readonly number: string;
  readonly kind?: string;
}

/** A text with holes: `literals` stand before, between and behind them, one more than there are holes. */
export interface Template {
  readonly literals: readonly string[];
  readonly holes: readonly Hole[];
  /** How many characters are not in holes: of two templates that match, the one with more says more. */
  readonly weight: number;
}

export function templateOf(text: string): Template {
  const literals: string[] = [];
  const holes: Hole[] = [];
  let end = 0;
  for (const match of text.matchAll(HOLE)) {
    const [whole, number = '', kind] = match;
    literals.push(text.slice(end, match.index));
    holes.push({ number, ...(kind !== undefined && { kind }) });
    end = match.index + whole.length;
  }
  literals.push(text.slice(end));
  return { literals, holes, weight: literals.join('').length };
}

/** What stands in the holes of a template, where a text is made from it; each literal is taken where it comes first. */
export function matchTemplate({ literals, holes }: Template, text: string): string[] | undefined {
  const first = literals[0] ?? '';
  const last = literals.at(-1) ?? '';
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return undefined;
  const values: string[] = [];
  const end = text.length - last.length;
  let at = first.length;
  for (const [index, hole] of holes.entries()) {
    const literal = literals[index + 1] ?? '';
    const isLast = index === holes.length - 1;
    const next = isLast && hole.kind !== 'cell' ? end : endOf(text, literal, at, hole, holes[index + 1]);
    if (next < at || next > end || (next === at && hole.kind === undefined)) return undefined;
    if (!text.startsWith(literal, next)) return undefined;
    values.push(text.slice(at, next));
    at = next + literal.length;
  }
  return at === text.length ? values : undefined;
}

/** Where the value of a hole ends, which begins at `at`: data has a character at least, and a cell is one. */
function endOf(text: string, literal: string, at: number, { kind }: Hole, next: Hole | undefined): number {
  if (kind === 'cell') return text.startsWith(CELL_BEGINS, at) ? text.indexOf(CELL_ENDS, at) + 1 : -1;
  return text.indexOf(next?.kind === 'cell' ? literal + CELL_BEGINS : literal, kind === undefined ? at + 1 : at);
}

/**
 * The text of a template with values in its holes, by their numbers. Where a Chinese character comes to stand beside a
 * letter or digit of another script, a blank is put between them.
 */
export function filled({ literals, holes }: Template, values: ReadonlyMap<string, string>): string {
  let text = '';
  for (const [index, literal] of literals.entries()) {
    const value = values.get(holes[index]?.number ?? '') ?? '';
    text = joined(joined(text, literal), value);
  }
  return text;
}

function joined(before: string, behind: string): string {
  const [end, start] = [before.slice(-1), behind.slice(0, 1)];
  const isMixed = (HAN.test(end) && OTHER_WORD.test(start)) || (OTHER_WORD.test(end) && HAN.test(start));
  return isMixed ? `${before} ${behind}` : before + behind;
}

const HAN = /\p{Script=Han}/u;
const OTHER_WORD = /[\p{Script=Latin}\d]/u;

const HOLE = /\{(\d+)(?::([a-z-]+))?\}/g;
