import type { ByteWindow } from '../byte-window.js';
import { InternedLines } from '../interned-lines.js';
import type { ElementSink } from '../xml-elements.js';

/** What a line in an `<error>` says, as valgrind prints it: one tag, one element without others in it, or nothing. */
type XmlLine =
  | { readonly type: 'begin' | 'end'; readonly name: string }
  | { readonly type: 'leaf'; readonly name: string; readonly text: string }
  | { readonly type: 'blank' };

/**
 * The lines of a run's `<error>`s, by their bytes: most of them are equal. What they say is what an XML parser would
 * tell of them; lines of any other form are left to one.
 */
export class XmlErrorLines {
  private readonly lines = new InternedLines(xmlLineOf, (window, from, to) => window.buffer.toString('utf8', from, to));
  private readonly open: string[] = [];

  /**
   * Tells the elements between the tags of an `<error>`, and returns how many lines these are; undefined: they are not
   * all in the usual form, and what was told of them is to be forgotten.
   *
   * @param to behind `</error>`
   */
  read(window: ByteWindow, from: number, to: number, sink: ElementSink): number | undefined {
    const { lines, open } = this;
    open.length = 0;
    let count = 0;
    for (let at = from; ; at = lines.next) {
      const line = lines.find(window, at);
      if (!line) return undefined;
      if (line.type === 'begin') {
        open.push(line.name);
        sink.begin(line.name);
      } else if (line.type === 'leaf') {
        sink.begin(line.name);
        sink.end(line.name, line.text);
      } else if (line.type === 'end') {
        if (open.length === 0) return line.name === 'error' && at < to && to <= lines.next ? count : undefined;
        if (open.pop() !== line.name) return undefined;
        sink.end(line.name, '');
      }
      count++;
    }
  }
}

/** Elements with others in them. Of these no text is used, so that it need not be told. */
const PARENTS = 'stack|frame|xwhat|xauxwhat';
const TAG = new RegExp(`^[ \\t]*<(?:(${PARENTS})|/(${PARENTS}|error))>[ \\t]*$`);
const LEAF = new RegExp(`^[ \\t]*<(?!(?:${PARENTS}|error)>)([a-z]+)>([^<]*)</\\1>[ \\t]*$`);

function xmlLineOf(raw: string): XmlLine | undefined {
  const text = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
  if (UNUSUAL.test(text)) return undefined;
  if (BLANK.test(text)) return { type: 'blank' };
  const [, begin, end] = TAG.exec(text) ?? [];
  if (begin !== undefined) return { type: 'begin', name: begin };
  if (end !== undefined) return { type: 'end', name: end };
  const [, name, content] = LEAF.exec(text) ?? [];
  return name === undefined || content === undefined ? undefined : { type: 'leaf', name, text: decoded(content) };
}

const BLANK = /^[ \t]*$/;

/** Control characters, which XML forbids or reads as line ends, other entities than XML's own, and what ends CDATA. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const UNUSUAL = /[\0-\x08\n-\x1f\ufffe\uffff]|&(?!(?:lt|gt|amp|quot|apos);)|\]\]>/;

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function decoded(text: string): string {
  return text.includes('&') ? text.replace(/&(\w+);/g, (whole, name: string) => ENTITIES[name] ?? whole) : text;
}
