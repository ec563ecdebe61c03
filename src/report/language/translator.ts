import type { Catalogue, Entries } from './catalogue.js';
import { CELL_BEGINS, withoutCells } from './sentence.js';
import { filled, type Hole, matchTemplate, type Template, templateOf } from './template.js';

interface Translation {
  readonly english: Template;
  readonly other: Template;
}

/** The texts of one kind, so that few have to be tried. */
interface Compiled {
  readonly exact: ReadonlyMap<string, string>;
  /** By their first letters, those that say most first; under "" what begins with a hole. */
  readonly templates: ReadonlyMap<string, readonly Translation[]>;
}

const KEY_LETTERS = 3;

/** So many answers are kept: a table of a hundred thousand rows says few words. */
const MOST_KEPT = 20_000;

/** Words within words within words, as the names of a list within what is left of it: deeper is no text of ours. */
const MOST_DEPTH = 16;

/**
 * Finds the words of a language for English texts that were made from the templates of its catalogue.
 *
 * It takes no more time than the text is long, for each template: literals are found with indexOf.
 */
export class Translator {
  private readonly kinds: ReadonlyMap<string, Compiled>;
  private readonly known = new Map<string, string | undefined>();

  constructor(catalogue: Catalogue) {
    this.kinds = new Map(Object.entries(catalogue).map(([kind, entries]) => [kind, compiled(entries)]));
  }

  /** The text in the language; undefined where its catalogue lacks it. Of several sentences, each may be known. */
  translate(text: string, kind = 'texts'): string | undefined {
    return this.remembered(text, kind, 0);
  }

  private remembered(text: string, kind: string, depth: number): string | undefined {
    if (!LETTER.test(withoutCells(text))) return text;
    if (depth > MOST_DEPTH) return undefined;
    const key = `${kind}\n${text}`;
    if (this.known.has(key)) return this.known.get(key);
    const found = this.found(text, kind, depth);
    if (this.known.size < MOST_KEPT) this.known.set(key, found);
    return found;
  }

  private found(text: string, kind: string, depth: number): string | undefined {
    const core = text.trim();
    if (core !== text) {
      const inner = this.remembered(core, kind, depth);
      if (inner === undefined) return undefined;
      // Words in a hole bring the blanks before them; what surrounds them has its own.
      if (kind !== 'texts') return inner;
      return text.slice(0, text.indexOf(core)) + inner + text.slice(text.indexOf(core) + core.length);
    }
    return (
      this.whole(text, kind, depth, isOneSentence) ??
      this.each(text, SENTENCE, '', kind, depth) ??
      this.each(text, CLAUSE, '；', kind, depth) ??
      this.whole(text, kind, depth, () => true) ??
      this.uncapitalised(text, kind, depth)
    );
  }

  private whole(text: string, kind: string, depth: number, isFit: (value: string) => boolean): string | undefined {
    const compiled = this.kinds.get(kind);
    const [sentence, stop] = text.endsWith('.') ? [text.slice(0, -1), '。'] : [text, ''];
    const abbreviated = compiled?.exact.get(text);
    if (abbreviated !== undefined) return abbreviated;
    const exact = compiled?.exact.get(sentence);
    if (exact !== undefined) return exact + stop;
    const candidates = [
      ...(compiled?.templates.get(sentence.slice(0, KEY_LETTERS)) ?? []),
      ...(compiled?.templates.get('') ?? []),
    ];
    for (const { english, other } of candidates) {
      const values = matchTemplate(english, sentence);
      if (!values?.every((value, index) => isFit(value) && isPure(value, english.holes[index]))) continue;
      const words = new Map<string, string>();
      for (const [index, { number, kind: inner }] of english.holes.entries()) {
        const value = values[index] ?? '';
        const said = inner === undefined ? value : this.remembered(value, inner, depth + 1);
        if (said !== undefined) words.set(number, said);
      }
      if (words.size === english.holes.length) return filled(other, words) + stop;
    }
    return undefined;
  }

  /** Sentence by sentence, or clause by clause; undefined where one of them is not known, or there is but one. */
  private each(text: string, end: string, joint: string, kind: string, depth: number): string | undefined {
    const parts = end === SENTENCE ? text.split(SENTENCES) : text.split(end);
    if (parts.length < 2) return undefined;
    const stop = end.trimEnd();
    const said = parts.map((part, index) => {
      const isLast = index === parts.length - 1;
      return this.remembered(isLast || stop === ';' ? part : part + stop, kind, depth + 1);
    });
    return said.every((part) => part !== undefined) ? said.join(joint) : undefined;
  }

  /** A clause that was made the beginning of a sentence. */
  private uncapitalised(text: string, kind: string, depth: number): string | undefined {
    const first = text.charAt(0);
    const small = first.toLowerCase();
    return small === first ? undefined : this.whole(small + text.slice(1), kind, depth, () => true);
  }
}

function compiled(entries: Entries): Compiled {
  const exact = new Map<string, string>();
  const templates = new Map<string, Translation[]>();
  for (const [english, other] of entries) {
    const translation = { english: templateOf(bare(english)), other: templateOf(bare(other)) };
    const isAbbreviation = english.endsWith('.') && !other.endsWith('。');
    if (translation.english.holes.length === 0) exact.set(isAbbreviation ? english : bare(english), bare(other));
    else {
      const [first = ''] = translation.english.literals;
      const key = first.length < KEY_LETTERS ? '' : first.slice(0, KEY_LETTERS);
      templates.set(key, [...(templates.get(key) ?? []), translation]);
    }
  }
  for (const list of templates.values()) list.sort((a, b) => b.english.weight - a.english.weight);
  return { exact, templates };
}

function bare(text: string): string {
  return text.endsWith('.') || text.endsWith('。') ? text.slice(0, -1) : text;
}

/** A cell is no data: it has a hole of its own. */
function isPure(value: string, hole: Hole | undefined): boolean {
  return hole?.kind !== undefined || !value.includes(CELL_BEGINS);
}

function isOneSentence(value: string): boolean {
  return !SENTENCES.test(value) && !value.includes(CLAUSE);
}

const SENTENCE = '. ';
/** Not behind an abbreviation. */
const SENTENCES = /(?<!\b[a-z]\.[a-z])\. /;
const CLAUSE = '; ';
const LETTER = /\p{L}/u;
