import { readAll, readStart } from '../capture-file.js';
import type { CaptureFolder } from '../capture-folder.js';
import { mayBeCompanion } from '../companions.js';
import { LIMITS } from '../limits.js';
import { MANIFEST_NAME, type Manifest, parseManifest } from '../manifest.js';
import { sampleCounters } from '../sample-counters.js';
import type { ArchiveMember } from './archive.js';
import { withoutPacking } from './packings.js';
import type { ArchiveVisitor, MemberPlace, OpenedMember } from './walk-archive.js';

/**
 * What has to be known of an archive before its captures are read: the names in each folder, the small files that
 * accompany captures, the manifests. They may stand behind what they speak of, so an archive is gone through twice.
 */
export class ArchiveFacts implements ArchiveVisitor {
  private readonly names = new Map<string, string[]>();
  /** By path below the outermost archive. */
  private readonly texts = new Map<string, string>();
  private readonly folders = new Map<string, CaptureFolder>();
  private held = 0;

  async member(place: MemberPlace, _member: ArchiveMember, opened: OpenedMember): Promise<void> {
    const path = place.join('/');
    const { folder, name } = split(path);
    this.addName(folder, name);
    if (!('source' in opened)) return;
    if (this.held > LIMITS.companions.value) return;
    const { source } = opened;
    let bytes: Buffer | undefined;
    if (name === MANIFEST_NAME) bytes = await readAll(source, LIMITS.manifest.value);
    else if (mayBeCompanion(name)) bytes = await readStart(source, LIMITS.companion.value);
    if (!bytes) return;
    this.held += bytes.length;
    this.texts.set(path, bytes.toString('utf8'));
  }

  /** A folder is a name of the one above it. */
  private addName(folder: string, name: string): void {
    const names = this.names.get(folder);
    if (names) names.push(name);
    else {
      this.names.set(folder, [name]);
      const above = split(folder);
      if (folder !== '') this.addName(above.folder, above.name);
    }
  }

  ended(): void {
    // What went wrong is told when the captures are read.
  }

  /** @param path of a folder below the outermost archive; empty for the archive itself */
  folder(path: string): CaptureFolder {
    const known = this.folders.get(path);
    if (known) return known;
    const names = this.names.get(path) ?? [];
    const prefix = path === '' ? '' : `${path}/`;
    const siblings = new Map<string, { text: string }>();
    for (const name of names) {
      const text = this.texts.get(`${prefix}${name}`);
      if (text !== undefined) siblings.set(withoutPacking(name), { text });
    }
    const manifestText = this.texts.get(`${prefix}${MANIFEST_NAME}`);
    let read: { readonly manifest: Manifest | undefined } | undefined;
    const folder: CaptureFolder = {
      siblings,
      counters: sampleCounters(names),
      manifest: (report) => {
        if (manifestText === undefined) return undefined;
        read ??= { manifest: parseManifest(() => manifestText, report) };
        return read.manifest;
      },
    };
    this.folders.set(path, folder);
    return folder;
  }
}

function split(path: string): { folder: string; name: string } {
  const slash = path.lastIndexOf('/');
  return { folder: path.slice(0, Math.max(0, slash)), name: path.slice(slash + 1) };
}
