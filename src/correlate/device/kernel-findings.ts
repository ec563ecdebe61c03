import type { KernelFindingReport } from '../../model/analysis.js';
import type { KernelCapture } from '../../model/capture.js';
import { compareNames, compareOrigins } from '../../model/origin.js';

export type KernelFindings = Map<string, KernelFindingReport>;

/** The same finding of one device in several logs, or told again later, is one; its places are collected. */
export function foldKernelFinding(findings: KernelFindings, { context, finding }: KernelCapture): void {
  const { origin, ...rest } = finding;
  add(findings, { device: context.device, ...rest, origins: [origin] });
}

export function mergeKernelFindings(into: KernelFindings, from: KernelFindings): void {
  for (const finding of from.values()) add(into, finding);
}

/** By device, then by the first place. */
export function kernelFindingsOf(findings: KernelFindings): KernelFindingReport[] {
  return [...findings.values()]
    .map((finding) => ({ ...finding, origins: finding.origins.toSorted(compareOrigins) }))
    .sort((a, b) => compareNames(a.device, b.device) || compareByPlace(a, b));
}

function add(findings: KernelFindings, finding: KernelFindingReport): void {
  const { device, kind, message, command, pid, sinceBoot, frames } = finding;
  const stack = frames.map(({ symbol }) => symbol ?? '');
  const key = JSON.stringify([device, kind, message, command, pid, sinceBoot, stack]);
  const known = findings.get(key);
  // Which of two equal findings is kept must not depend on the order: the one with the first place.
  const [kept, other] = known && compareByPlace(known, finding) <= 0 ? [known, finding] : [finding, known];
  findings.set(key, { ...kept, origins: distinct([...kept.origins, ...(other?.origins ?? [])]) });
}

function compareByPlace(a: KernelFindingReport, b: KernelFindingReport): number {
  return compareOrigins(firstOf(a), firstOf(b));
}

function firstOf({ origins }: KernelFindingReport): KernelFindingReport['origins'][number] {
  return origins.reduce((first, origin) => (compareOrigins(origin, first) < 0 ? origin : first));
}

function distinct(origins: KernelFindingReport['origins']): KernelFindingReport['origins'] {
  return [...new Map(origins.map((origin) => [JSON.stringify(origin), origin])).values()].sort(compareOrigins);
}
