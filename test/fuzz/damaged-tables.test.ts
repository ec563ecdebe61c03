import { it } from 'vitest';
import { FUZZ_TIMEOUT, fuzzRuns } from './fuzz-runs.js';
import { expectSoundWhenDamaged } from './mutations.js';

const COUNT = 60_000;

it(
  `${fuzzRuns(COUNT).numRuns} damaged snapshots and tables say nothing unsound`,
  () => expectSoundWhenDamaged((name) => !/^(?:asan|lsan|memcheck|kernel)/.test(name), COUNT),
  FUZZ_TIMEOUT,
);
