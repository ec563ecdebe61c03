import { describe, expect, it } from 'vitest';
import { PathInterner } from '../../src/ingest/path-interner.js';

describe('names', () => {
  it('have one number each, however many there are', () => {
    const interner = new PathInterner();
    const names = Array.from({ length: 5000 }, (_, i) => `/opt/demo/lib/library-${i}.so.${i % 7}`);
    const numbers = names.map((name) => interner.internText(name));
    expect(new Set(numbers).size).toBe(names.length);
    expect(names.map((name) => interner.internText(name))).toEqual(numbers);
    expect(numbers.map((number) => interner.names[number])).toEqual(names);
  });

  it('that are no UTF-8 are kept apart by their bytes', () => {
    const interner = new PathInterner();
    const [first, second] = [0xfe, 0xff].map((byte) => interner.intern(Uint8Array.of(47, byte), 0, 2));
    expect(first).not.toBe(second);
    expect(interner.names.slice(1)).toEqual(['/\ufffd', '/\ufffd']);
  });
});

describe('where the line of a name ends', () => {
  const interner = new PathInterner();
  const id = interner.internText('/opt/demo/a.so');
  const lineEnd = (text: string, number = id, end = text.length): number => {
    const bytes = Buffer.from(text, 'latin1');
    return interner.lineEnd(number, new DataView(bytes.buffer, bytes.byteOffset, bytes.length), 0, end);
  };

  it.each([
    ['/opt/demo/a.so\nSize:', 14],
    ['/opt/demo/a.so\r\nSize:', 14],
    ['/opt/demo/a.so\rSize:\n', -1],
    ['/opt/demo/a.so', -1],
    ['/opt/demo/a.so\r', -1],
    ['/opt/demo/a.so.1\n', -1],
    ['/opt/demo/b.so\n', -1],
    ['/Opt/demo/a.so\n', -1],
    ['/opt/demo/a.s\n', -1],
  ])('is told for %j', (text, end) => {
    expect(lineEnd(text)).toBe(end);
  });

  it('is not told by what lies behind the end of the text', () => {
    expect(lineEnd('/opt/demo/a.so\n', id, 14)).toBe(-1);
    expect(lineEnd('/opt/demo/a.so\r\n', id, 15)).toBe(-1);
  });

  it('is where it begins for an area without a name', () => {
    expect(lineEnd('\nSize:', 0)).toBe(0);
    expect(lineEnd('/opt\n', 0)).toBe(-1);
  });
});
