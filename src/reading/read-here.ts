import { emptyLedger, fold } from '../correlate/ledger.js';
import type { InputFile } from '../ingest/captures-folder.js';
import { captureFormats } from '../ingest/formats/index.js';
import { Ingest } from '../ingest/ingest.js';
import { hasStacks } from '../model/capture.js';
import { visible } from '../model/problem.js';
import { statOf } from './file-stat.js';
import { addLedger, addQuarantined, nothingRead, type ReadResult, sortFiles } from './read-result.js';

export interface ReadHereOptions {
  /** Keep logs apart whose frames are to be named. */
  readonly keepsStacks: boolean;
  /** Told before each file. */
  readonly onFile?: (index: number, file: InputFile) => void;
}

/** Reads files one after the other in this thread. A file on which a reader fails costs a problem and no more. */
export async function readHere(
  inputs: readonly InputFile[],
  { keepsStacks, onFile }: ReadHereOptions,
): Promise<ReadResult> {
  const result = nothingRead();
  const ledger = emptyLedger();
  let isDated = false;
  const ingest = new Ingest(captureFormats, {
    capture: (capture) => {
      isDated ||= capture.context.sources.takenAt === 'modification-time';
      if (keepsStacks && hasStacks(capture)) result.unnamed.push(capture);
      else fold(ledger, capture);
    },
    file: (record) => result.files.push(record),
    problem: (problem) => result.problems.push(problem),
  });
  for (const [index, input] of inputs.entries()) {
    onFile?.(index, input);
    isDated = false;
    try {
      await ingest.read(input);
    } catch (error) {
      const reason = visible(error instanceof Error ? error.message : String(error));
      const message = `expected a file that can be read, found that a reader fails on it (${reason}): a bug of memreport, please report it`;
      addQuarantined(result, input, statOf(input.absolute)?.size ?? 0, message);
    }
    if (isDated) result.dated.push({ absolute: input.absolute, modifiedAt: modifiedAt(input.absolute) });
  }
  addLedger(result, ledger);
  sortFiles(result);
  return result;
}

/** As whoever reads a capture takes it; NaN, which is equal to nothing, where the file is gone. */
export function modifiedAt(path: string): number {
  return Math.round(statOf(path)?.mtimeMs ?? Number.NaN);
}
