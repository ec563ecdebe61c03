import { ContentHashes } from '../cache/content-hashes.js';
import type { RunCache } from '../run-cache.js';
import type { CaptureGroup } from './read-groups.js';
import { modifiedAt } from './read-here.js';
import { contextsForFacts, groupFacts } from './read-keys.js';
import { type DatedFile, packed, type ReadResult, unpacked } from './read-result.js';

/** What the cache holds of groups of captures, each by the contents of its files. */
export class KeptGroups {
  private readonly contexts = contextsForFacts();

  private constructor(
    private readonly cache: RunCache,
    private readonly hashes: ContentHashes,
    private readonly keepsStacks: boolean,
  ) {}

  /** @param folders captures folders, as they were named */
  static async open(cache: RunCache, folders: readonly string[], keepsStacks: boolean): Promise<KeptGroups> {
    return new KeptGroups(cache, await ContentHashes.open(cache.store, cache.clock, folders), keepsStacks);
  }

  /** undefined: a file of the group cannot be read. */
  async keyOf(group: CaptureGroup): Promise<string | undefined> {
    const facts = await groupFacts(group, this.hashes, this.contexts);
    return facts && this.cache.key('captures', this.keepsStacks, facts);
  }

  load(key: string): ReadResult | undefined {
    const entry = this.cache.store.read(key);
    const result = entry && unpacked(entry);
    return result && areDatedSo(result.dated) ? result : undefined;
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
    return true;
  }

  isUnchanged(group: CaptureGroup): boolean {
    return group.every(({ absolute }) => this.hashes.isUnchanged(absolute));
  }

  /** Keeps the hashes of the files for the next run. */
  saveHashes(): void {
    this.hashes.save();
  }
}

/** Whether the files have the modification times that stand in for times of captures. */
export function areDatedSo(dated: readonly DatedFile[]): boolean {
  return dated.every((file) => modifiedAt(file.absolute) === file.modifiedAt);
}
