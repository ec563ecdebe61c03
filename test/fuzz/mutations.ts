import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect } from 'vitest';
import { androidTexts } from './android-texts.js';
import { fuzzRuns } from './fuzz-runs.js';
import { mutated, mutations } from './mutate.js';
import { type FoundInBytes, readBytes } from './read-bytes.js';
import { type SampleText, sampleTexts, stretches } from './sample-texts.js';
import { lineCount, plain, unsound } from './soundness.js';

/** Texts of this size are read in about a millisecond, so that CI can afford many. */
const STRETCH = 4096;
/** What a text of some KiB may take, on a machine that is shared. */
const LONGEST_MILLISECONDS = 1000;

/** Reads `count` damaged texts of these samples: whatever is left of them, what is said must be sound. */
export async function expectSoundWhenDamaged(isOurs: (name: string) => boolean, count: number): Promise<void> {
  const samples = [...sampleTexts(), ...androidTexts()];
  const texts = samples.filter(({ name }) => isOurs(name)).flatMap((sample) => stretches(sample, STRETCH));
  const others = samples.flatMap((sample) => stretches(sample, STRETCH));
  expect(texts.length).toBeGreaterThan(10);
  const document = fc.record({
    text: fc.constantFrom(...texts),
    other: fc.constantFrom(...others),
    changes: mutations,
  });
  await fc.assert(
    fc.asyncProperty(document.map(damage), async ({ name, bytes }) => {
      const started = performance.now();
      const found = await readBytes(bytes);
      const milliseconds = performance.now() - started;
      const faults = unsound(found, lineCount(bytes));
      if (milliseconds > LONGEST_MILLISECONDS) faults.push(`took ${milliseconds} ms`);
      if (!isSameAsJson(found)) faults.push('is not the same as JSON');
      if (faults.length > 0) throw new Error(`${name}: ${faults.slice(0, 5).join('; ')}`);
    }),
    fuzzRuns(count),
  );
}

interface Damaged {
  readonly text: SampleText;
  readonly other: SampleText;
  readonly changes: Parameters<typeof mutated>[1];
}

/** The damaged text, with a name that tells how it was made; printed when it fails. */
function damage({ text, other, changes }: Damaged): SampleText {
  const name = `${text.name} with ${other.name}: ${JSON.stringify(changes)}`;
  const printed = { [fc.toStringMethod]: () => name };
  return { name, bytes: mutated(text.bytes, changes, other.bytes), ...printed };
}

function isSameAsJson(found: FoundInBytes): boolean {
  const value = plain(found);
  return isDeepStrictEqual(JSON.parse(JSON.stringify(value)), value);
}
