import { deserialize, serialize } from 'node:v8';
import type { DiagnosisLog } from '../correlate/diagnosis-log.js';
import { type Ledger, ledgersByDevice, mergeDiagnoses } from '../correlate/ledger.js';
import type { InputFile } from '../ingest/captures-folder.js';
import type { FileRecord, StackCapture } from '../model/capture.js';
import { compareNames } from '../model/origin.js';
import type { Problem } from '../model/problem.js';
import { DeviceLedgers, type PackedLedger } from './device-ledgers.js';

/** All that a set of files said, folded. */
export interface ReadResult {
  /** The logs, which may tell of programs of any device. */
  readonly diagnoses: Map<string, DiagnosisLog>;
  /** All else. */
  readonly devices: DeviceLedgers;
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
  return { diagnoses: new Map(), devices: new DeviceLedgers(), files: [], problems: [], unnamed: [], dated: [] };
}

/** Adds what was folded. `ledger` must not be used any more. */
export function addLedger(whole: ReadResult, ledger: Ledger): void {
  mergeDiagnoses(whole.diagnoses, ledger.diagnoses);
  for (const [device, own] of ledgersByDevice(ledger)) whole.devices.add(device, own);
}

/**
 * Adds what other files said, in any order. `more` must not be used any more.
 *
 * @param key stands for `more`, where something does
 */
export function addRead(whole: ReadResult, more: ReadResult, key?: string): void {
  mergeDiagnoses(whole.diagnoses, more.diagnoses);
  whole.devices.addAll(more.devices, key);
  for (const file of more.files) whole.files.push(file);
  for (const problem of more.problems) whole.problems.push(problem);
  for (const capture of more.unnamed) whole.unnamed.push(capture);
  for (const file of more.dated) whole.dated.push(file);
}

/** Puts the files into the order of the report: those of an archive come in its own, those of threads in any. */
export function sortFiles({ files }: ReadResult): void {
  files.sort((a, b) => compareNames(a.path, b.path));
}

type PackedResult = Omit<ReadResult, 'devices'> & { readonly devices: [device: string, ledger: PackedLedger][] };

/** As bytes, in a memory of their own. */
export function packed(result: ReadResult): Buffer {
  const whole: PackedResult = { ...result, devices: [...result.devices.packed()] };
  return serialize(whole);
}

/** @param bytes what `packed` made; the packed ledgers of the result lie in its memory */
export function unpacked(bytes: Uint8Array): ReadResult {
  const whole = deserialize(bytes) as PackedResult;
  const devices = new DeviceLedgers();
  for (const [device, ledger] of whole.devices) devices.add(device, ledger);
  return { ...whole, devices, files: whole.files.map(sharing) };
}

/** The same with the words that all files have in common: bytes hold them for each anew. */
function sharing(file: FileRecord): FileRecord {
  return { ...file, format: shared(file.format), status: shared(file.status) };
}

const words = new Map<string, string>();

function shared<Word extends string>(word: Word): Word {
  const known = words.get(word);
  if (known === undefined) words.set(word, word);
  return (known as Word | undefined) ?? word;
}

/** Notes a file that could not be read for a reason of ours. */
export function addQuarantined(result: ReadResult, { path }: InputFile, bytes: number, message: string): void {
  result.files.push({ path, format: '', status: 'refused', bytes, snapshots: 0 });
  result.problems.push({ severity: 'error', code: 'quarantined', message, file: path, line: 0 });
}
