import { describe, expect } from 'vitest';
import { recordsOf } from '../../src/correlate/records.js';
import { listCaptures } from '../../src/ingest/captures-folder.js';
import { judge } from '../../src/judge/judge.js';
import { verdictRules } from '../../src/judge/rules/index.js';
import type { ProgramRecord } from '../../src/model/program.js';
import type { VerdictLabel } from '../../src/model/verdict.js';
import { readCaptures } from '../../src/reading/read-captures.js';
import { claimsOf } from './known-errors.js';
import { type PairTruth, pairs } from './truths.js';
import { recordIn, type SampleWindow } from './windows.js';

const LENGTHS = [6, 8, 12, 16, 20];
const windows: readonly SampleWindow[] = LENGTHS.flatMap((length) => [
  { end: 'first', length },
  { end: 'last', length },
]);
/** In the first 8 samples some repaired programs still warm up, which no capture can tell from a leak. */
const WARMED_UP = 16;

/** A capture that is too short may leave a question open, but must not answer it wrongly. */
describe.each(pairs)('$name, sampled for a shorter time', ({ name }: PairTruth) => {
  claimsOf(`${name}-leaky`)('is not called clean', async () => {
    expect(await wrongIn(`${name}-leaky`, ['clean'], windows)).toEqual([]);
  });

  claimsOf(`${name}-repaired`)('is not blamed', async () => {
    const warm = windows.filter(({ end, length }) => end === 'last' || length >= WARMED_UP);
    expect(await wrongIn(`${name}-repaired`, ['leak', 'suspect'], warm)).toEqual([]);
  });
});

/** The windows in which a program gets one of the wrong verdicts. */
async function wrongIn(
  program: string,
  wrong: readonly VerdictLabel[],
  some: readonly SampleWindow[],
): Promise<string[]> {
  const inputs = listCaptures([`samples/pairs/${program}.tar.gz`], () => undefined);
  const { devices } = await readCaptures(inputs, {});
  const records = devices.devices().flatMap((device) => recordsOf(devices.of(device)).records);
  expect(records.map((record) => record.program.command)).toEqual([program]);
  return records.flatMap((record) =>
    some
      .map((window) => ({ window, label: labelIn(record, window) }))
      .filter(({ label }) => wrong.includes(label))
      .map(({ window, label }) => `${window.end} ${window.length}: ${label}`),
  );
}

function labelIn(record: ProgramRecord, window: SampleWindow): VerdictLabel {
  const { verdict } = judge(recordIn(record, window), verdictRules, (_, error) => {
    throw error;
  });
  return verdict.label;
}
