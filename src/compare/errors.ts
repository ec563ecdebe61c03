import type { ErrorReport } from '../model/analysis.js';
import type { ErrorComparison, FindingChange } from '../model/comparison.js';
import type { ErrorTool } from '../model/leaks.js';
import { compareOrigins } from '../model/origin.js';
import type { Observation } from './observations.js';

/** The memory errors of both sides by tool, kind and fingerprint. */
export function compareErrors(before: readonly Observation[], after: readonly Observation[]): ErrorComparison[] {
  const earlier = errorsOf(before);
  const later = errorsOf(after);
  return [...new Set([...later.keys(), ...earlier.keys()])]
    .flatMap((key): ErrorComparison[] => {
      const old = earlier.get(key);
      const now = later.get(key);
      const shown = now ?? old;
      if (!shown) return [];
      const { fingerprint, tool, kind, message, frames } = shown;
      return [
        {
          fingerprint,
          tool,
          kind,
          change: changeOf(tool, old, now, before, after),
          message,
          frames,
          ...(old && { before: { origins: old.origins } }),
          ...(now && { after: { origins: now.origins } }),
        },
      ];
    })
    .sort((a, b) => CHANGES.indexOf(a.change) - CHANGES.indexOf(b.change) || (keyOf(a) < keyOf(b) ? -1 : 1));
}

const CHANGES: readonly FindingChange[] = ['new', 'gone', 'still', 'only-after', 'only-before'];

function changeOf(
  tool: ErrorTool,
  old: ErrorReport | undefined,
  now: ErrorReport | undefined,
  before: readonly Observation[],
  after: readonly Observation[],
): FindingChange {
  if (old && now) return 'still';
  if (old) return didRun(tool, after) ? 'gone' : 'only-before';
  return didRun(tool, before) ? 'new' : 'only-after';
}

/** A sanitizer that finds nothing prints nothing: only what it did find proves that it ran. */
function didRun(tool: ErrorTool, observations: readonly Observation[]): boolean {
  return observations.some(
    ({ errors, report: { summaries } }) =>
      errors.some((error) => error.tool === tool) ||
      summaries.some((summary) => summary.tool === tool && summary.errors !== undefined),
  );
}

function errorsOf(observations: readonly Observation[]): Map<string, ErrorReport> {
  const found = new Map<string, ErrorReport>();
  for (const error of observations.flatMap(({ errors }) => errors)) {
    const known = found.get(keyOf(error));
    const origins = [...(known?.origins ?? []), ...error.origins].sort(compareOrigins);
    found.set(keyOf(error), { ...(known ?? error), origins });
  }
  return found;
}

function keyOf({ tool, kind, fingerprint }: Pick<ErrorReport, 'tool' | 'kind' | 'fingerprint'>): string {
  return `${tool} ${fingerprint} ${kind}`;
}
