import { describe, expect, test } from 'vitest';
import { ByteWindow } from '../../../src/ingest/byte-window.js';
import { captureFormats } from '../../../src/ingest/formats/index.js';
import { memcheckXml } from '../../../src/ingest/formats/memcheck-xml.js';
import { XmlErrorLines } from '../../../src/ingest/formats/memcheck-xml-line.js';
import { MemcheckXmlReader } from '../../../src/ingest/formats/memcheck-xml-reader.js';
import { RunMemory } from '../../../src/ingest/run-memory.js';
import { readBytes } from '../../fuzz/read-bytes.js';

const USUAL = `<error>
  <unique>0x1</unique>
  <kind>Leak_DefinitelyLost</kind>
  <xwhat>
    <text>24 bytes in 1 blocks are definitely lost in loss record 1 of 1</text>
    <leakedbytes>24</leakedbytes>
  </xwhat>
  <stack>
    <frame>
      <ip>0x48417B4</ip>
      <fn>std::vector&lt;a&amp;&gt;::grow()</fn>
      <dir>/opt/demo</dir>
      <file>leak.c</file>
      <line>29</line>
    </frame>
  </stack>
</error>`;

/** What is read of it line by line, as begins and ends; undefined: it is left to the XML parser. */
function toldOf(error: string): string[] | undefined {
  const buffer = Buffer.from(`${error}\n`);
  const window = new ByteWindow(buffer);
  window.end = buffer.length;
  const told: string[] = [];
  const sink = {
    begin: (name: string) => told.push(name),
    end: (name: string, text: string) => told.push(`/${name} ${text}`),
  };
  const to = buffer.length - 1;
  return new XmlErrorLines().read(window, '<error>'.length, to, sink) === undefined ? undefined : told;
}

describe('an error in the usual form', () => {
  test('is told element by element, as by an XML parser', () => {
    expect(toldOf(USUAL)?.slice(0, 7)).toEqual([
      'unique',
      '/unique 0x1',
      'kind',
      '/kind Leak_DefinitelyLost',
      'xwhat',
      'text',
      '/text 24 bytes in 1 blocks are definitely lost in loss record 1 of 1',
    ]);
    expect(toldOf(USUAL)).toContain('/fn std::vector<a&>::grow()');
    expect(toldOf(USUAL.replaceAll('\n', '\r\n'))).toEqual(toldOf(USUAL));
  });
});

describe('an error in another form', () => {
  const all: Readonly<Record<string, string>> = {
    'a reference to a character': USUAL.replace('&lt;', '&#60;'),
    'an entity of a document type': USUAL.replace('&lt;', '&less;'),
    'a lone ampersand': USUAL.replace('&lt;', '& '),
    CDATA: USUAL.replace('leak.c', '<![CDATA[leak.c]]>'),
    'an end of CDATA': USUAL.replace('leak.c', 'leak]]>c'),
    'a comment': USUAL.replace('<stack>', '<!-- <frame> -->\n<stack>'),
    'an attribute': USUAL.replace('<fn>', '<fn a="b">'),
    'a blank in a tag': USUAL.replace('<fn>', '<fn >'),
    'an empty tag': USUAL.replace(/<dir>.*<\/dir>/, '<dir/>'),
    'two elements in a line': USUAL.replace('</dir>\n', '</dir>'),
    'text of two lines': USUAL.replace('leak.c', 'leak\n.c'),
    'a tag of a line of its own': USUAL.replace('<fn>', '<fn>\n'),
    'an end that is missing': USUAL.replace('</frame>\n', ''),
    'an end too many': USUAL.replace('</frame>\n', '</frame>\n</frame>\n'),
    'ends in the wrong order': USUAL.replace('</frame>\n  </stack>', '</stack>\n  </frame>'),
    'text between elements': USUAL.replace('<dir>', 'output of the program\n<dir>'),
    'a control character': USUAL.replace('leak.c', 'leak\u0001.c'),
    'a carriage return in a text': USUAL.replace('leak.c', 'leak\r.c'),
  };

  test.each(Object.entries(all))('is left to the XML parser: %s', async (_what, error) => {
    expect(toldOf(error)).toBeUndefined();
    const bytes = Buffer.from(
      `<?xml version="1.0"?>\n<valgrindoutput>\n<protocoltool>memcheck</protocoltool>\n${USUAL}\n${error}\n${USUAL}\n</valgrindoutput>\n`,
    );
    const byParser = captureFormats.map((format) =>
      format === memcheckXml
        ? {
            ...format,
            open: (section: ConstructorParameters<typeof MemcheckXmlReader>[0]) =>
              new MemcheckXmlReader(section, { read: () => undefined }),
          }
        : format,
    );
    expect(await readBytes(bytes)).toEqual(await readBytes(bytes, new RunMemory(), byParser));
  });
});
