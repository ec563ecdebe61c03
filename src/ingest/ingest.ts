import { statSync } from 'node:fs';
import type { Capture, FileRecord } from '../model/capture.js';
import type { Problem } from '../model/problem.js';
import type { Instant } from '../model/units.js';
import { addressLayout } from './address-layout.js';
import { ArchiveFacts } from './archives/archive-facts.js';
import { numbered } from './archives/member-path.js';
import { type ArchiveOutcome, walkArchive } from './archives/walk-archive.js';
import { type ByteSource, OverLimit } from './byte-source.js';
import { ByteWindow } from './byte-window.js';
import { contextOf, type FileContext } from './capture-context.js';
import { type OpenedArchive, openCaptureFile } from './capture-file.js';
import { captureOf } from './capture-of.js';
import type { InputFile } from './captures-folder.js';
import { isCompanionOnly } from './companions.js';
import { DatedByPath } from './dated-by-path.js';
import { FileContexts, nameOf } from './file-contexts.js';
import { firstExecutable } from './first-executable.js';
import type { CaptureFormat } from './format.js';
import { MANIFEST_NAME } from './manifest.js';
import { readSections } from './read-sections.js';
import { RunMemory } from './run-memory.js';
import { TextFeed, windowBuffer } from './text-feed.js';
import { UntimedCaptures } from './untimed-captures.js';

/** Who takes what is read, in the order of the files. */
export interface CaptureSink {
  capture(capture: Capture): void;
  file(record: FileRecord): void;
  problem(problem: Problem): void;
  /** By which line of a file a format was first recognized. */
  recognized?(recognition: Recognition): void;
}

export interface Recognition {
  readonly file: string;
  readonly format: string;
  readonly line: number;
  readonly text: string;
}

/**
 * Reads files one after the other and hands on what each says, a capture at a time; nothing is kept.
 *
 * A file that cannot be read costs a problem and no more. Whatever the order of calls, a file says the same.
 */
export class Ingest {
  private readonly run = new RunMemory();
  private readonly buffer = windowBuffer();
  private readonly contexts: FileContexts;

  constructor(
    private readonly formats: readonly CaptureFormat[],
    private readonly sink: CaptureSink,
  ) {
    this.contexts = new FileContexts((problem) => {
      sink.problem(problem);
    });
  }

  async read(file: InputFile): Promise<void> {
    const record: FileRecord = { path: file.path, format: '', status: 'ignored', bytes: 0, snapshots: 0 };
    try {
      record.bytes = statSync(file.absolute).size;
      const name = nameOf(file.path);
      const known = formatByName(name);
      const opened = known === undefined ? await openCaptureFile(file.absolute) : { ignored: known };
      if ('archive' in opened) {
        await this.readArchive(file, record, opened);
        return;
      }
      if (known !== undefined) Object.assign(record, { format: known, status: 'read' });
      else if ('overLimit' in opened) this.refuse(record, 'over-limit', opened.overLimit);
      else if ('source' in opened) {
        try {
          const context = await this.contexts.onDisk(file, name);
          await this.readText(record, opened.source, context, () => Math.round(statSync(file.absolute).mtimeMs));
        } finally {
          opened.source.close();
        }
      }
    } catch (error) {
      if (!isSystemError(error)) throw error;
      this.refuse(record, 'unreadable', `expected a readable file, found ${error.message.split(',')[0] ?? ''}`);
    }
    this.sink.file(record);
  }

  /** Reads the files of an archive as those of a folder; the archive itself is told of only where something is wrong. */
  private async readArchive(file: InputFile, record: FileRecord, first: OpenedArchive): Promise<void> {
    const facts = new ArchiveFacts();
    await walkArchive(first.archive, first.level, facts);
    const again = (await first.again?.()) ?? (await openCaptureFile(file.absolute));
    if (!('archive' in again)) {
      this.refuse(record, 'unreadable', 'expected the same file twice, found another: it was written to meanwhile');
      this.sink.file(record);
      return;
    }
    const paths = new Set<string>();
    await walkArchive(again.archive, again.level, {
      member: async (place, member, opened) => {
        const inside = place.join('/');
        const path = numbered(`${file.path}/${inside}`, paths);
        const modifiedAt = (): Instant => member.modifiedAt ?? Math.round(statSync(file.absolute).mtimeMs);
        const own: FileRecord = { path, format: '', status: 'ignored', bytes: member.bytes, snapshots: 0 };
        const known = formatByName(nameOf(path));
        if ('damage' in opened) this.refuse(own, 'damaged-compression', opened.damage.message);
        else if ('overLimit' in opened) this.refuse(own, 'over-limit', opened.overLimit);
        else if ('refused' in opened) this.refuse(own, 'refused-format', `expected text, found ${opened.refused}`);
        else if (known !== undefined) Object.assign(own, { format: known, status: 'read' });
        else if ('source' in opened) {
          await this.readText(own, opened.source, this.contexts.inArchive(file, place, facts), modifiedAt);
        }
        this.sink.file(own);
      },
      ended: (place, outcome) => {
        this.tellOutcome([file.path, ...place].join('/'), place.length === 0 ? record.bytes : 0, outcome);
      },
    });
  }

  /** What an archive as a whole has to tell of; only then is it one of the files. */
  private tellOutcome(path: string, bytes: number, { members, skipped, damage }: ArchiveOutcome): void {
    const record: FileRecord = {
      path,
      format: 'archive',
      status: members === 0 ? 'ignored' : 'read',
      bytes,
      snapshots: 0,
    };
    if (skipped.size > 0) {
      const kinds = [...skipped].map(([what, count]) => `${count} × ${what}`).join(', ');
      const message = `expected only regular files with paths below the archive, found others, which are not read: ${kinds}`;
      this.problem(record, 'warning', 'skipped-entries', message, 0);
    }
    if (damage) {
      if (members === 0) record.status = 'refused';
      this.problem(record, 'error', codeOf(damage), damage.message, 0);
    }
    if (damage || skipped.size > 0 || members === 0) this.sink.file(record);
  }

  private async readText(
    record: FileRecord,
    source: ByteSource,
    context: FileContext,
    modifiedAt: () => Instant,
  ): Promise<void> {
    const untimed = new UntimedCaptures((capture) => {
      this.sink.capture(capture);
    });
    const window = new ByteWindow(this.buffer);
    const feed = new TextFeed(source, window, (line) => {
      this.problem(
        record,
        'error',
        'line-too-long',
        'expected lines of at most 1 MiB, found a longer one: skipped',
        line,
      );
    });
    let isRefusalTold = false;
    const dates = new DatedByPath(context.path);
    let dateless: { readonly line: number } | undefined;
    const outcome = await readSections(record.path, feed, window, this.formats, this.run, {
      reading: (format, reading, header, round) => {
        if (reading.type === 'identity') return;
        if (reading.type === 'snapshot') record.snapshots++;
        const dated = dates.dated(header);
        const captureContext = contextOf(context, dated, reading.says, () =>
          reading.type === 'snapshot' ? firstExecutable(reading.table) : undefined,
        );
        if (captureContext.pid === undefined) {
          const layout = reading.type === 'snapshot' ? addressLayout(reading.table) : reading.says.layout;
          if (layout !== undefined) captureContext.layout = layout;
        }
        const { takenAt: source } = captureContext.sources;
        if (source === 'header' ? dated?.comesAgain : source === 'path' && context.path.lacksDay) {
          dateless ??= reading.origin;
        }
        untimed.add(captureOf(reading, format.id, captureContext), round);
      },
      problem: (severity, code, message, line) => {
        isRefusalTold ||= code === 'refused-format';
        this.problem(record, severity, code, message, line);
      },
      recognized: (format, line, text) => {
        this.sink.recognized?.({ file: record.path, format: format.id, line, text });
      },
    });
    this.settle(record, outcome, window.line, isRefusalTold);
    if (feed.damage) {
      if (outcome.formats.length === 0) record.status = 'refused';
      this.problem(record, 'error', codeOf(feed.damage), feed.damage.message, window.line);
    }
    if (dateless) {
      const message = 'expected times with their date, found none or no year: only their order and distance are true';
      this.problem(record, 'warning', 'time-without-date', message, dateless.line);
    }
    if (untimed.end(modifiedAt)) {
      const message =
        'expected a time in the path, a header or captures.json, found none: the time of its last modification is used';
      this.problem(record, 'warning', 'time-from-modification', message, 0);
    }
  }

  /** @param isRefusalTold whether a reader said itself, and better, why its text is refused */
  private settle(
    record: FileRecord,
    outcome: Awaited<ReturnType<typeof readSections>>,
    lastLine: number,
    isRefusalTold: boolean,
  ): void {
    const { formats, unexplained } = outcome;
    record.format = formats.map(({ id }) => id).join('+');
    if (formats.length === 0) return;
    record.lines = outcome.lines;
    const refusal = formats.find(({ refusal }) => refusal !== undefined);
    if (refusal?.refusal !== undefined) {
      if (!isRefusalTold) {
        this.problem(record, 'error', 'refused-format', refusal.refusal, Math.min(1, lastLine));
      }
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

  private refuse(record: FileRecord, code: Problem['code'], message: string): void {
    record.status = 'refused';
    this.problem(record, 'error', code, message, 0);
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

/** What the name of a file says for sure: files without text that a format could recognize. */
function formatByName(name: string): string | undefined {
  return name === MANIFEST_NAME ? 'manifest' : isCompanionOnly(name);
}

function codeOf(damage: Error): Problem['code'] {
  return damage instanceof OverLimit ? 'over-limit' : 'damaged-compression';
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && 'syscall' in error;
}
