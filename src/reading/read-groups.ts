import type { InputFile } from '../ingest/captures-folder.js';
import { statOf } from './file-stat.js';

/** Neighbouring files, which are read into a ledger of their own, kept in the cache and found there again together. */
export type CaptureGroup = readonly InputFile[];

const MIB = 1024 ** 2;

/** A folder with all below it stays together up to here: mostly a device, whose programs' series are in many files. */
const MOST_OF_FOLDER = 64 * MIB;
/** Smaller neighbours go together: each group costs a millisecond. */
const LEAST_OF_FOLDERS = MIB / 4;
/** Parts of a folder that is too large: a series in many files is kept in less space where it is not cut to pieces. */
const LEAST_OF_PARTS = 8 * MIB;
const MOST_OF_PARTS = 32 * MIB;
/** With its hash a name in so many ends a group early: behind it, groups are the same whatever was added before it. */
const ENDS_GROUP = 8;

/**
 * The same files in groups, in their order.
 *
 * Where groups end depends on the folders and names nearby, so that a new file or device changes only the group that
 * it comes into. Ledgers merge to the same result whatever the groups.
 */
export function groupsOf(inputs: readonly InputFile[]): InputFile[][] {
  const groups: InputFile[][] = [];
  let group: InputFile[] = [];
  let bytes = 0;
  const end = (): void => {
    if (group.length > 0) groups.push(group);
    group = [];
    bytes = 0;
  };
  let wasPart = false;
  for (const { files, isPart, bytes: more, name } of unitsOf(inputs.map(sized), 0)) {
    if (isPart !== wasPart || (isPart && bytes + more > MOST_OF_PARTS)) end();
    wasPart = isPart;
    group.push(...files);
    bytes += more;
    if (isPart ? bytes >= LEAST_OF_PARTS && endsGroup(name) : bytes >= LEAST_OF_FOLDERS || endsGroup(name)) end();
  }
  end();
  return groups;
}

/** Bytes on disk when it was first asked for, with a little for opening it: thousands of small files are work too. */
export function sizeOf(input: InputFile): number {
  let size = sizes.get(input);
  if (size === undefined) {
    size = (statOf(input.absolute)?.size ?? 0) + 4096;
    sizes.set(input, size);
  }
  return size;
}

const sizes = new WeakMap<InputFile, number>();

interface SizedFile {
  readonly input: InputFile;
  readonly parts: readonly string[];
  readonly bytes: number;
}

/** What is not divided: a folder with all below it, or a file of a folder that is too large. */
interface Unit {
  readonly name: string;
  readonly files: readonly InputFile[];
  /** Of a folder that is too large, or of the captures folder itself where that is one. */
  readonly isPart: boolean;
  readonly bytes: number;
}

function sized(input: InputFile): SizedFile {
  return { input, parts: input.path.split('/'), bytes: sizeOf(input) };
}

/** @param depth how many parts the paths of all `files` have in common */
function* unitsOf(files: readonly SizedFile[], depth: number): Generator<Unit> {
  for (let from = 0, to = 0; from < files.length; from = to) {
    const name = files[from]?.parts[depth] ?? '';
    let bytes = 0;
    for (; to < files.length && files[to]?.parts[depth] === name; to++) bytes += files[to]?.bytes ?? 0;
    const run = files.slice(from, to);
    const isFolder = (run[0]?.parts.length ?? 0) > depth + 1;
    if (isFolder && bytes > MOST_OF_FOLDER) yield* unitsOf(run, depth + 1);
    else yield { name, files: run.map(({ input }) => input), isPart: depth > 0 || !isFolder, bytes };
  }
}

/** By an FNV-1a hash: it takes no more than to be spread evenly. */
function endsGroup(name: string): boolean {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return (hash >>> 16) % ENDS_GROUP === 0;
}
