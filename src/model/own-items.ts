import { groupedOnce } from './grouped-once.js';
import type { Program } from './program.js';
import { programKey } from './program-key.js';

const byProgram = groupedOnce(programKey);

/** Those of a list that are about one program, in their order. */
export function ownItems<T extends Program>(items: readonly T[], program: Program): readonly T[] {
  // The groups of a list hold items of that list.
  return (byProgram(items).get(programKey(program)) ?? []) as readonly T[];
}
