import { readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Capture, FileRecord } from '../model/capture.js';
import type { Problem } from '../model/problem.js';
import { EXECUTE, type VmaTable } from '../model/vma-table.js';
import { ByteWindow } from './byte-window.js';
import { contextOf, type FileContext } from './capture-context.js';
import { openCaptureFile } from './capture-file.js';
import type { InputFile } from './captures-folder.js';
import { companionsOf, isCompanionOnly, type Siblings } from './companions.js';
import type { CaptureFormat } from './format.js';
import { MANIFEST_NAME, type Manifest, type ManifestEntry, readManifest } from './manifest.js';
import { type CounterPlace, pathContextOf, sampleCounters } from './path-context.js';
import { readSections } from './read-sections.js';
import { RunMemory } from './run-memory.js';
import { TextFeed, windowBuffer } from './text-feed.js';
import { UntimedCaptures } from './untimed-captures.js';

/** Who takes what is read, in the order of the files. */
export interface CaptureSink {
  capture(capture: Capture): void;
  file(record: FileRecord): void;
  problem(problem: Problem): void;
}

/**
 * Reads files one after the other and hands on what each says, a capture at a time; nothing is kept.
 *
 * A file that cannot be read costs a problem and no more. Whatever the order of calls, a file says the same.
 */
export class Ingest {
  private readonly run = new RunMemory();
  private readonly buffer = windowBuffer();
  private readonly folders = new Map<string, Folder>();

  constructor(
    private readonly formats: readonly CaptureFormat[],
    private readonly sink: CaptureSink,
  ) {}

  async read(file: InputFile): Promise<void> {
    const { path } = file;
    const record: FileRecord = { path, format: '', status: 'ignored', bytes: 0, snapshots: 0 };
    try {
      record.bytes = statSync(file.absolute).size;
      const name = path.slice(path.lastIndexOf('/') + 1);
      const companion = isCompanionOnly(name);
      if (name === MANIFEST_NAME) Object.assign(record, { format: 'manifest', status: 'read' });
      else if (companion) Object.assign(record, { format: companion, status: 'read' });
      else await this.readText(file, name, record);
    } catch (error) {
      if (!isSystemError(error)) throw error;
      record.status = 'refused';
      this.problem(
        record,
        'error',
        'unreadable',
        `expected a readable file, found ${error.message.split(',')[0] ?? ''}`,
        0,
      );
    }
    this.sink.file(record);
  }

  private async readText(file: InputFile, name: string, record: FileRecord): Promise<void> {
    const opened = await openCaptureFile(file.absolute);
    if ('ignored' in opened) return;
    if ('refused' in opened) {
      record.status = 'refused';
      this.problem(record, 'error', 'refused-format', `expected text or gzip, found ${opened.refused}`, 0);
      return;
    }
    const context = this.fileContext(file, name);
    const untimed = new UntimedCaptures((capture) => {
      this.sink.capture(capture);
    });
    const window = new ByteWindow(this.buffer);
    const feed = new TextFeed(opened.source, window, (line) => {
      this.problem(
        record,
        'error',
        'line-too-long',
        'expected lines of at most 1 MiB, found a longer one: skipped',
        line,
      );
    });
    try {
      const outcome = await readSections(record.path, feed, window, this.formats, this.run, {
        reading: (format, reading, header, round) => {
          if (reading.type === 'identity') return;
          if (reading.type === 'snapshot') record.snapshots++;
          const { says, ...rest } = reading;
          const captureContext = contextOf(context, header, says, () =>
            reading.type === 'snapshot' ? firstExecutable(reading.table) : undefined,
          );
          untimed.add({ ...rest, format: format.id, context: captureContext }, round);
        },
        problem: (severity, code, message, line) => {
          this.problem(record, severity, code, message, line);
        },
      });
      this.settle(record, outcome, window.line);
      if (feed.damage) {
        if (outcome.formats.length === 0) record.status = 'refused';
        this.problem(record, 'error', 'damaged-compression', feed.damage.message, window.line);
      }
    } finally {
      opened.source.close();
    }
    if (untimed.end(() => Math.round(statSync(file.absolute).mtimeMs))) {
      const message =
        'expected a time in the path, a header or captures.json, found none: the time of its last modification is used';
      this.problem(record, 'warning', 'time-from-modification', message, 0);
    }
  }

  private settle(record: FileRecord, outcome: Awaited<ReturnType<typeof readSections>>, lastLine: number): void {
    const { formats, unexplained } = outcome;
    record.format = formats.map(({ id }) => id).join('+');
    if (formats.length === 0) return;
    const refusal = formats.find(({ refusal }) => refusal !== undefined);
    if (refusal?.refusal !== undefined) {
      this.problem(record, 'error', 'refused-format', refusal.refusal, Math.min(1, lastLine));
      if (formats.length === 1) {
        record.status = 'refused';
        return;
      }
    }
    if (record.status === 'ignored') record.status = 'read';
    if (unexplained.count > 0) {
      const lines = unexplained.count === 1 ? 'a line' : `${unexplained.count} lines`;
      const message = `expected only ${record.format}, found ${lines} of no known format, the first "${unexplained.text}"`;
      this.problem(record, 'warning', 'unexplained-lines', message, unexplained.line);
    }
  }

  private fileContext(file: InputFile, name: string): FileContext {
    const folder = this.folder(dirname(file.absolute));
    return {
      rootName: file.rootName,
      path: pathContextOf(file.below, folder.counters.get(name)),
      manifest: this.manifestEntry(file),
      companions: companionsOf(name, folder.siblings),
    };
  }

  /** The nearest manifest above the file decides; a deeper one before the captures folder's own. */
  private manifestEntry(file: InputFile): ManifestEntry {
    const parts = file.below.split('/');
    let root = file.absolute;
    for (let i = 0; i < parts.length; i++) root = dirname(root);
    for (let depth = parts.length - 1; depth >= 0; depth--) {
      const above = parts.slice(0, depth);
      const manifest = this.folder(join(root, ...above)).manifest(this.manifestProblem(file, above));
      if (!manifest) continue;
      return { ...manifest.all, ...manifest.files.get(parts.slice(depth).join('/')) };
    }
    return {};
  }

  private manifestProblem(file: InputFile, above: readonly string[]): ReportManifest {
    const prefix = file.path.slice(0, file.path.length - file.below.length);
    const path = `${prefix}${[...above, MANIFEST_NAME].join('/')}`;
    return (code, message) => {
      this.sink.problem({ severity: 'error', code, message, file: path, line: 0 });
    };
  }

  private folder(absolute: string): Folder {
    let folder = this.folders.get(absolute);
    if (!folder) {
      folder = new Folder(absolute);
      // Files come folder by folder; a whole night's worth of listings is not kept.
      if (this.folders.size > 64) this.folders.clear();
      this.folders.set(absolute, folder);
    }
    return folder;
  }

  private problem(
    record: FileRecord,
    severity: Problem['severity'],
    code: Problem['code'],
    message: string,
    line: number,
  ): void {
    if (severity === 'error' && (record.status === 'ignored' || record.status === 'read')) record.status = 'partial';
    this.sink.problem({ severity, code, message, file: record.path, line });
  }
}

type ReportManifest = (code: Problem['code'], message: string) => void;

/** What is known of a folder for the sake of its files. */
class Folder {
  readonly siblings: Siblings;
  readonly counters: ReadonlyMap<string, CounterPlace>;
  private readonly manifestPath: string | undefined;
  private read: { readonly manifest: Manifest | undefined } | undefined;

  constructor(absolute: string) {
    const names = readdirSync(absolute);
    this.siblings = new Map(names.map((name) => [name.replace(/\.gz$/, ''), join(absolute, name)]));
    this.counters = sampleCounters(names);
    this.manifestPath = names.includes(MANIFEST_NAME) ? join(absolute, MANIFEST_NAME) : undefined;
  }

  manifest(report: ReportManifest): Manifest | undefined {
    if (this.manifestPath === undefined) return undefined;
    this.read ??= { manifest: readManifest(this.manifestPath, report) };
    return this.read.manifest;
  }
}

/** The path of the first mapping that may be executed and has a file: in most processes the program itself. */
function firstExecutable(table: VmaTable): string | undefined {
  for (let row = 0; row < table.count; row++) {
    const path = table.paths[table.path[row] as number] as string;
    if ((table.permissions[row] as number) & EXECUTE && path !== '' && !path.startsWith('[')) {
      return path.replace(/ \(deleted\)$/, '');
    }
  }
  return undefined;
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && 'syscall' in error;
}
