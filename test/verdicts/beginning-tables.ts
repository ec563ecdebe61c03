import { beginningsOf, firstFoundOf } from './beginnings.js';
import type { Outcome } from './outcome.js';
import { percent, tableText } from './tables.js';

/** When leaks are found, and when harmless programs are accused, while sampling goes on. */
export function beginningTables(outcomes: readonly Outcome[]): string[] {
  if (outcomes.length === 0) return [];
  const course = tableText(
    ['seen of 96 samples, %', 'leaks found by now', 'harmless accused', 'ever accused by now'],
    beginningsOf(outcomes).map(({ samples, foundByNow, accused, accusedByNow }) => [
      String(samples),
      percent(foundByNow.share),
      percent(accused.share),
      percent(accusedByNow.share),
    ]),
  );
  const first = tableText(
    ['first found, of 96 samples', 'found', 'median samples'],
    firstFoundOf(outcomes).map(({ scenario, found, samples }) => [
      scenario,
      `${found.hits} of ${found.cases}`,
      samples === undefined ? '–' : String(samples),
    ]),
  );
  return [course, first];
}
