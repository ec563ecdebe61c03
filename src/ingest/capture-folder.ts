import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { withoutPacking } from './archives/packings.js';
import { openCaptureFile, readStart } from './capture-file.js';
import { companionNames, type Siblings } from './companions.js';
import { LIMITS } from './limits.js';
import { MANIFEST_NAME, type Manifest, type ReportManifest, readManifest } from './manifest.js';
import { type CounterPlace, sampleCounters } from './sample-counters.js';

/** What is known of a folder, on disk or in an archive, for the sake of its files. */
export interface CaptureFolder {
  readonly siblings: Siblings;
  readonly counters: ReadonlyMap<string, CounterPlace>;
  /** Reports what cannot be used at the first call. */
  manifest(report: ReportManifest): Manifest | undefined;
}

/** A folder on disk. */
export class DiskFolder implements CaptureFolder {
  private readonly names: readonly string[];
  private named: Map<string, string | { readonly text: string }> | undefined;
  private counted: ReadonlyMap<string, CounterPlace> | undefined;
  private readonly manifestPath: string | undefined;
  private read: { readonly manifest: Manifest | undefined } | undefined;

  /** @throws the system's error where it cannot be listed. */
  constructor(private readonly absolute: string) {
    this.names = readdirSync(absolute);
    this.manifestPath = this.names.includes(MANIFEST_NAME) ? join(absolute, MANIFEST_NAME) : undefined;
  }

  // Only at need: a folder of thousands of devices is asked for its manifest alone.
  get siblings(): Map<string, string | { readonly text: string }> {
    this.named ??= new Map(this.names.map((name) => [withoutPacking(name), join(this.absolute, name)]));
    return this.named;
  }

  get counters(): ReadonlyMap<string, CounterPlace> {
    this.counted ??= sampleCounters(this.names);
    return this.counted;
  }

  manifest(report: ReportManifest): Manifest | undefined {
    if (this.manifestPath === undefined) return undefined;
    this.read ??= { manifest: readManifest(this.manifestPath, report) };
    return this.read.manifest;
  }

  /** Reads those companions of a file that cannot be read at once, since they are packed. */
  async unpackCompanions(name: string): Promise<void> {
    for (const companion of companionNames(name)) {
      const path = this.siblings.get(companion);
      if (typeof path === 'string' && /\.(?:xz|zstd?|bz2)$/i.test(path)) {
        this.siblings.set(companion, { text: await startOf(path) });
      }
    }
  }
}

/** Files that cannot be read say nothing: they are among the inputs, where the reason is reported. */
async function startOf(path: string): Promise<string> {
  const opened = await openCaptureFile(path, true).catch(() => undefined);
  if (!opened || !('source' in opened)) return '';
  const bytes = await readStart(opened.source, LIMITS.companion.value);
  opened.source.close();
  return bytes.toString('utf8');
}
