import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FILE_BYTES = 1_000_000;

/**
 * Writes at least `bytes` of logs below `folder`: one of the samples again and again, each time of another process,
 * a megabyte a file. The same bytes on every machine.
 *
 * @param sample below samples/
 */
export function writeLogs(folder: string, sample: string, bytes: number): string[] {
  mkdirSync(folder, { recursive: true });
  const text = readFileSync(join('samples', sample), 'latin1');
  const pid = /==(\d+)==/.exec(text)?.[1] ?? '';
  const paths: string[] = [];
  let total = 0;
  let process = 10_000;
  while (total < bytes) {
    const parts: string[] = [];
    for (let size = 0; size < FILE_BYTES; size += text.length) parts.push(text.replaceAll(pid, String(process++)));
    const path = join(folder, `bench-${String(paths.length).padStart(4, '0')}.log`);
    const log = parts.join('');
    writeFileSync(path, log, 'latin1');
    paths.push(path);
    total += log.length;
  }
  return paths;
}
