import { ContentHashes } from '../cache/content-hashes.js';
import type { InputFile } from '../ingest/captures-folder.js';
import type { RunCache } from '../run-cache.js';
import { type CaptureGroup, groupsOf, sizeOf } from './read-groups.js';
import { modifiedAt } from './read-here.js';
import { contextsForFacts, groupFacts } from './read-keys.js';
import { type DatedFile, packed, type ReadResult, unpacked } from './read-result.js';

/** Stands for all that was read of captures: while it does, they say the same again. */
export interface Seal {
  readonly key: string;
  /** Whose modification times stand in for times of captures. */
  readonly dated: readonly DatedFile[];
}

/** What the cache holds of groups of captures, each by the contents of its files. */
export class KeptGroups {
  readonly groups: readonly CaptureGroup[];
  private readonly contexts = contextsForFacts();
  private readonly keys = new Map<CaptureGroup, string>();
  /** Of the groups that the cache holds by now. */
  private readonly dated = new Map<CaptureGroup, readonly DatedFile[]>();

  private constructor(
    readonly cache: RunCache,
    private readonly hashes: ContentHashes,
    inputs: readonly InputFile[],
    private readonly keepsStacks: boolean,
  ) {
    this.groups = groupsOf(inputs);
  }

  /** undefined: there is no cache, or it is not worth using. */
  static async open(
    inputs: readonly InputFile[],
    cache: RunCache | undefined,
    keepsStacks: boolean,
  ): Promise<KeptGroups | undefined> {
    if (!cache || inputs.reduce((sum, input) => sum + sizeOf(input), 0) < cache.worthFrom) return undefined;
    const hashes = await ContentHashes.open(cache.store, cache.clock, rootsOf(inputs));
    return new KeptGroups(cache, hashes, inputs, keepsStacks);
  }

  /** undefined: a file of the group cannot be read. */
  async keyOf(group: CaptureGroup): Promise<string | undefined> {
    return this.keys.get(group) ?? this.keyBy(group, (path) => this.hashes.of(path));
  }

  load(group: CaptureGroup, key: string): ReadResult | undefined {
    const entry = this.cache.store.read(key);
    const result = entry && unpacked(entry);
    if (!result || !areDatedSo(result.dated)) return undefined;
    this.dated.set(group, result.dated);
    return result;
  }

  /**
   * Keeps what was read of a group, unless a file has changed since its key was made, or was given up.
   * @param bytes the result as `packed` makes it, where this was done already
   * @returns whether the key stands for the result
   */
  keep(group: CaptureGroup, key: string, result: ReadResult, bytes: Uint8Array | undefined): boolean {
    const isQuarantined = result.problems.some(({ code }) => code === 'quarantined');
    if (isQuarantined || !this.isUnchanged(group)) return false;
    this.cache.store.write(key, bytes ?? packed(result));
    this.dated.set(group, result.dated);
    return true;
  }

  isUnchanged(group: CaptureGroup): boolean {
    return group.every(({ absolute }) => this.hashes.isUnchanged(absolute));
  }

  /** Keeps the hashes of the files for the next run. */
  saveHashes(): void {
    this.hashes.save();
  }

  /** To be called when all is read; undefined where nothing stands for it. */
  seal(): Seal | undefined {
    if (this.dated.size < this.groups.length) return undefined;
    return { key: this.sealKey(), dated: [...this.dated.values()].flat() };
  }

  /** Whether a run over these files would read what this seal stands for. No file is read to tell it. */
  async isSealed({ key, dated }: Seal): Promise<boolean> {
    for (const group of this.groups) {
      if ((await this.keyBy(group, (path) => this.hashes.ifKnown(path))) === undefined) return false;
    }
    return key === this.sealKey() && areDatedSo(dated);
  }

  private async keyBy(group: CaptureGroup, hashOf: (path: string) => string | undefined): Promise<string | undefined> {
    const facts = await groupFacts(group, hashOf, this.contexts);
    if (!facts) return undefined;
    const key = this.cache.key('captures', this.keepsStacks, facts);
    this.keys.set(group, key);
    return key;
  }

  /** Also of files as they lie on disk: the lines that a report quotes are read later than all else. */
  private sealKey(): string {
    const files = this.groups.flatMap((group) => group.map(({ absolute }) => this.hashes.signature(absolute)));
    return this.cache.key(
      'seal',
      this.groups.map((group) => this.keys.get(group)),
      files,
    );
  }
}

/** Whether the files have the modification times that stand in for times of captures. */
export function areDatedSo(dated: readonly DatedFile[]): boolean {
  return dated.every((file) => modifiedAt(file.absolute) === file.modifiedAt);
}

/** The folders above all files of each captures folder, which are the same in every run over them. */
function rootsOf(inputs: readonly InputFile[]): string[] {
  return [...new Set(inputs.map(({ absolute, below }) => absolute.slice(0, absolute.length - below.length)))];
}
