import { basename, dirname, join } from 'node:path';
import type { Problem } from '../model/problem.js';
import type { ArchiveFacts } from './archives/archive-facts.js';
import type { MemberPlace } from './archives/walk-archive.js';
import type { FileContext } from './capture-context.js';
import { type CaptureFolder, DiskFolder } from './capture-folder.js';
import type { InputFile } from './captures-folder.js';
import { companionsOf } from './companions.js';
import { MANIFEST_NAME, type ManifestEntry, type ReportManifest } from './manifest.js';
import { contextInArchives, type PathContext, pathContextOf } from './path-context.js';
import type { CounterPlace } from './sample-counters.js';

/** What stands around files: their paths, the manifests above them and the small files beside them. */
export class FileContexts {
  private readonly folders = new Map<string, DiskFolder>();

  constructor(private readonly reportProblem: (problem: Problem) => void) {}

  async onDisk(file: InputFile, name: string): Promise<FileContext> {
    const above = dirname(file.absolute);
    const folder = this.folder(above);
    await folder.unpackCompanions(name);
    return {
      rootName: file.rootName,
      path: inSeries(
        (folderCounter) => pathContextOf(file.below, folder.counters.get(name), folderCounter),
        file.below.includes('/') ? basename(above) : '',
        () => this.folder(dirname(above)),
      ),
      manifest: this.manifestEntry(file, file.below),
      companions: companionsOf(name, folder.siblings),
    };
  }

  inArchive(file: InputFile, place: MemberPlace, facts: ArchiveFacts): FileContext {
    const inside = place.join('/');
    const name = nameOf(inside);
    const above = inside.slice(0, Math.max(0, inside.length - name.length - 1));
    const folder = facts.folder(above);
    const folderName = nameOf(above);
    return {
      rootName: file.rootName,
      path: inSeries(
        (folderCounter) => contextInArchives([file.below, ...place], folder.counters.get(name), folderCounter),
        folderName,
        () => facts.folder(above.slice(0, Math.max(0, above.length - folderName.length - 1))),
      ),
      manifest: this.manifestEntry(file, `${file.below}/${inside}`, facts),
      companions: companionsOf(name, folder.siblings),
    };
  }

  /** The nearest manifest above the file decides; a deeper one before the captures folder's own. */
  private manifestEntry(file: InputFile, below: string, facts?: ArchiveFacts): ManifestEntry {
    const parts = below.split('/');
    const onDisk = file.below.split('/').length;
    let root = file.absolute;
    for (let i = 0; i < onDisk; i++) root = dirname(root);
    for (let depth = parts.length - 1; depth >= 0; depth--) {
      const above = parts.slice(0, depth);
      const folder =
        depth < onDisk ? this.folder(join(root, ...above)) : facts?.folder(parts.slice(onDisk, depth).join('/'));
      const manifest = folder?.manifest(this.manifestProblem(file, above));
      if (!manifest) continue;
      return { ...manifest.all, ...manifest.files.get(parts.slice(depth).join('/')) };
    }
    return {};
  }

  private manifestProblem(file: InputFile, above: readonly string[]): ReportManifest {
    const prefix = file.path.slice(0, file.path.length - file.below.length);
    const path = `${prefix}${[...above, MANIFEST_NAME].join('/')}`;
    return (code, message) => {
      this.reportProblem({ severity: 'error', code, message, file: path, line: 0 });
    };
  }

  private folder(absolute: string): DiskFolder {
    const { folders } = this;
    const folder = folders.get(absolute) ?? new DiskFolder(absolute);
    // The last asked for stands last: the captures folder, which may list thousands, is asked for with each file.
    folders.delete(absolute);
    folders.set(absolute, folder);
    const [oldest] = folders.keys();
    if (folders.size > MOST_FOLDERS && oldest !== undefined) folders.delete(oldest);
    return folder;
  }
}

/** Files come folder by folder; a whole night's worth of listings is not kept. */
const MOST_FOLDERS = 64;

/** What a path tells; where that is no time, the name of the folder may be one of a series of times. */
function inSeries(
  contextWith: (folderCounter?: CounterPlace) => PathContext,
  folderName: string,
  around: () => CaptureFolder,
): PathContext {
  const context = contextWith();
  if (context.takenAt !== undefined || !/\d/.test(folderName)) return context;
  const counter = around().counters.get(folderName);
  return counter?.at === undefined ? context : contextWith(counter);
}

/** The last part of a path. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
