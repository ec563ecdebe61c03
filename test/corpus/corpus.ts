import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A file of the corpus: its path below the corpus, and what kind of capture it is. */
export interface CorpusFile {
  readonly path: string;
  readonly kind: string;
}

/** Captures with known answers that lie beside the project; what they hold is in the corpus's own README. */
export interface Corpus {
  readonly root: string;
  readonly files: readonly CorpusFile[];
  /** One of its files of truths, by its name without `.json`. */
  truth(name: string): unknown;
  text(path: string): string;
}

/** The folder to look in: MEMREPORT_CORPUS, else `../shared/corpus` beside the project. */
export function corpusFolder(): string {
  return process.env.MEMREPORT_CORPUS ?? fileURLToPath(new URL('../../../shared/corpus', import.meta.url));
}

/** Opens the corpus; undefined: there is none. */
export function openCorpus(root: string): Corpus | undefined {
  const index = join(root, 'INDEX.tsv');
  if (!existsSync(index)) return undefined;
  const kinds = new Map<string, string>();
  for (const line of readFileSync(index, 'utf8').split('\n').slice(1)) {
    const [kind, path] = line.split('\t');
    if (kind !== undefined && path !== undefined) kinds.set(path, kind);
  }
  const files = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .filter((path) => path.includes('/') && !path.startsWith('truth/'))
    .sort()
    .map((path) => ({ path, kind: kinds.get(path) ?? kindOf(path) }));
  return {
    root,
    files,
    truth: (name) => JSON.parse(readFileSync(join(root, 'truth', `${name}.json`), 'utf8')) as unknown,
    text: (path) => readFileSync(join(root, path), 'utf8'),
  };
}

/** The kind of a file that the index leaves out: notes beside the captures, the seed, the samples of a series. */
function kindOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const kind = SERIES_FILE.exec(name)?.groups?.kind;
  if (/^(?:README|TRUTH)\.md$|\.tsv$|\.supp$|^stderr\.txt$|^fd\./.test(name) && !path.startsWith('seed/smem'))
    return NOTES;
  if (path.startsWith('seed/')) return 'seed';
  return kind === 'rollup' ? 'smaps_rollup' : (kind ?? NOTES);
}

/** Files that are no captures at all. */
export const NOTES = 'notes';

// smaps.18.txt, pmap-XX.last.txt
const SERIES_FILE = /^(?<kind>smaps|rollup|maps|pmap|stat|statm|status|meminfo)(?:-\w+)?\.(?:\d+|last)\.txt$/;
