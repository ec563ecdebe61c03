import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { groupBy } from '../../src/model/group-by.js';

/** A process of the sample sets and its smaps, in order of time. */
interface Life {
  readonly command: string;
  readonly pid: string;
  readonly snapshots: readonly Buffer[];
}

/** One board in so many runs the programs that leak. */
const LEAKING_BOARDS = 10;
const LEAKS = new Set(['leak-example', 'mmap-leak']);

/** The processes of the sample sets: `SET/TIME/PID/smaps`. */
function sampleLives(): Life[] {
  const paths = (readdirSync('samples/sets', { recursive: true }) as string[])
    .filter((path) => /\/smaps(?:\.gz)?$/.test(path))
    .sort();
  const processes = groupBy(paths, (path) => path.replace(/\/[^/]+(?=\/[^/]+\/[^/]+$)/, ''));
  return [...processes.values()].map((files) => {
    const [command = '', , pid = ''] = files[0]?.split('/') ?? [];
    return { command, pid, snapshots: files.map((path) => unpacked(readFileSync(join('samples/sets', path)))) };
  });
}

function unpacked(bytes: Buffer): Buffer {
  return bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
}

/**
 * Writes at least `bytes` of smaps below `folder`, as a night's capture script leaves them: a folder for each board, in
 * it a file for each program with its snapshots, a date line before each. The same bytes on every machine.
 *
 * @param rewrite what a board's kernel or the way its files took makes of a snapshot
 */
export function writeSmaps(
  folder: string,
  bytes: number,
  rewrite: (snapshot: Buffer, board: number) => Buffer = (snapshot) => snapshot,
): string[] {
  const lives = sampleLives();
  const paths: string[] = [];
  let total = 0;
  for (let board = 0; total < bytes; board++) {
    const place = join(folder, `board-${String(board).padStart(5, '0')}`);
    mkdirSync(place, { recursive: true });
    for (const { command, pid, snapshots } of lives) {
      if (LEAKS.has(command) && board % LEAKING_BOARDS !== 0) continue;
      const path = join(place, `${command}.${pid}.smaps`);
      const descriptor = openSync(path, 'w');
      for (const [minute, snapshot] of snapshots.entries()) {
        const date = new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();
        total += writeSync(descriptor, rewrite(Buffer.concat([Buffer.from(`${date}\n`), snapshot]), board));
      }
      closeSync(descriptor);
      paths.push(path);
    }
  }
  return paths;
}

/**
 * The same as one board leaves it that is watched for days: a folder for each minute, in it a folder for each process
 * with its smaps and its command line. The files of smaps.
 */
export function writeWatch(folder: string, bytes: number): string[] {
  const lives = sampleLives();
  const paths: string[] = [];
  for (let minute = 0, total = 0; total < bytes; minute++) {
    const time = new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString().replaceAll(/[-:]|\.\d+/g, '');
    for (const { command, pid, snapshots } of lives) {
      const place = join(folder, 'board-1', time, pid);
      mkdirSync(place, { recursive: true });
      const snapshot = snapshots[minute % snapshots.length] as Buffer;
      writeFileSync(join(place, 'smaps'), snapshot);
      writeFileSync(join(place, 'cmdline'), `/opt/demo/${command}\0`);
      paths.push(join(place, 'smaps'));
      total += snapshot.length;
    }
  }
  return paths;
}
