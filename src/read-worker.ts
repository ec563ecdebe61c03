import { type Batch, type ReadResult, readHere } from './read-captures.js';

/** What a thread of the pool runs: a batch of files into a ledger, which is sent back. */
export default function readBatch({ inputs, ...options }: Batch): Promise<ReadResult> {
  return readHere(inputs, options);
}
