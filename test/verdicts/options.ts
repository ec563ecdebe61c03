import { parseArgs } from 'node:util';
import { isFor, scenarios } from './scenarios/index.js';
import type { Task } from './task.js';

export interface Options {
  /** Tuning seeds, to be looked at while limits are chosen; else those held back for the report. */
  readonly tune: boolean;
  readonly scenario?: string;
  readonly n?: number;
  /** Traces of each scenario and number of samples, instead of the usual numbers. */
  readonly seeds?: number;
  /** Print each trace that was judged wrongly. */
  readonly wrong: boolean;
}

/** Traces of each scenario by the number of samples: long ones take longer to judge. */
const USUAL_SEEDS: ReadonlyMap<number, number> = new Map([
  [8, 100],
  [12, 100],
  [20, 100],
  [40, 60],
  [96, 40],
  [288, 8],
]);

const FIRST_TUNING = 1;
const FIRST_HELD_BACK = 10_001;

/** The beginnings of a trace of 96 samples that are judged by themselves. */
export const BEGINNINGS = [8, 12, 16, 20, 28, 40, 60, 96] as const;
const WHOLE = 96;
const BEGINNING_SEEDS = 5;

/** @throws Error where a word or a number is none that can be used. */
export function readOptions(words: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...words],
    options: {
      tune: { type: 'boolean', default: false },
      scenario: { type: 'string' },
      n: { type: 'string' },
      seeds: { type: 'string' },
      wrong: { type: 'boolean', default: false },
    },
  });
  const { tune, wrong, scenario, n, seeds } = values;
  if (scenario !== undefined && !scenarios.some(({ name }) => name === scenario)) {
    throw new Error(`expected a scenario of ${scenarios.map(({ name }) => name).join(' · ')}, found "${scenario}"`);
  }
  return {
    tune,
    wrong,
    ...(scenario !== undefined && { scenario }),
    ...(n !== undefined && { n: countOf('--n', n) }),
    ...(seeds !== undefined && { seeds: countOf('--seeds', seeds) }),
  };
}

function countOf(option: string, text: string): number {
  const count = Number(text);
  if (!Number.isSafeInteger(count) || count < 1) throw new Error(`${option}: expected a number, found "${text}"`);
  return count;
}

/** Whether this is the run whose figures are kept. */
export function isWholeReport({ tune, scenario, n, seeds }: Options): boolean {
  return !tune && scenario === undefined && n === undefined && seeds === undefined;
}

/** First and last seed of the traces with `n` samples. */
export function seedsOf(options: Options, n: number): { readonly first: number; readonly last: number } {
  const first = options.tune ? FIRST_TUNING : FIRST_HELD_BACK;
  return { first, last: first + (options.seeds ?? USUAL_SEEDS.get(n) ?? 10) - 1 };
}

export function sampleCountsOf({ n }: Options): readonly number[] {
  return n === undefined ? [...USUAL_SEEDS.keys()] : [n];
}

/** All traces that are judged whole. */
export function tasksOf(options: Options): Task[] {
  return chosen(options).flatMap((scenario) =>
    sampleCountsOf(options)
      .filter((n) => isFor(scenario, n))
      .flatMap((n) => seedRange(seedsOf(options, n)).map((seed) => ({ scenario: scenario.name, n, seed }))),
  );
}

/** The beginnings of the first traces of each scenario. */
export function beginningTasksOf(options: Options): Task[] {
  if (options.n !== undefined && options.n !== WHOLE) return [];
  const { first, last } = seedsOf(options, WHOLE);
  const seeds = seedRange({ first, last: Math.min(last, first + BEGINNING_SEEDS - 1) });
  return chosen(options).flatMap(({ name: scenario }) =>
    seeds.flatMap((seed) => BEGINNINGS.map((samples) => ({ scenario, n: WHOLE, seed, samples }))),
  );
}

function chosen({ scenario }: Options): typeof scenarios {
  return scenarios.filter(({ name }) => scenario === undefined || name === scenario);
}

function seedRange({ first, last }: { readonly first: number; readonly last: number }): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
