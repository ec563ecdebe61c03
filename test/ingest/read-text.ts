import { ByteWindow } from '../../src/ingest/byte-window.js';
import type { CaptureFormat, Reading } from '../../src/ingest/format.js';
import { captureFormats } from '../../src/ingest/formats/index.js';
import { RunMemory } from '../../src/ingest/run-memory.js';
import type { Problem } from '../../src/model/problem.js';
import { copyTable } from '../../src/model/vma-table.js';

export interface ReadResult {
  readings: Reading[];
  problems: Problem[];
  /** The lines that the reader did not take, from the first on. */
  rest: string;
}

function isOfAnother(format: CaptureFormat, head: string): boolean {
  return captureFormats.some((other) => other !== format && other.recognizes(head));
}

/** Reads text with one format, as if it were the whole section of a file named `file`. */
export function readText(format: CaptureFormat, text: string | Buffer, file = 'test.txt'): ReadResult {
  const buffer = Buffer.from(text);
  const window = new ByteWindow(buffer);
  window.end = buffer.length;
  const readings: Reading[] = [];
  const problems: Problem[] = [];
  const run = new RunMemory();
  const reader = format.open({
    file,
    paths: run.paths,
    kept: (owner, make) => run.kept(owner, make),
    emit: (reading) =>
      readings.push(reading.type === 'snapshot' ? { ...reading, table: copyTable(reading.table) } : reading),
    problem: (severity, code, message, line) => problems.push({ severity, code, message, file, line }),
  });
  reader.read(window);
  // As the driver does: lines that belong to no format are passed over in a log that expects them.
  while (format.interleaved && window.position < window.end && !isOfAnother(format, window.head())) {
    window.skipLine();
    reader.read(window);
  }
  const rest = buffer.toString('utf8', window.position);
  reader.end(rest === '');
  return { readings, problems, rest };
}
