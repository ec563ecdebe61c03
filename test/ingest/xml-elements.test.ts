import { describe, expect, it } from 'vitest';
import { DEEPEST_ELEMENT, LONGEST_TEXT, XmlElements } from '../../src/ingest/xml-elements.js';

function read(...pieces: string[]): { events: string[]; fault: string | undefined; depth: number } {
  const events: string[] = [];
  const elements = new XmlElements({
    begin: (name) => events.push(`<${name}>`),
    end: (name, text) => events.push(`${text}</${name}>`),
  });
  for (const piece of pieces) elements.write(piece);
  return { events, fault: elements.fault, depth: elements.depth };
}

describe('XmlElements', () => {
  it('reads one element after the other, wherever the text is cut into pieces', () => {
    const text = '<a>\n <b>x &lt; &#65; &amp;</b>\n</a>\n<c/> between <d>1</d>';
    const { events, fault, depth } = read(text);
    expect(events).toEqual(['<a>', '<b>', 'x < A &</b>', '\n</a>', '<c>', '</c>', '<d>', '1</d>']);
    expect({ fault, depth }).toEqual({ fault: undefined, depth: 0 });
    expect(read(...Array.from(text)).events).toEqual(events);
  });

  it('says at once what is not well-formed, and takes nothing more', () => {
    const { events, fault } = read('<a></b>', '<c></c>');
    expect(events).toEqual(['<a>']);
    expect(fault).toMatch(/unexpected close tag/);
  });

  it("ends no element by another's tag", () => {
    expect(read('<a><b>x</b>y</c></a>').events).toEqual(['<a>', '<b>', 'x</b>']);
    expect(read('<a><b>x</a>').events).toEqual(['<a>', '<b>']);
  });

  it.each([
    ['an entity', '<a>&lol;</a>', /undefined entity/],
    ['a document type', '<!DOCTYPE a [<!ENTITY lol "lol">]><a>&lol;</a>', /doctype/],
    ['an external entity', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>', /doctype/],
  ])('reads no %s', (_name, text, reason) => {
    const { events, fault } = read(text);
    expect(fault).toMatch(reason);
    expect(events.join('')).not.toContain('</a>');
  });

  it('stops at the deepest nesting', () => {
    const nested = '<a>'.repeat(DEEPEST_ELEMENT);
    expect(read(nested).fault).toBeUndefined();
    expect(read(nested, '<a>').fault).toMatch(/deeper than 256/);
  });

  it.each(['<a>', '<a x="', '<!--', '<a><![CDATA['])('gathers no endless text after %s', (start) => {
    const pieces = Array.from({ length: 40 }, () => 'x'.repeat(LONGEST_TEXT / 16));
    expect(read(start, ...pieces.slice(0, 16)).fault).toBeUndefined();
    expect(read(start, ...pieces).fault).toMatch(/longer than 1048576/);
  });
});
