import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

/** A text to be changed: a sample, or a stretch of one. */
export interface SampleText {
  readonly name: string;
  readonly bytes: Buffer;
}

const SAMPLES = fileURLToPath(new URL('../../samples/', import.meta.url));
/** The sample sets repeat what the others have, archives are no text, and the programs made them all. */
const LEFT_OUT: ReadonlySet<string> = new Set(['sets', 'packed', 'pairs', 'programs']);

/** Archives, and debug files. */
const NO_TEXT = /\.tar\.gz$|\.debug\.gz$|\.debug$/;

/** All samples outside of the sets, by folder and name. */
export function sampleTexts(): SampleText[] {
  return readdirSync(SAMPLES, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !LEFT_OUT.has(entry.name))
    .flatMap(({ name }) => readdirSync(SAMPLES + name, { withFileTypes: true, recursive: true }))
    .filter((entry) => entry.isFile() && !NO_TEXT.test(entry.name))
    .map(({ parentPath, name }) => relative(SAMPLES, join(parentPath, name)))
    .sort()
    .map((name) => ({ name, bytes: bytesOf(SAMPLES + name) }));
}

function bytesOf(path: string): Buffer {
  const bytes = readFileSync(path);
  return path.endsWith('.gz') ? gunzipSync(bytes) : bytes;
}

/** Stretches of a sample of at most `size` bytes, from lines on: its beginning, its middle, its end. */
export function stretches({ name, bytes }: SampleText, size: number): SampleText[] {
  if (bytes.length <= size) return [{ name, bytes }];
  const starts = [0, Math.floor((bytes.length - size) / 2), bytes.length - size];
  return starts.map((from) => {
    const line = from === 0 ? 0 : bytes.indexOf(10, from) + 1;
    return { name: `${name} from byte ${line}`, bytes: bytes.subarray(line, from + size) };
  });
}
