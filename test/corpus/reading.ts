import { join } from 'node:path';
import { ByteWindow } from '../../src/ingest/byte-window.js';
import { openCaptureFile } from '../../src/ingest/capture-file.js';
import type { Reading } from '../../src/ingest/format.js';
import { captureFormats } from '../../src/ingest/formats/index.js';
import { readSections } from '../../src/ingest/read-sections.js';
import { RunMemory } from '../../src/ingest/run-memory.js';
import { TextFeed, windowBuffer } from '../../src/ingest/text-feed.js';
import { type InspectedFile, inspect } from '../../src/inspect.js';
import { copyTable } from '../../src/model/vma-table.js';
import type { Corpus, CorpusFile } from './corpus.js';

/** What memreport makes of one file of the corpus. */
export interface CorpusReading extends CorpusFile {
  readonly inspected: InspectedFile;
  /** The same before it is summed up: all counters of all VMAs, and what only identifies a process. */
  readonly readings: readonly Reading[];
  /** How long `inspect` took. */
  readonly milliseconds: number;
}

const buffer = windowBuffer();

export async function readCorpusFile(corpus: Corpus, file: CorpusFile): Promise<CorpusReading> {
  const path = join(corpus.root, file.path);
  const started = performance.now();
  const [inspection] = await inspect([path]);
  const milliseconds = performance.now() - started;
  if (!inspection) throw new Error(`expected one result of inspect for ${file.path}, found none`);
  return { ...file, inspected: inspection.result, readings: await readingsOf(path), milliseconds };
}

async function readingsOf(path: string): Promise<Reading[]> {
  const opened = await openCaptureFile(path);
  if (!('source' in opened)) return [];
  const window = new ByteWindow(buffer);
  const feed = new TextFeed(opened.source, window, () => undefined);
  const readings: Reading[] = [];
  try {
    await readSections(path, feed, window, captureFormats, new RunMemory(), {
      reading: (_format, reading) => {
        readings.push(reading.type === 'snapshot' ? { ...reading, table: copyTable(reading.table) } : reading);
      },
      problem: () => undefined,
    });
  } finally {
    opened.source.close();
  }
  return readings;
}

/** How many statements about programs a file made: none may come of what is no capture. */
export function statementsOf({ snapshots, samples, leaks, errors, summaries }: InspectedFile): number {
  return snapshots.length + samples.length + leaks.length + errors.length + summaries.length;
}
