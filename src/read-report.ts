import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Analysis } from './model/analysis.js';
import { isAnalysis } from './model/is-analysis.js';
import { deviceParts, withDeviceParts } from './report/device-parts.js';

/** A saved analysis as it was before it was written. */
export interface SavedAnalysis {
  readonly analysis: Analysis;
  /** Files of its devices that cannot be read: what is told in them alone (VMAs, address space) is missing. */
  readonly missing: readonly string[];
}

/**
 * The analysis of a report.json that was parsed from `file`, with the VMAs that a run over many programs keeps beside
 * it, in `devices/<device>/report.json`.
 */
export function withDeviceFiles(analysis: Analysis, file: string): SavedAnalysis {
  const parts: Analysis[] = [];
  const missing: string[] = [];
  for (const { name } of deviceParts(analysis)) {
    const path = join(dirname(file), 'devices', name, 'report.json');
    const part = analysisIn(path);
    if (part) parts.push(part);
    else missing.push(path);
  }
  return { analysis: withDeviceParts(analysis, parts), missing };
}

function analysisIn(path: string): Analysis | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return isAnalysis(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
