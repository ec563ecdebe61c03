import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { threadId } from 'node:worker_threads';
import readBatch from '../../dist/reading/read-worker.js';

/** Reads as the real one, but fails on files that begin with one of these words: no real file should make it. */
export default async function readOrFail(batch) {
  for (const [index, { absolute }] of batch.inputs.entries()) {
    Atomics.store(batch.progress, 0, index);
    failOn(...readFileSync(absolute, 'latin1').split(/\s/, 2));
  }
  return readBatch(batch);
}

function failOn(word, folder) {
  if (word === 'SLOW') {
    writeFileSync(join(folder, String(threadId)), '');
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
  } else if (word === 'HANG') {
    for (;;);
  } else if (word === 'GROW') {
    const kept = [];
    for (;;) kept.push({ kept: Array.from({ length: 1000 }, (_one, index) => `${index}`) });
  } else if (word === 'THROW') {
    throw new Error('a reader\u001b failed');
  } else if (word === 'EXIT') {
    process.exit(3);
  }
}
