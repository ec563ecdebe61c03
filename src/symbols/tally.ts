import { compareNames, compareOrigins, type Origin } from '../model/origin.js';
import { type Problem, type ProblemCode, quote } from '../model/problem.js';

/** What hinders the naming of frames, counted: one problem for each module and reason, whatever the number of frames. */
export class Tally {
  private readonly entries = new Map<
    string,
    { code: ProblemCode; module: string; what: string; count: number; origin: Origin }
  >();

  add(code: ProblemCode, module: string, what: string, origin: Origin): void {
    const key = JSON.stringify([code, module, what]);
    const known = this.entries.get(key);
    if (known === undefined) {
      this.entries.set(key, { code, module, what, count: 1, origin });
      return;
    }
    known.count++;
    if (compareOrigins(origin, known.origin) < 0) known.origin = origin;
  }

  /** By module; each at the first place that has such a frame. */
  problems(): Problem[] {
    return [...this.entries.values()]
      .sort((a, b) => compareNames(a.module, b.module) || compareNames(a.what, b.what))
      .map(({ code, module, what, count, origin }) => {
        const frames = `${count} ${count === 1 ? 'frame' : 'frames'} without a name in ${quote(module)}`;
        return { severity: 'warning', code, message: `${frames}: ${what}`, ...origin };
      });
  }
}
