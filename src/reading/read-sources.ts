import type { Analysis } from '../model/analysis.js';
import type { StackFrame } from '../model/leaks.js';
import { sortProblems } from '../model/problem.js';
import type { SourceExcerpt } from '../model/source-excerpt.js';
import { SourceTree } from '../symbols/source-tree.js';

/** So many excerpts are taken into an analysis: more than a report shows. */
const MOST_EXCERPTS = 2000;

/** The analysis with the code that its leaks and errors point to, as far as it is below the folder. */
export function withSources(analysis: Analysis, folder: string): Analysis {
  const problems = [...analysis.problems];
  const sources = new SourceTree(folder, (problem) => problems.push(problem));
  let taken = 0;
  const excerptOf = (frames: readonly StackFrame[]): { source?: SourceExcerpt } => {
    const source = taken < MOST_EXCERPTS ? sources.excerptOf(frames) : undefined;
    if (source !== undefined) taken++;
    return source === undefined ? {} : { source };
  };
  return {
    ...analysis,
    leaks: analysis.leaks.map((leak) => ({ ...leak, ...excerptOf(leak.frames) })),
    errors: analysis.errors.map((error) => ({ ...error, ...excerptOf(error.frames) })),
    problems: sortProblems(problems),
  };
}
