import type { Statement, Verdict } from './verdict.js';

/** All that a verdict says with places in the captures: what bears on it, and what was compared to find its cause. */
export function statementsOf({ grounds, objections, defects, cause }: Verdict): Statement[] {
  const ofSites = (cause?.sites ?? []).flatMap(({ agreements, conflicts }) => [...agreements, ...conflicts]);
  const elsewhere = cause?.elsewhere ? [cause.elsewhere] : [];
  return [...grounds, ...objections, ...defects, ...ofSites, ...(cause?.conflicts ?? []), ...elsewhere];
}
