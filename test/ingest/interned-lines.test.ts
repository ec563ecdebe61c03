import { describe, expect, test } from 'vitest';
import { ByteWindow } from '../../src/ingest/byte-window.js';
import { InternedLines } from '../../src/ingest/interned-lines.js';

function windowOf(text: string): ByteWindow {
  const buffer = Buffer.from(text);
  const window = new ByteWindow(buffer);
  window.end = buffer.length;
  return window;
}

/** What is found for each line of a text, and how many of them were parsed. */
function readAll(lines: InternedLines<string>, text: string): (string | undefined)[] {
  const window = windowOf(text);
  const found: (string | undefined)[] = [];
  for (let at = 0; at < window.end; at = lines.next) {
    found.push(lines.find(window, at));
    if (found.at(-1) === undefined) break;
  }
  return found;
}

describe('lines that are known by their bytes', () => {
  let parsed: string[] = [];
  const make = (): InternedLines<string> => {
    parsed = [];
    return new InternedLines((text) => {
      parsed.push(text);
      return `<${text}>`;
    });
  };

  test('are parsed once, in whatever order they come again', () => {
    const lines = make();
    expect(readAll(lines, 'main\nmalloc\n\nmain\nmalloc\nmain\nmain\n')).toEqual(
      ['main', 'malloc', '', 'main', 'malloc', 'main', 'main'].map((text) => `<${text}>`),
    );
    expect(parsed).toEqual(['main', 'malloc', '']);
  });

  test('differ by any byte, length and end', () => {
    const lines = make();
    const texts = ['abcdefgh', 'abcdefgH', 'abcdefg', 'abcdefgh ', 'Abcdefgh', 'abcdefgh\u00e4'];
    const text = `${texts.join('\n')}\n`;
    const all = texts.map((one) => `<${one}>`);
    expect(readAll(lines, `${text}${text}${texts.toReversed().join('\n')}\n`)).toEqual([
      ...all,
      ...all,
      ...all.toReversed(),
    ]);
    expect(parsed).toHaveLength(texts.length);
  });

  test('have a newline inside the window', () => {
    const lines = make();
    expect(readAll(lines, 'main\nmain')).toEqual(['<main>', undefined]);
    const window = windowOf('main\nmain\n');
    window.end = 7;
    expect(lines.find(window, 5)).toBeUndefined();
    expect(lines.find(window, 9)).toBeUndefined();
  });

  test('are told without carriage return and colours', () => {
    expect(readAll(make(), 'main\r\n\x1b[1mmain\x1b[0m\n')).toEqual(['<main>', '<main>']);
  });

  test('are not kept where they are very long, or nothing is to be known of them', () => {
    const long = `${'x'.repeat(5000)}\n`;
    expect(readAll(make(), long)).toEqual([undefined]);
    const lines = new InternedLines((text) => (text === 'other' ? undefined : text));
    expect(readAll(lines, 'main\nother\n')).toEqual(['main', undefined]);
  });

  test('are forgotten where there are too many, and found again', () => {
    const lines = make();
    const text = Array.from({ length: 40_000 }, (_, i) => `frame ${i}\n`).join('');
    expect(readAll(lines, text).at(-1)).toBe('<frame 39999>');
    expect(readAll(lines, 'frame 0\nframe 39999\n')).toEqual(['<frame 0>', '<frame 39999>']);
    expect(parsed).toHaveLength(40_001);
    const wide = Array.from({ length: 2000 }, (_, i) => `${i}${'x'.repeat(3000)}\n`).join('');
    expect(readAll(make(), wide)).toHaveLength(2000);
    expect(parsed).toHaveLength(2000);
  });
});
