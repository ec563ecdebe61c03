import type { Verdict } from './verdict.js';

/** The parts of a rule's statement between its semicolons; one inside a quoted name divides nothing. */
export function clausesOf(statement: string): string[] {
  const clauses: string[] = [];
  let isQuoted = false;
  for (const part of statement.split('; ')) {
    const last = clauses.length - 1;
    if (isQuoted) clauses[last] = `${clauses[last] ?? ''}; ${part}`;
    else clauses.push(part);
    if (part.split('"').length % 2 === 0) isQuoted = !isQuoted;
  }
  return clauses;
}

/** What an inconclusive verdict lacks. */
export interface Lack {
  /** "take 3 more, better 20"; absent where the rule gave none. */
  readonly advice?: string;
  readonly reason: string;
}

/** Of the growth of memory, else of the first rule that could not judge; undefined where none said anything. */
export function lackOf({ missing }: Pick<Verdict, 'missing'>): Lack | undefined {
  const told = missing.find(({ rule }) => rule === 'private-growth') ?? missing[0];
  if (!told) return undefined;
  const clauses = clausesOf(told.reason);
  const advice = clauses.findLast((clause) => clause.startsWith('take '));
  const reason = clauses.filter((clause) => clause !== advice).join('; ');
  // What it would be good for is said in the full reason.
  return advice === undefined ? { reason } : { reason, advice: advice.split(', so that ', 1)[0] ?? advice };
}
