import { Allowance, countedSource, limitedSource } from './archives/allowance.js';
import type { Archive } from './archives/archive.js';
import { KeptBytes } from './archives/kept-bytes.js';
import { packings } from './archives/packings.js';
import { isTar, isZip } from './archives/signatures.js';
import {
  type ByteSource,
  DamagedSource,
  fileSource,
  lineFedSource,
  OverLimit,
  prependedSource,
  utf16Source,
} from './byte-source.js';
import { LIMITS } from './limits.js';

/** A file opened for reading as text, an archive of files, or the reason why it is neither. */
export type OpenedFile =
  | { readonly source: ByteSource }
  | OpenedArchive
  | { readonly overLimit: string }
  | { readonly ignored: string };

export interface OpenedArchive {
  readonly archive: Archive;
  readonly level: Level;
  /** The archive once more, after a first walk, where what was unpacked is kept. */
  readonly again?: () => Promise<OpenedArchive> | undefined;
}

/** How deep inside packings and archives something lies, and what they may still give. */
export interface Level {
  readonly depth: number;
  readonly allowance: Allowance;
}

/** Bytes as they are stored: on disk, or in an archive. */
export interface StoredFile extends Level {
  readonly source: ByteSource;
  /** Where they are a file of their own. */
  readonly path?: string;
  /** How many bytes on disk were needed for what was read so far, or a few more. */
  readonly taken: () => number;
  /** Known to be text, however it begins: the NULs of a cmdline look like binary data or UTF-16. */
  readonly isText?: boolean;
}

/** How many bytes are looked at to tell text from something else. */
const SNIFFED_BYTES = 4096;
/** Most files of an archive of /proc are smaller: to make room for more costs more than to read them. */
const SMALL_BYTES = 2048;
/** How much of packed data that looks binary is unpacked to see whether it is damaged. */
const LOOKED_FOR_DAMAGE = 1 << 20;

/**
 * Opens a file by what its first bytes say, never by its name: what is packed is unpacked as it is read, UTF-16
 * decoded, a byte order mark left out. Binaries are ignored.
 * @throws the system's error where the file cannot be opened or read.
 */
export async function openCaptureFile(path: string, isText = false): Promise<OpenedFile> {
  const source = countedSource(fileSource(path));
  return openStoredFile({ source, path, taken: source.count, isText, depth: 0, allowance: new Allowance() });
}

/** The same for bytes that are stored somewhere. */
export async function openStoredFile(file: StoredFile): Promise<OpenedFile> {
  const start = await readStart(file.source, SNIFFED_BYTES);
  const stored = { ...file, source: prependedSource(start, file.source) };
  if (isZip(start)) return openZip(stored);
  const packing = packings.find(({ recognizes }) => recognizes(start));
  if (!packing) return isTar(start) ? openTar(stored) : await openText(file, start);
  if (file.depth >= LIMITS.levels.value) return tooDeep(stored.source);
  const packed = countedSource(stored.source);
  const fewest = (): number => Math.min(packed.count(), file.taken());
  const source = limitedSource(await packing.unpacked(packed), fewest, file.allowance);
  const { taken, allowance, isText = false } = file;
  const inner = { source, taken, allowance, isText, depth: file.depth + 1 };
  const first = await readStart(source, SNIFFED_BYTES);
  // A packed tar is one level: nobody packs a tar otherwise.
  if (isTar(first)) {
    const tar = { ...inner, source: prependedSource(first, source), depth: file.depth };
    return file.path === undefined || packing.isCheap ? openTar(tar) : openKeptTar(tar);
  }
  return openStoredFile({ ...inner, source: prependedSource(first, source) });
}

async function openTar(tar: StoredFile): Promise<OpenedFile> {
  return tar.depth >= LIMITS.levels.value ? tooDeep(tar.source) : tarAt(tar);
}

/** An archive on disk is gone through twice: what was costly to unpack is kept for the second time. */
async function openKeptTar(tar: StoredFile): Promise<OpenedFile> {
  const kept = new KeptBytes(tar.source, tar.taken);
  const again = (): Promise<OpenedArchive> | undefined => {
    const second = kept.second();
    if (!second) return undefined;
    const allowance = new Allowance();
    return tarAt({ ...tar, ...second, source: limitedSource(second.source, second.taken, allowance), allowance });
  };
  return { ...(await tarAt({ ...tar, source: kept.first() })), again };
}

async function tarAt({ source, taken, depth, allowance }: StoredFile): Promise<OpenedArchive> {
  const { tarArchive } = await import('./archives/tar.js');
  return { archive: tarArchive(source, taken, allowance), level: { depth: depth + 1, allowance } };
}

async function openZip({ source, path, taken, depth, allowance }: StoredFile): Promise<OpenedFile> {
  if (depth >= LIMITS.levels.value) return tooDeep(source);
  const level = { depth: depth + 1, allowance };
  const { zipArchive } = await import('./archives/zip.js');
  if (path !== undefined) {
    source.close();
    return { archive: zipArchive({ path }, allowance), level };
  }
  const bytes = await readAll(source, LIMITS.nestedZip.value);
  source.close();
  if (!bytes) {
    return { overLimit: 'expected at most 64 MiB of a zip archive inside another file, found more: unpack it first' };
  }
  const density = Math.min(1, taken() / Math.max(1, bytes.length));
  return { archive: zipArchive({ bytes, density }, allowance), level };
}

function tooDeep(source: ByteSource): OpenedFile {
  source.close();
  return { overLimit: 'expected at most 2 archives or packed files inside each other, found a third: unpack it first' };
}

/** The first bytes, fewer where the source ends or is damaged before. */
export async function readStart(source: ByteSource, most: number): Promise<Buffer> {
  let buffer = Buffer.allocUnsafe(Math.min(most, SMALL_BYTES));
  let length = 0;
  while (length < most) {
    if (length === buffer.length) buffer = Buffer.concat([buffer], most);
    // Damage this early is told again to whoever reads on.
    const count = await Promise.resolve(source.read(buffer, length)).catch(endOfDamaged);
    if (count === 0) break;
    length += count;
  }
  return buffer.subarray(0, length);
}

/** Everything up to the end or the damage; undefined: it is more than `most` bytes. */
export async function readAll(source: ByteSource, most: number): Promise<Buffer | undefined> {
  const parts: Buffer[] = [];
  let length = 0;
  for (;;) {
    const buffer = Buffer.allocUnsafe(1 << 16);
    const count = await Promise.resolve(source.read(buffer, 0)).catch(endOfDamaged);
    if (count === 0) return Buffer.concat(parts);
    length += count;
    if (length > most) return undefined;
    parts.push(buffer.subarray(0, count));
  }
}

function endOfDamaged(error: unknown): number {
  if (error instanceof DamagedSource) return 0;
  throw error;
}

async function openText({ source, isText, depth }: StoredFile, start: Buffer): Promise<OpenedFile> {
  if (isText) return { source: prependedSource(start, source) };
  if (start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf) {
    return { source: prependedSource(start.subarray(3), source) };
  }
  const utf16 = utf16Of(start);
  if (utf16) return { source: utf16Source(prependedSource(start, source), utf16) };
  if (isBinary(start)) {
    const damage = depth > 0 ? await damageNearStart(source) : undefined;
    if (damage === undefined || damage instanceof OverLimit) {
      source.close();
      return damage ? { overLimit: damage.message } : { ignored: 'binary data' };
    }
  }
  const text = prependedSource(start, source);
  return { source: start.includes('\r') && !start.includes('\n') ? lineFedSource(text) : text };
}

/**
 * What is wrong with packed data near its start: it may look like something else than it was. What goes on with one
 * and the same byte may be a bomb: it is looked at for longer.
 */
async function damageNearStart(source: ByteSource): Promise<DamagedSource | undefined> {
  const buffer = Buffer.alloc(1 << 16);
  try {
    for (let looked = 0, isMonotonous = true; looked < LOOKED_FOR_DAMAGE || isMonotonous; ) {
      const count = await source.read(buffer, 0);
      if (count === 0) return undefined;
      looked += count;
      isMonotonous &&= buffer.subarray(1, count).equals(buffer.subarray(0, count - 1));
      if (isMonotonous && looked > LIMITS.sameByte.value) {
        return new OverLimit('expected text, found more than 32 MiB of one and the same byte: this is no capture');
      }
    }
    return undefined;
  } catch (error) {
    if (error instanceof DamagedSource) return error;
    throw error;
  }
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
  for (let i = 0; i < start.length; i++) {
    const byte = start[i] as number;
    if (byte < 9 || (byte > 13 && byte < 32 && byte !== 27)) controls++;
  }
  return start.length > 0 && controls > start.length / 10;
}
