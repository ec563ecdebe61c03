import { createHash } from 'node:crypto';
import { closeSync, lstatSync, openSync, readSync, writeFileSync } from 'node:fs';
import type { OutputFile } from '../render.js';

const BLOCK = 1 << 18;

/** What a file is to hold, encoded once for all that is done with it. */
export function bytesOf(content: OutputFile['content']): Uint8Array {
  return typeof content === 'string' ? Buffer.from(content) : content;
}

/** Writes all of it to an open file; returns its SHA-256, in hexadecimal digits. */
export function writeContent(descriptor: number, bytes: Uint8Array): string {
  writeFileSync(descriptor, bytes);
  return sha256Of(bytes);
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
