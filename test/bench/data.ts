import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

const FILE_BYTES = 4 * 1024 * 1024;

/** Every smaps of the sample sets, in order of their paths. */
function sampleSnapshots(): Buffer[] {
  return (readdirSync('samples/sets', { recursive: true }) as string[])
    .filter((path) => /\/smaps(?:\.gz)?$/.test(path))
    .sort()
    .map((path) => readFileSync(join('samples/sets', path)))
    .map((bytes) => (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes));
}

/**
 * Writes at least `bytes` of smaps below `folder`: the snapshots of the samples again and again, a date line before
 * each, 4 MiB a file. The same bytes on every machine.
 */
export function writeSmaps(folder: string, bytes: number): string[] {
  mkdirSync(folder, { recursive: true });
  const snapshots = sampleSnapshots();
  const paths: string[] = [];
  let total = 0;
  let count = 0;
  while (total < bytes) {
    const path = join(folder, `demo_${1000 + paths.length}.smaps`);
    const descriptor = openSync(path, 'w');
    let size = 0;
    while (size < FILE_BYTES) {
      const date = new Date(Date.UTC(2026, 0, 1) + count * 60_000).toISOString();
      size += writeSync(descriptor, `${date}\n`);
      size += writeSync(descriptor, snapshots[count % snapshots.length] as Buffer);
      count++;
    }
    closeSync(descriptor);
    paths.push(path);
    total += size;
  }
  return paths;
}
