import { createHash } from 'node:crypto';
import { closeSync, lstatSync, openSync, readSync, writeFileSync } from 'node:fs';
import type { OutputFile } from '../render.js';

const BLOCK = 1 << 18;

/** More than this is written piece by piece, and not held in memory. */
const MOST_HELD = 8 << 20;

/** Text in pieces, of which there are too many to be held together. */
export class LargeText {
  constructor(readonly pieces: Iterable<string>) {}
}

/** What a file is to hold, encoded once for all that is done with it, unless it is too large. */
export function heldContent(content: OutputFile['content']): Uint8Array | LargeText {
  if (content instanceof Uint8Array) return content;
  if (typeof content === 'string') return Buffer.from(content);
  const held: string[] = [];
  let length = 0;
  const rest = content[Symbol.iterator]();
  for (let next = rest.next(); !next.done; next = rest.next()) {
    held.push(next.value);
    length += next.value.length;
    if (length > MOST_HELD) return new LargeText(joined(held, rest));
  }
  return Buffer.from(held.join(''));
}

function* joined(first: string[], rest: Iterator<string>): Generator<string> {
  while (first.length > 0) yield first.shift() ?? '';
  for (let next = rest.next(); !next.done; next = rest.next()) yield next.value;
}

/** Writes all of it to an open file; returns its SHA-256, in hexadecimal digits. */
export function writeContent(descriptor: number, content: Uint8Array | LargeText): string {
  if (content instanceof Uint8Array) {
    writeFileSync(descriptor, content);
    return sha256Of(content);
  }
  const hash = createHash('sha256');
  for (const piece of content.pieces) {
    writeFileSync(descriptor, piece);
    hash.update(piece);
  }
  return hash.digest('hex');
}

export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Whether a regular file with just these bytes is there; one that cannot be read is none. */
export function holds(path: string, bytes: Uint8Array): boolean {
  try {
    const stat = lstatSync(path, { throwIfNoEntry: false });
    if (!stat?.isFile() || stat.size !== bytes.length) return false;
    const descriptor = openSync(path, 'r');
    try {
      return isSame(descriptor, bytes);
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return false;
  }
}

function isSame(descriptor: number, bytes: Uint8Array): boolean {
  const block = Buffer.allocUnsafe(Math.min(BLOCK, bytes.length));
  for (let at = 0; at < bytes.length; ) {
    const count = readSync(descriptor, block, 0, Math.min(block.length, bytes.length - at), at);
    if (count === 0 || block.compare(bytes, at, at + count, 0, count) !== 0) return false;
    at += count;
  }
  return true;
}
