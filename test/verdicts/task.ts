import { type Outcome, outcomesOf } from './outcome.js';
import { scenarios } from './scenarios/index.js';
import { beginningOf, type Trace, traceOf } from './trace.js';

/** One trace to be judged, by its names: small enough to be sent between processes. */
export interface Task {
  readonly scenario: string;
  readonly n: number;
  readonly seed: number;
  /** Only so many samples of its beginning. */
  readonly samples?: number;
}

export async function runTasks(tasks: readonly Task[]): Promise<Outcome[]> {
  return outcomesOf(tasks.map(traceOfTask));
}

function traceOfTask({ scenario: name, n, seed, samples }: Task): Trace {
  const scenario = scenarios.find((candidate) => candidate.name === name);
  if (!scenario) throw new Error(`expected a scenario, found "${name}"`);
  const trace = traceOf(scenario, n, seed);
  return samples === undefined ? trace : beginningOf(trace, samples);
}
