import { groupBy } from '../../model/group-by.js';
import { quote } from '../../model/problem.js';
import type { Statement, Verdict, VerdictLabel } from '../../model/verdict.js';
import { countedText, countText, memoryText } from '../amounts.js';
import { firstOrigins } from '../evidence-origins.js';

/**
 * What the same program does on the other devices: a leak that all have is the program's, one that a single device
 * has may be its configuration's or its data's. One pass over all verdicts.
 */
export function withOtherDevices(verdicts: readonly Verdict[]): Verdict[] {
  const statements = new Map<Verdict, Statement>();
  for (const group of groupBy(verdicts, ({ command }) => command).values()) {
    const growing = group.filter(isGrowing);
    if (new Set(group.map(({ device }) => device)).size < 2 || growing.length === 0) continue;
    const summary = summaryOf(group, growing);
    for (const verdict of growing) {
      statements.set(verdict, { statement: textOf(verdict, summary), origins: summary.origins });
    }
  }
  return verdicts.map((verdict) => {
    const elsewhere = statements.get(verdict);
    if (!elsewhere) return verdict;
    return { ...verdict, cause: { sites: [], conflicts: [], ...verdict.cause, elsewhere } };
  });
}

interface Summary {
  readonly judged: number;
  readonly growing: number;
  /** Growing devices by where most of the growth is. */
  readonly places: ReadonlyMap<string, number>;
  readonly rates: readonly [least: number, most: number] | undefined;
  readonly origins: Statement['origins'];
}

function summaryOf(group: readonly Verdict[], growing: readonly Verdict[]): Summary {
  const places = new Map<string, number>();
  for (const { where } of growing) if (where !== undefined) places.set(where, (places.get(where) ?? 0) + 1);
  const rates = growing.flatMap(({ ratePerHour }) => ratePerHour ?? []).sort((a, b) => a - b);
  const [least] = rates;
  const most = rates.at(-1);
  return {
    judged: group.filter(({ label }) => label !== 'inconclusive').length,
    growing: growing.length,
    places,
    rates: least === undefined || most === undefined ? undefined : [least, most],
    origins: firstOrigins(growing.flatMap(({ grounds }) => grounds[0]?.origins.slice(0, 1) ?? [])),
  };
}

function textOf({ where }: Verdict, { judged, growing, places, rates }: Summary): string {
  if (growing === 1)
    return `of ${countedText(judged, 'device')} with this program that could be judged, it grows on this one only`;
  const alike = where === undefined ? 0 : (places.get(where) ?? 0);
  const place =
    where === undefined ? '' : `, on ${alike === growing ? 'all of them' : countText(alike)} in ${quote(where)}`;
  const speed = rates ? `, by ${memoryText(rates[0])} to ${memoryText(rates[1])} per hour` : '';
  return `it grows on ${countText(growing)} of ${countedText(judged, 'device')} with this program that could be judged${place}${speed}`;
}

const GROWING: readonly VerdictLabel[] = ['leak', 'suspect'];

function isGrowing({ label, growth }: Verdict): boolean {
  return GROWING.includes(label) && (growth ?? 0) > 0;
}
