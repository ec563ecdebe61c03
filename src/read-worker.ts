import type { InputFile } from './ingest/captures-folder.js';
import { type ReadResult, readHere } from './read-captures.js';

/** What a thread of the pool runs: a batch of files into a ledger, which is sent back. */
export default function readBatch(inputs: InputFile[]): Promise<ReadResult> {
  return readHere(inputs);
}
