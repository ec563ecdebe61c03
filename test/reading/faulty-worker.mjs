import { readFileSync } from 'node:fs';
import readBatch from '../../dist/reading/read-worker.js';

/** Reads as the real one, but fails on files that begin with one of these words: no real file should make it. */
export default async function readOrFail(batch) {
  for (const [index, { absolute }] of batch.inputs.entries()) {
    Atomics.store(batch.progress, 0, index);
    failOn(readFileSync(absolute, 'latin1').split(/\s/, 1)[0]);
  }
  return readBatch(batch);
}

function failOn(word) {
  if (word === 'HANG') {
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
