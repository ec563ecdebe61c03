import { describe, expect, it } from 'vitest';
import { VmaHeader } from '../../src/ingest/vma-header.js';
import { EXECUTE, READ, SHARED } from '../../src/model/vma-table.js';

function read(line: string, behind = ''): (VmaHeader & { path: string }) | undefined {
  const header = new VmaHeader();
  const bytes = Buffer.from(line + behind, 'latin1');
  if (!header.read(bytes, 0, line.length)) return undefined;
  return Object.assign(header, { path: line.slice(header.pathStart) });
}

describe('the header of a VMA', () => {
  it.each([
    ['00008000-0000a000 r-xs 00002000 b3:02 1234', 0x8000, 0xa000, 0x2000],
    ['8000-a000 r-xs 2000 b3:02 1234', 0x8000, 0xa000, 0x2000],
    ['7f3a5c001000-7f3a5c022000 r-xs 123456789 fe:00 1234', 0x7f3a5c001000, 0x7f3a5c022000, 0x123456789],
    ['ffffffffff600000-ffffffffff601000 r-xs 00000000 00:00 1234', 2 ** 64 - 0xa00000, 2 ** 64 - 0x9ff000, 0],
  ])('has its numbers: %s', (line, start, end, offset) => {
    const numbers = { start, end, offset, inode: 1234, permissions: READ | EXECUTE | SHARED, path: '' };
    for (const behind of ['', 'f', '5f', '\n', ' /x']) expect(read(line, behind)).toMatchObject(numbers);
  });

  it.each(['', ' ', '\t', ' '.repeat(20)])('may have its path behind %j', (blanks) => {
    const known = '7f3a5c001000-7f3a5c022000 r--p 00000000 fe:00 1234';
    const path = blanks === '' ? '' : `/opt/demo/${'a'.repeat(40)}`;
    expect(read(`${known}${blanks}${path}`)?.path).toBe(path);
  });

  it('may have a name that begins with blanks in its column', () => {
    const known = '7f3a5c001000-7f3a5c022000 r--p 00000000 fe:00 1234'.padEnd(73);
    expect(read(`${known}  name`)?.path).toBe('  name');
  });

  it('ends where its line does', () => {
    const line = '7f3a5c001000-7f3a5c022000 r--p 00000000 fe:00 1234';
    for (const end of ['\nSize:', '\r\nSize:']) expect(read(`${line}${end}`)?.pathStart).toBe(line.length);
    expect(read(`${line}\rSize:`)).toBeUndefined();
  });

  it.each([
    '7f3a5c001000-7f3a5c022000 r--p 00000000 fe:00 ',
    '7f3a5c001000-7f3a5c022000 r--q 00000000 fe:00 1234',
    '7f3a5c001000-7f3a5c022000 r--p 00000000 fe00 1234',
    '7f3a5c001000-7F3A5C022000 r--p 00000000 fe:00 1234',
    '007f3a5c001000000-7f3a5c022000 r--p 00000000 fe:00 1234',
    '7f3a5c001000-07f3a5c0220000000 r--p 00000000 fe:00 1234',
    '7f3a5c001000-7f3a5c022000 r--p 00000000 fe:00 1234x',
    'Size:                  4 kB',
    'f',
  ])('is no other line: %s', (line) => {
    expect(read(line)).toBeUndefined();
  });
});
