import type { LeakCheck } from '../../model/leaks.js';
import type { Milliseconds } from '../../model/units.js';
import type { Totals } from './memcheck-loss-record.js';

/** A daemon may check itself each second for a day: above this, every second check is forgotten. */
const MOST = 512;

const AMOUNTS = ['definite', 'indirect', 'possible', 'reachable', 'suppressed'] as const;

/** The leak checks that a process made while it ran (VALGRIND_DO_LEAK_CHECK, vgdb's leak_check), from their totals. */
export class LeakChecks {
  private checks: LeakCheck[] = [];

  /** Takes the totals of one line of a LEAK SUMMARY, which begins with what is definitely lost. */
  take(totals: Totals, elapsed: Milliseconds | undefined, line: number): void {
    if (totals.definite) {
      if (this.checks.length === MOST) this.checks = this.checks.filter((_, i) => i % 2 === 0);
      this.checks.push({ bytes: 0, ...(elapsed !== undefined && { runTime: elapsed }), line });
    }
    const check = this.checks.at(-1);
    if (check) for (const amount of AMOUNTS) check.bytes += totals[amount]?.bytes ?? 0;
  }

  /** In their order; undefined: a single one tells nothing that the totals do not. */
  all(): LeakCheck[] | undefined {
    return this.checks.length > 1 ? this.checks : undefined;
  }
}
