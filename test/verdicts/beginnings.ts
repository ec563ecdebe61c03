import { groupBy } from '../../src/model/group-by.js';
import { BEGINNINGS } from './options.js';
import type { Outcome } from './outcome.js';
import { accuracyOf, isLabelled } from './score.js';
import { type Share, shareOf } from './wilson.js';

/** What is said of traces while they are still being sampled. */
export interface Beginning {
  readonly samples: number;
  /** Of the leaking traces, those accused by now, whether or not they still are. */
  readonly foundByNow: Share;
  /** Of the harmless traces, those accused at these samples, and by now. */
  readonly accused: Share;
  readonly accusedByNow: Share;
}

/** By the number of samples seen, from the outcomes of beginnings of the same traces. */
export function beginningsOf(outcomes: readonly Outcome[]): Beginning[] {
  return BEGINNINGS.map((samples) => {
    const now = outcomes.filter((outcome) => outcome.samples === samples);
    const accused = new Set(
      outcomes.filter((outcome) => outcome.samples <= samples && outcome.label === 'leak').map(traceName),
    );
    const byNow = accuracyOf(now, (outcome) => accused.has(traceName(outcome)));
    return {
      samples,
      foundByNow: byNow.recall,
      accused: accuracyOf(now, isLabelled('leak')).falsePositives,
      accusedByNow: byNow.falsePositives,
    };
  });
}

/** How many samples the first right verdict took, of the leaking traces of one scenario. */
export interface FirstFound {
  readonly scenario: string;
  readonly found: Share;
  /** The median of those found; absent where none was. */
  readonly samples?: number;
}

export function firstFoundOf(outcomes: readonly Outcome[]): FirstFound[] {
  const leaking = outcomes.filter(({ leaks }) => leaks);
  return [...groupBy(leaking, ({ scenario }) => scenario)].map(([scenario, group]) => {
    const traces = [...groupBy(group, traceName).values()];
    const firsts = traces
      .flatMap((beginnings) => {
        const found = beginnings.filter(isLabelled('leak')).map(({ samples }) => samples);
        return found.length === 0 ? [] : [Math.min(...found)];
      })
      .sort((a, b) => a - b);
    const median = firsts[Math.floor((firsts.length - 1) / 2)];
    return { scenario, found: shareOf(firsts.length, traces.length), ...(median !== undefined && { samples: median }) };
  });
}

function traceName({ scenario, seed }: Outcome): string {
  return `${scenario} ${seed}`;
}
