import { type Analysis, SCHEMA_VERSION } from './analysis.js';

/** Whether a parsed JSON value is an analysis that this version can render. */
export function isAnalysis(value: unknown): value is Analysis {
  if (typeof value !== 'object' || value === null) return false;
  const fields = value as Partial<Record<keyof Analysis, unknown>>;
  const lists = [
    'captures',
    'files',
    'programs',
    'leaks',
    'errors',
    'sharing',
    'kernelFindings',
    'devices',
    'verdicts',
    'problems',
  ] as const;
  return fields.schemaVersion === SCHEMA_VERSION && lists.every((name) => Array.isArray(fields[name]));
}
