import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { commandName, isValgrindTool } from '../model/command-name.js';
import { withoutPacking } from './archives/packings.js';
import { LIMITS } from './limits.js';

/** What the small files of the same process and instant say (`cmdline`, `comm`, `status`, `stat` beside a `smaps`). */
export interface Companions {
  command?: string;
  pid?: number;
  startTicks?: number;
}

/** A name that says which /proc file it holds: `smaps`, `smaps.18.txt`, `rollup.18.txt`, `smaps.gz`. */
const PROC_FILE = /(?<=^|[._-])(?:smaps_rollup|smaps|rollup|maps|pmap|status|stat)(?=[._-]|$)/;
const COMPANION_KINDS = ['cmdline', 'status', 'comm', 'stat'] as const;

/** The files of one folder by their names without `.gz` and the like: their paths, or what was read of them before. */
export type Siblings = ReadonlyMap<string, string | { readonly text: string }>;

/** The names, without packing, of the files that may accompany a file. */
export function companionNames(name: string): string[] {
  const plain = withoutPacking(name);
  return PROC_FILE.test(plain) ? COMPANION_KINDS.map((kind) => plain.replace(PROC_FILE, kind)) : [];
}

/** Whether a file in an archive may accompany another. */
export function mayBeCompanion(name: string): boolean {
  return COMPANION_NAME.test(withoutPacking(name));
}

const COMPANION_NAME = new RegExp(`(?<=^|[._-])(?:${COMPANION_KINDS.join('|')})(?=[._-]|$)`);

/** What the companions of a file say; empty where it has none. Files that cannot be read say nothing. */
export function companionsOf(name: string, siblings: Siblings): Companions {
  const plain = withoutPacking(name);
  const found: Companions = {};
  if (!PROC_FILE.test(plain)) return found;
  let comm: string | undefined;
  for (const kind of COMPANION_KINDS) {
    const sibling = siblings.get(plain.replace(PROC_FILE, kind));
    if (sibling === undefined) continue;
    const text = typeof sibling === 'string' ? readStart(sibling) : sibling.text;
    if (kind === 'cmdline') {
      const command = commandName(text);
      if (command !== '') found.command = command;
    } else if (kind === 'comm') {
      comm = text.replace(/\n$/, '');
    } else if (kind === 'status') {
      const pid = /^Pid:\s+(\d+)$/m.exec(text)?.[1];
      if (pid !== undefined) found.pid = Number(pid);
      comm ??= /^Name:\t(.+)$/m.exec(text)?.[1];
    } else {
      readStat(text, found);
    }
  }
  if (found.command === undefined && comm !== undefined && comm !== '' && !isValgrindTool(comm)) found.command = comm;
  return found;
}

/** Whether a file only accompanies others: a name without text that a format could recognize. */
export function isCompanionOnly(name: string): 'cmdline' | 'comm' | undefined {
  const plain = withoutPacking(name).replace(/\.txt$/, '');
  return plain === 'cmdline' || plain === 'comm' ? plain : undefined;
}

/** `3424 (leak_loop) S 3368 …`: the command may hold anything, the last parenthesis ends it. */
function readStat(text: string, found: Companions): void {
  const pid = /^(\d+) \(/.exec(text)?.[1];
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const startTicks = Number(fields[19]); // field 22 of proc(5), the first here is field 3
  if (pid === undefined || fields.length < 20) return;
  found.pid = Number(pid);
  if (Number.isSafeInteger(startTicks)) found.startTicks = startTicks;
}

/** A night has a hundred thousand of them: memory for each would cost as much as reading it. */
const scratch = Buffer.allocUnsafeSlow(LIMITS.companion.value);

function readStart(path: string): string {
  try {
    if (path.endsWith('.gz')) {
      return gunzipSync(readFileSync(path), { maxOutputLength: LIMITS.companion.value }).toString('utf8');
    }
    const descriptor = openSync(path, 'r');
    try {
      return scratch.toString('utf8', 0, readSync(descriptor, scratch, 0, scratch.length, 0));
    } finally {
      closeSync(descriptor);
    }
  } catch {
    // The file itself is among the inputs, where the reason is reported.
    return '';
  }
}
