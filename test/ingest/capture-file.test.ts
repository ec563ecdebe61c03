import { createWriteStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createGzip, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { totalsOf } from '../../src/model/memory.js';
import { captureTree, type ReadCaptures, readCaptures, readFile } from './capture-tree.js';
import { processText } from './smaps-text.js';

const ONE = processText(100);
const TWO = ONE + processText(200);

/** What was read of a file: status, and the Rss of each snapshot in kB. */
function outline({ files, snapshots, problems }: ReadCaptures): unknown {
  return {
    status: files[0]?.status,
    rss: snapshots.map(({ table }) => (totalsOf(table).rss ?? Number.NaN) / 1024),
    errors: problems.filter(({ severity }) => severity === 'error').map(({ code }) => code),
  };
}

const WHOLE = { status: 'read', rss: [112], errors: [] };

describe('a capture file', () => {
  it('may be packed with gzip, whatever its name', async () => {
    expect(outline(await readFile(gzipSync(ONE), 'smaps.txt'))).toEqual(WHOLE);
    expect(outline(await readFile(ONE, 'smaps.gz'))).toEqual(WHOLE);
  });

  it('may consist of several gzip members', async () => {
    const packed = Buffer.concat([gzipSync(TWO.slice(0, 700)), gzipSync(''), gzipSync(TWO.slice(700))]);
    expect(outline(await readFile(packed))).toEqual({ status: 'read', rss: [112, 212], errors: [] });
  });

  it('keeps what is whole of gzip data that was cut', async () => {
    // Incompressible names, so that half the file is half the text.
    const text = Array.from({ length: 40 }, (_, i) => processText(i, `/opt/${Math.sin(i).toString(36)}`)).join('');
    const packed = gzipSync(text);
    const read = await readFile(packed.subarray(0, packed.length / 2));
    expect(read.files[0]?.status).toBe('partial');
    expect(read.snapshots.length).toBeGreaterThan(5);
    expect(read.snapshots.filter(({ truncated }) => truncated).length).toBeLessThanOrEqual(1);
    expect(read.problems.filter(({ code }) => code === 'damaged-compression')).toHaveLength(1);
  });

  it('reports gzip data with a wrong byte, whatever the byte', async () => {
    const packed = gzipSync(TWO);
    for (let at = 2; at < packed.length; at += 7) {
      const damaged = Buffer.from(packed);
      damaged[at] = (damaged[at] ?? 0) ^ 0x40;
      const { files, problems } = await readFile(damaged);
      const told = problems.some(({ code }) => code === 'damaged-compression');
      // The header's time, name and system may be anything.
      expect(told || (at < 10 && files[0]?.status === 'read'), `byte ${at}`).toBe(true);
    }
  });

  it('that only begins like gzip is refused', async () => {
    expect(outline(await readFile(Buffer.from([0x1f, 0x8b])))).toEqual({
      status: 'refused',
      rss: [],
      errors: ['damaged-compression'],
    });
  });

  it.each([
    ['zeros', Buffer.alloc(1 << 20), 'refused', 'over-limit'],
    ['one endless line', Buffer.alloc(1 << 20, 'a'), 'refused', 'over-limit'],
    ['empty lines', Buffer.alloc(1 << 20, '\n'), 'ignored', undefined],
  ])('of 1 GiB of %s, packed, costs little', async (_, block, status, code) => {
    const root = captureTree({});
    const blocks = Readable.from(Array.from({ length: 1024 }, () => block));
    await pipeline(
      blocks,
      createGzip({ level: constants.Z_BEST_COMPRESSION }),
      createWriteStream(join(root, 'bomb.gz')),
    );
    const started = performance.now();
    const { files, problems } = await readCaptures(root);
    expect(performance.now() - started).toBeLessThan(3000);
    expect(files).toMatchObject([{ status }]);
    expect(problems.some((problem) => problem.code === code)).toBe(code !== undefined);
  });

  it.each([
    ['UTF-16LE with its mark', Buffer.from(`\ufeff${ONE}`, 'utf16le')],
    ['UTF-16LE', Buffer.from(ONE, 'utf16le')],
    ['UTF-16BE with its mark', Buffer.from(`\ufeff${ONE}`, 'utf16le').swap16()],
    ['UTF-16BE', Buffer.from(ONE, 'utf16le').swap16()],
    ['UTF-16LE with CRLF', Buffer.from(`\ufeff${ONE.replaceAll('\n', '\r\n')}`, 'utf16le')],
    ['UTF-8 with its mark', Buffer.from(`\ufeff${ONE}`)],
    ['packed UTF-16', gzipSync(Buffer.from(`\ufeff${ONE}`, 'utf16le'))],
  ])('may be %s', async (_, content) => {
    expect(outline(await readFile(content))).toEqual(WHOLE);
  });

  it('may be UTF-16 that breaks off inside a character', async () => {
    const read = await readFile(Buffer.from(ONE, 'utf16le').subarray(0, -1));
    expect(read.snapshots).toHaveLength(1);
  });

  it.each([
    ['an ELF file', Buffer.from(`\x7fELF\x02\x01\x01${'\0'.repeat(57)}`, 'latin1')],
    ['random bytes', Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * i * 31 + i) % 256))],
    ['an empty file', Buffer.alloc(0)],
    ['blank lines', Buffer.from('\n\n \n')],
    ['prose', Buffer.from('The meeting is at 21:00.\nBring your smaps.\n')],
    ['a git-lfs pointer', Buffer.from('version https://git-lfs.github.com/spec/v1\noid sha256:abc\nsize 12\n')],
    ['a packed ELF file', gzipSync(Buffer.from(`\x7fELF\x02\x01\x01${'\0'.repeat(57)}`, 'latin1'))],
  ])('that is %s is ignored', async (_, content) => {
    expect(outline(await readFile(content))).toEqual({ status: 'ignored', rss: [], errors: [] });
  });

  it.each([
    ['xz', Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00, 0, 4])],
    ['zst', Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 4])],
    ['bz2', Buffer.from('BZh91AY&SY')],
    ['zip', Buffer.from([0x50, 0x4b, 0x03, 0x04, 20, 0])],
  ])('that only begins like %s is refused', async (_, content) => {
    const { files, problems } = await readFile(content);
    expect(files).toMatchObject([{ status: 'refused', bytes: content.length }]);
    expect(problems).toMatchObject([{ code: 'damaged-compression', severity: 'error' }]);
  });

  it('may hold some NULs and colours', async () => {
    expect(outline(await readFile(`\0\0${ONE.replace('VmFlags', '\x1b[1mVmFlags')}`))).toEqual(WHOLE);
  });

  it('is left as it was', async () => {
    const root = captureTree({ smaps: ONE });
    await readCaptures(root);
    expect(readFileSync(join(root, 'smaps'), 'utf8')).toBe(ONE);
  });
});
