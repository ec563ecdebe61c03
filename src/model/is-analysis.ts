import { type Analysis, SCHEMA_VERSION } from './analysis.js';

/** Whether a parsed JSON value is an analysis that this version can render. */
export function isAnalysis(value: unknown): value is Analysis {
  if (typeof value !== 'object' || value === null) return false;
  const fields = value as Partial<Record<keyof Analysis, unknown>>;
  const lists = [
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
  return (
    fields.schemaVersion === SCHEMA_VERSION &&
    Array.isArray(fields.captures) &&
    lists.every((name) => isListOfObjects(fields[name]))
  );
}

function isListOfObjects(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'object' && item !== null);
}
