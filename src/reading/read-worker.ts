import { move } from 'piscina';
import { readHere } from './read-here.js';
import { packed } from './read-result.js';
import type { Batch } from './reader-thread.js';

/** What a thread of the pool runs: a batch of files into a ledger, which is handed over as bytes. */
export default async function readBatch({ inputs, keepsStacks, progress }: Batch): Promise<Uint8Array> {
  const result = await readHere(inputs, {
    keepsStacks,
    onFile: (index) => {
      Atomics.store(progress, 0, index);
    },
  });
  return move(packed(result)) as Uint8Array;
}
