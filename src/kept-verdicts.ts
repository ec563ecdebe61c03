import { deserialize, serialize } from 'node:v8';
import { digestOf } from './cache/value-digest.js';
import type { ProgramRecord } from './model/program.js';
import type { RunCache } from './run-cache.js';

/**
 * What is made of a program's record, by an earlier run where that had the same one.
 * @param T plain data
 * @param cache without it all is made
 * @param make told a function to call where what it makes is not to be kept
 */
export function ofRecord<T>(record: ProgramRecord, cache: RunCache | undefined, make: (spoil: () => void) => T): T {
  if (!cache) return make(() => undefined);
  const key = cache.key('verdict', digestOf(record));
  const entry = cache.store.read(key);
  if (entry) return deserialize(entry) as T;
  let isWhole = true;
  const made = make(() => {
    isWhole = false;
  });
  if (isWhole) cache.store.write(key, serialize(made));
  return made;
}
