import { deserialize, serialize } from 'node:v8';
import { emptyLedger, type Ledger, merge } from '../correlate/ledger.js';
import type { InputFile } from '../ingest/captures-folder.js';
import type { FileRecord, StackCapture } from '../model/capture.js';
import { compareNames } from '../model/origin.js';
import type { Problem } from '../model/problem.js';

/** All that a set of files said, folded. Plain data: it can be sent between threads, and kept. */
export interface ReadResult {
  readonly ledger: Ledger;
  readonly files: FileRecord[];
  readonly problems: Problem[];
  /** Logs that are not folded yet, since their frames get names first. */
  readonly unnamed: StackCapture[];
  /** Files of which more than the content was used. */
  readonly dated: DatedFile[];
}

/** A file whose modification time stands in for the time of a capture. */
export interface DatedFile {
  readonly absolute: string;
  /** Milliseconds since 1970. */
  readonly modifiedAt: number;
}

export function nothingRead(): ReadResult {
  return { ledger: emptyLedger(), files: [], problems: [], unnamed: [], dated: [] };
}

/** Adds what other files said, in any order. `more` must not be used any more. */
export function addRead(whole: ReadResult, more: ReadResult): void {
  merge(whole.ledger, more.ledger);
  for (const file of more.files) whole.files.push(file);
  for (const problem of more.problems) whole.problems.push(problem);
  for (const capture of more.unnamed) whole.unnamed.push(capture);
  for (const file of more.dated) whole.dated.push(file);
}

/** Puts the files into the order of the report: those of an archive come in its own, those of threads in any. */
export function sortFiles({ files }: ReadResult): void {
  files.sort((a, b) => compareNames(a.path, b.path));
}

/** As bytes, in a memory of their own; their typed arrays stay as they are. */
export function packed(result: ReadResult): Buffer {
  return serialize(result);
}

/** @param bytes what `packed` made; typed arrays of the result lie in its memory */
export function unpacked(bytes: Uint8Array): ReadResult {
  return deserialize(bytes) as ReadResult;
}

/** Notes a file that could not be read for a reason of ours. */
export function addQuarantined(result: ReadResult, { path }: InputFile, bytes: number, message: string): void {
  result.files.push({ path, format: '', status: 'refused', bytes, snapshots: 0 });
  result.problems.push({ severity: 'error', code: 'quarantined', message, file: path, line: 0 });
}
