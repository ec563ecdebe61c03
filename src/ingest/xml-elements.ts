import { SaxesParser } from 'saxes';

/** Deeper nesting than this is refused: valgrind's own is 5. */
export const DEEPEST_ELEMENT = 256;
/** The longest text, tag or comment without an element's begin or end in it. */
export const LONGEST_TEXT = 1024 * 1024;

/** Who takes the elements. */
export interface ElementSink {
  begin(name: string): void;
  /** `text`: what stands directly in the element, before its last child or its end. */
  end(name: string, text: string): void;
}

/**
 * Reads elements of XML, one after the other, from text in pieces of any length.
 *
 * Text between them is passed over. No entities but XML's own five exist here, and no document types. What is not
 * well-formed sets `fault`; from there on all is passed over, and a new reader has to be made.
 */
export class XmlElements {
  /** Why it cannot go on. */
  fault: string | undefined;
  /** How many elements are open. */
  depth = 0;
  private readonly parser = new SaxesParser({ fragment: true, position: false });
  private text = '';
  /** The element that ended last, not yet told: saxes finds only then that the tag was another element's. */
  private ended: string | undefined;
  /** Characters since an element began or ended: saxes gathers them, whatever their number. */
  private unbroken = 0;

  constructor(private readonly sink: ElementSink) {
    this.parser.on('opentag', ({ name }) => {
      if (this.fault !== undefined) return;
      this.tellEnd();
      this.unbroken = 0;
      this.text = '';
      if (++this.depth > DEEPEST_ELEMENT) this.fault = `elements nested deeper than ${DEEPEST_ELEMENT}`;
      else sink.begin(name);
    });
    this.parser.on('closetag', ({ name }) => {
      if (this.fault !== undefined) return;
      this.tellEnd();
      this.unbroken = 0;
      this.depth--;
      this.ended = name;
    });
    this.parser.on('text', (text) => {
      if (this.fault === undefined) this.tellEnd();
      this.text = text;
    });
    this.parser.on('error', (error) => {
      this.fault ??= error.message;
    });
  }

  write(text: string): void {
    if (this.fault !== undefined) return;
    this.unbroken += text.length;
    this.parser.write(text);
    if (this.fault === undefined) this.tellEnd();
    if (this.unbroken > LONGEST_TEXT + text.length) this.fault ??= `text longer than ${LONGEST_TEXT} characters`;
  }

  private tellEnd(): void {
    if (this.ended === undefined) return;
    const name = this.ended;
    this.ended = undefined;
    this.sink.end(name, this.text);
    this.text = '';
  }
}
