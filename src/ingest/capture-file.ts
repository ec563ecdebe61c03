import { type ByteSource, DamagedSource, fileSource, gzipSource, prependedSource, utf16Source } from './byte-source.js';

/** A capture file opened for reading as text, or the reason why it is not text. */
export type OpenedFile = { readonly source: ByteSource } | { readonly refused: string } | { readonly ignored: string };

/** How many bytes are looked at to tell text from something else. */
const SNIFFED_BYTES = 4096;

/**
 * Opens a file by what its first bytes say, never by its name: gzip is inflated, UTF-16 decoded, a byte order mark
 * left out. Other packings are refused with a hint, binaries ignored.
 * @throws the system's error where the file cannot be opened or read.
 */
export async function openCaptureFile(path: string): Promise<OpenedFile> {
  const plain = fileSource(path);
  const magic = Buffer.alloc(SNIFFED_BYTES);
  const count = await plain.read(magic, 0);
  const start = magic.subarray(0, count);
  if (start[0] === 0x1f && start[1] === 0x8b) {
    plain.close();
    const inflated = gzipSource(path);
    return openText(inflated, await readFirst(inflated));
  }
  const packing = PACKINGS.find(({ bytes }) => start.subarray(0, bytes.length).equals(bytes));
  if (packing) {
    plain.close();
    return { refused: `${packing.name} is not read: unpack it first (${packing.hint})` };
  }
  return openText(plain, start);
}

const PACKINGS = [
  { name: 'an xz file', bytes: Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]), hint: 'xz -dk FILE' },
  { name: 'a Zstandard file', bytes: Buffer.from([0x28, 0xb5, 0x2f, 0xfd]), hint: 'zstd -dk FILE' },
  { name: 'a bzip2 file', bytes: Buffer.from('BZh'), hint: 'bzip2 -dk FILE' },
  { name: 'a zip archive', bytes: Buffer.from([0x50, 0x4b, 0x03, 0x04]), hint: 'unzip FILE' },
];

async function readFirst(source: ByteSource): Promise<Buffer> {
  const buffer = Buffer.alloc(SNIFFED_BYTES);
  let length = 0;
  while (length < SNIFFED_BYTES) {
    // Damage this early is told again to whoever reads on.
    const count = await Promise.resolve(source.read(buffer, length)).catch(endOfDamaged);
    if (count === 0) break;
    length += count;
  }
  return buffer.subarray(0, length);
}

function endOfDamaged(error: unknown): number {
  if (error instanceof DamagedSource) return 0;
  throw error;
}

function openText(source: ByteSource, start: Buffer): OpenedFile {
  if (start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf) {
    return { source: prependedSource(start.subarray(3), source) };
  }
  const utf16 = utf16Of(start);
  if (utf16) return { source: utf16Source(prependedSource(start, source), utf16) };
  if (isBinary(start)) {
    source.close();
    return { ignored: 'binary data' };
  }
  return { source: prependedSource(start, source) };
}

/** By its byte order mark, or by zeros in every other byte of the first hundred (PowerShell may leave the mark out). */
function utf16Of(start: Buffer): 'utf-16le' | 'utf-16be' | undefined {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le';
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be';
  const looked = Math.min(100, start.length & ~1);
  if (looked < 16) return undefined;
  let even = 0;
  let odd = 0;
  for (let i = 0; i < looked; i += 2) {
    if (start[i] === 0) even++;
    if (start[i + 1] === 0) odd++;
  }
  const most = looked / 2 - 2;
  if (odd >= most && even === 0) return 'utf-16le';
  if (even >= most && odd === 0) return 'utf-16be';
  return undefined;
}

/** Text has some NULs (serial consoles, glued program output) and escapes, but not many. */
function isBinary(start: Buffer): boolean {
  let controls = 0;
  for (const byte of start) if (byte < 9 || (byte > 13 && byte < 32 && byte !== 27)) controls++;
  return start.length > 0 && controls > start.length / 10;
}
