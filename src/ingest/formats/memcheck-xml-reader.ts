import { visible } from '../../model/problem.js';
import type { ByteWindow } from '../byte-window.js';
import type { Section, SectionReader } from '../format.js';
import { XmlElements } from '../xml-elements.js';
import { Cuts } from './memcheck-xml-cuts.js';
import { MemcheckXmlDocument } from './memcheck-xml-document.js';
import { XmlFrames } from './memcheck-xml-frames.js';
import type { XmlErrorLines } from './memcheck-xml-line.js';

/**
 * Reads one XML document of memcheck's, with what forked children wrote behind it.
 *
 * The root's own tags are looked for here and not by the XML parser, which sees one element below it after the other:
 * so a document may be cut, or several be mixed up. What breaks ends with the next tag to begin again at.
 */
export class MemcheckXmlReader implements SectionReader {
  private readonly frames = new XmlFrames();
  private readonly ended: MemcheckXmlDocument[] = [];
  private document: MemcheckXmlDocument | undefined;
  private elements: XmlElements | undefined;
  private isDeclared = false;
  /** What is being read: the top element's name; nothing, between elements; or lost, until a tag to begin again at. */
  private state: { readonly element: string } | 'between' | 'lost' = 'between';
  private damage: { count: number; readonly line: number; readonly reason: string } | undefined;
  /** The element that was read last is not whole: with that it is told that the document ends too early. */
  private isTorn = false;
  private hasDocumentType = false;
  private lastLine = 1;

  constructor(
    private readonly section: Section,
    private readonly lines: Pick<XmlErrorLines, 'read'>,
  ) {}

  read(window: ByteWindow): void {
    const cuts = new Cuts(window);
    while (window.position < window.end) {
      if (this.state === 'lost') {
        advance(window, cuts.tag(window.position));
        if (window.position < cuts.reach) this.state = 'between';
      } else if (this.state !== 'between') this.readElement(window, cuts, this.state.element);
      else if (!this.readBetween(window, cuts)) break;
    }
    this.lastLine = Math.max(1, window.line - (window.position === window.end ? 1 : 0));
  }

  end(): void {
    const { state } = this;
    if (typeof state === 'object') {
      this.isTorn = true;
      this.lose(`the text ends inside ${state.element}`, this.document?.elementLine ?? this.lastLine);
    }
    this.endDocument();
    if (this.damage) {
      const { count, line, reason } = this.damage;
      const elements = count === 1 ? 'one that is not' : `${count} that are not, the first here`;
      const message = `expected whole elements of valgrind's XML, found ${elements}: ${visible(reason)}`;
      this.section.problem('error', 'truncated-capture', message, line);
    }
    this.emit();
  }

  /** The next thing below the root, if any; false: this line is no XML of this document's. */
  private readBetween(window: ByteWindow, cuts: Cuts): boolean {
    skipBlanks(window);
    if (window.position === window.end) return true;
    const { position } = window;
    const lineEnd = window.lineEnd();
    const line = window.buffer.toString('latin1', position, Math.min(lineEnd, position + LONGEST_LOOK));
    if (line.startsWith('<!--')) {
      const end = window.buffer.subarray(position, Math.min(window.end, position + LONGEST_COMMENT)).indexOf('-->');
      advance(window, end === -1 ? lineEnd : position + end + 3);
      return true;
    }
    const tag = TOP_TAG.exec(line);
    if (!tag) {
      if (!line.startsWith('<!')) return false;
      this.reportDocumentType(window.line);
      advance(window, lineEnd);
      return true;
    }
    const name = tag[1] ?? '';
    if (name === '?xml ') {
      if (this.isDeclared || this.document || this.ended.length > 0) return this.stopAt(window, position + tag.index);
      this.isDeclared = true;
      const end = line.indexOf('?>', tag.index);
      advance(window, end === -1 ? lineEnd : position + end + 2);
    } else if (name === 'valgrindoutput') {
      if (this.document || this.ended.length > 0) return this.stopAt(window, position + tag.index);
      this.open(window.line).hasBegin = true;
      advance(window, position + tag.index + tag[0].length);
    } else if (name === '/valgrindoutput') {
      if (this.document) this.document.hasEnd = true;
      this.endDocument();
      advance(window, position + tag.index + tag[0].length);
    } else {
      advance(window, position + tag.index);
      if (name === 'error' && this.takeError(window, cuts)) return true;
      this.beginElement(window, name);
      this.readElement(window, cuts, name);
    }
    return true;
  }

  /** A document of its own begins: the text before it in the line is passed over, the rest is the next section's. */
  private stopAt(window: ByteWindow, position: number): false {
    advance(window, position);
    return false;
  }

  private open(line: number): MemcheckXmlDocument {
    this.document = new MemcheckXmlDocument(this.section, this.frames, line);
    this.elements = undefined;
    return this.document;
  }

  /** Takes an error whose lines are all in the usual form, without the XML parser. */
  private takeError(window: ByteWindow, cuts: Cuts): boolean {
    const from = window.position + ERROR.length;
    // Only behind the last tag of a stretch: each other would have it searched again.
    if (cuts.behindError(from) === cuts.reach && cuts.tag(from) === cuts.reach) cuts.beginAt(from);
    const end = cuts.behindError(from);
    if (end === cuts.reach || cuts.tag(from) < end) return false;
    const document = this.document ?? this.open(window.line);
    document.elementLine = window.line;
    document.begin('error');
    const lines = this.lines.read(window, from, end, document);
    if (lines === undefined) {
      document.abandonElement();
      return false;
    }
    document.end('error', '');
    this.isTorn = false;
    window.position = end;
    window.line += lines;
    return true;
  }

  private beginElement(window: ByteWindow, name: string): void {
    const document = this.document ?? this.open(window.line);
    document.elementLine = window.line;
    this.isTorn = false;
    this.elements ??= new XmlElements(document);
    this.elements.write(`<${name}>`);
    advance(window, window.position + name.length + 2);
    this.state = { element: name };
  }

  private readElement(window: ByteWindow, cuts: Cuts, name: string): void {
    const { elements, document } = this;
    if (!elements || !document) return;
    const { position } = window;
    const cut = cuts.tag(position);
    // An error is a long piece that ends in one way; the others are short, or hold what they like.
    const wanted = name === 'error' ? cuts.behindError(position) : Math.min(window.lineEnd() + 1, window.end);
    const end = Math.min(cut, wanted);
    elements.write(plainXml(window.buffer.toString('utf8', position, end)));
    advance(window, end);
    if (elements.fault !== undefined) this.abandon(elements.fault, 'lost');
    else if (elements.depth === 0) this.state = 'between';
    else if (end === cut && cut < cuts.reach) this.abandon(`${name} does not end before the next begins`, 'between');
  }

  private abandon(reason: string, state: 'lost' | 'between'): void {
    this.isTorn = true;
    this.lose(reason, this.document?.elementLine ?? 0);
    this.document?.abandonElement();
    this.elements = undefined;
    this.state = state;
  }

  private lose(reason: string, line: number): void {
    if (this.damage) this.damage.count++;
    else this.damage = { count: 1, line, reason };
  }

  private endDocument(): void {
    const { document } = this;
    if (document) this.ended.push(document);
    this.document = undefined;
    this.elements = undefined;
  }

  private emit(): void {
    const [first, ...others] = this.ended;
    if (!first) {
      this.reportIncomplete('anything of a process', 'nothing');
      return;
    }
    const commands = new Set(this.ended.flatMap(({ command }) => (command === undefined ? [] : [command])));
    const only = commands.size === 1 ? [...commands][0] : undefined;
    // With several ends in one file, nothing says which process a part of it is about.
    const isShared = others.length > 0 || first.ends > 1;
    for (const document of this.ended) {
      if (document.otherTool !== undefined) {
        const message = `expected memcheck's XML, found that of ${visible(document.otherTool.slice(0, 80))}: it tells no lost memory`;
        this.section.problem('error', 'refused-format', message, document.line);
      } else if (!document.isEmpty) {
        this.section.emit(document.reading(isShared ? undefined : document.pid, document.command ?? only));
      }
    }
    if (!first.hasBegin) this.reportIncomplete('the begin of the document', 'an element of it');
    else if (isShared) this.reportIncomplete('the XML of one process', "that of several, without their children's ids");
    else if (this.isTorn) return;
    else if (!first.hasEnd)
      this.reportIncomplete('</valgrindoutput>', 'the end of the log: the process was killed or the log is cut');
    else if (first.ends === 0) this.reportIncomplete('<state>FINISHED</state>', 'none: the log is not whole');
  }

  private reportDocumentType(line: number): void {
    if (this.hasDocumentType) return;
    this.hasDocumentType = true;
    const message = 'expected no document type, found one: it is not read, and none of its entities are';
    this.section.problem('warning', 'bad-value', message, line);
  }

  private reportIncomplete(expected: string, found: string): void {
    this.section.problem('warning', 'incomplete-log', `expected ${expected}, found ${found}`, this.lastLine);
  }
}

/** In a line of program output, a tag of valgrind's is looked for this far. */
const LONGEST_LOOK = 4096;

// What may stand below the root. clientmsg and the summaries are of protocol 6.
/** Valgrind writes none: who keeps a document notes in it where it is from. */
const LONGEST_COMMENT = 4096;

const TOP_TAG =
  /<(\?xml |\/?valgrindoutput(?=>)|(?:protocolversion|protocoltool|preamble|pid|ppid|tool|logfilequalifier|usercomment|args|status|error|fatal_signal|errorcounts|suppcounts|announcethread|clientmsg|heap_summary|all_heap_blocks_freed|leak_summary|error_summary|suppression)(?=>))>?/;

/** Text without what XML forbids and captures hold: colours and control characters. */
function plainXml(text: string): string {
  return FORBIDDEN.test(text) ? text.replace(ESCAPES, '').replaceAll(FORBIDDEN_ALL, '\ufffd') : text;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const FORBIDDEN = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/;
const FORBIDDEN_ALL = new RegExp(FORBIDDEN, 'g');
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const ESCAPES = /\x1b\[[\d;]{0,20}[A-Za-z]/g;

const ERROR = '<error>';
const NEWLINE = 10;
const BLANK = 32;

/** Moves the window on and counts the lines on the way. */
function advance(window: ByteWindow, to: number): void {
  const { buffer } = window;
  for (let at = window.position; at < to; at++) if (buffer[at] === NEWLINE) window.line++;
  // The last line of a file may have no newline; elsewhere a window ends after one.
  if (to === window.end && to > window.position && buffer[to - 1] !== NEWLINE) window.line++;
  window.position = to;
}

/** Skips blanks and the lines that hold nothing else. */
function skipBlanks(window: ByteWindow): void {
  const { buffer, end } = window;
  let at = window.position;
  let isWholeLine = at === 0 || buffer[at - 1] === NEWLINE;
  for (; at < end && (buffer[at] as number) <= BLANK; at++) {
    if (buffer[at] !== NEWLINE && at + 1 < end) continue;
    window.line++;
    if (isWholeLine) window.ignored++;
    isWholeLine = true;
  }
  window.position = at;
}
