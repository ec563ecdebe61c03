import type { Problem, ProblemCode } from '../model/problem.js';
import { LIMITS } from './limits.js';

type Report = (severity: Problem['severity'], code: ProblemCode, message: string, line: number) => void;

interface Kind {
  count: number;
  /** The first that is not told alone. */
  line: number;
  severity: Problem['severity'];
}

/** Passes on the first problems of each kind in a file, and tells at its end how many more there were. */
export class CappedProblems {
  private readonly kinds = new Map<ProblemCode, Kind>();

  constructor(private readonly report: Report) {}

  readonly add: Report = (severity, code, message, line) => {
    const kind = this.kinds.get(code) ?? { count: 0, line: 0, severity: 'warning' };
    this.kinds.set(code, kind);
    if (kind.count++ < LIMITS.problems.value) {
      this.report(severity, code, message, line);
      return;
    }
    if (kind.line === 0) kind.line = line;
    if (severity === 'error') kind.severity = 'error';
  };

  end(): void {
    for (const [code, { count, line, severity }] of this.kinds) {
      const more = count - LIMITS.problems.value;
      if (more > 0)
        this.report(severity, code, `expected few problems of this kind, found ${more} more from here on`, line);
    }
  }
}
