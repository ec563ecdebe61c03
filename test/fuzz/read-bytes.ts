import { ByteWindow } from '../../src/ingest/byte-window.js';
import type { CaptureFormat, Reading } from '../../src/ingest/format.js';
import { captureFormats } from '../../src/ingest/formats/index.js';
import { readSections } from '../../src/ingest/read-sections.js';
import { RunMemory } from '../../src/ingest/run-memory.js';
import type { SectionHeader } from '../../src/ingest/section-header.js';
import { TextFeed, windowBuffer } from '../../src/ingest/text-feed.js';
import type { LineCounts } from '../../src/model/capture.js';
import type { Problem } from '../../src/model/problem.js';
import { copyTable } from '../../src/model/vma-table.js';
import { memorySource } from './memory-source.js';

/** A statement with the id of its format and what stood above its section. */
export type FoundReading = Reading & { readonly format: string; readonly header?: SectionHeader };

export interface FoundInBytes {
  readonly formats: string[];
  readonly readings: FoundReading[];
  readonly problems: Problem[];
  readonly lines: LineCounts;
}

const buffer = windowBuffer();

/** Reads a text as ingest does, without a file. */
export async function readBytes(
  bytes: Uint8Array,
  run = new RunMemory(),
  among: readonly CaptureFormat[] = captureFormats,
): Promise<FoundInBytes> {
  const window = new ByteWindow(buffer);
  const problems: Problem[] = [];
  const report = (severity: Problem['severity'], code: Problem['code'], message: string, line: number): void => {
    problems.push({ severity, code, message, file: 'capture.txt', line });
  };
  const feed = new TextFeed(memorySource(bytes), window, (line) => {
    report('error', 'line-too-long', 'expected lines of at most 1 MiB, found a longer one: skipped', line);
  });
  const readings: FoundReading[] = [];
  const { formats, unexplained, lines } = await readSections('capture.txt', feed, window, among, run, {
    reading: (format, reading, header) => {
      const own = reading.type === 'snapshot' ? { ...reading, table: copyTable(reading.table) } : reading;
      readings.push({ ...own, format: format.id, ...(header && { header }) });
    },
    problem: report,
  });
  if (formats.length > 0 && unexplained.count > 0) {
    report('warning', 'unexplained-lines', `expected only its format, found "${unexplained.text}"`, unexplained.line);
  }
  return { formats: formats.map(({ id }) => id), readings, problems, lines };
}
