import type { Analysis } from '../model/analysis.js';
import { SHAPE_WORDS } from '../model/growth-shape.js';

/** Whether a saved analysis, which others may have written or damaged, has the parts that are compared, as their types say. */
export function isComparable(analysis: Analysis): boolean {
  const { memreport, captures, period, programs, verdicts, leaks, errors, problems } = analysis;
  return (
    typeof memreport === 'string' &&
    captures.every((path) => typeof path === 'string') &&
    (period === undefined || hasFigures(period, ['from', 'to'])) &&
    programs.every(isProgram) &&
    verdicts.every(isVerdict) &&
    [...leaks, ...errors].every(isFinding) &&
    leaks.every((leak) => hasFigures(leak, ['bytes', 'blocks', 'indirectBytes'])) &&
    errors.every((error) => hasTexts(error, ['message'])) &&
    problems.every((problem) => hasTexts(problem, ['severity', 'message', 'file']))
  );
}

const LABELS: ReadonlySet<unknown> = new Set(['leak', 'suspect', 'clean', 'inconclusive']);
const VERDICT_FIGURES = ['growth', 'ratePerHour', 'ratePerSample', 'rateInterval'];
const SAMPLE_FIGURES = ['takenAt', 'vss', 'rss', 'pss', 'uss', 'swap', 'privateDirty', 'unreclaimable', 'vmaCount'];
const MAPPING_FIGURES = ['growth', 'privateBytes', 'ratePerHour', 'rateInterval', 'level', 'spread', 'vmaCount'];

function isProgram(program: unknown): boolean {
  return (
    isNamed(program) &&
    listOf(program, 'timelines').every((one) =>
      listOf(one, 'samples').every((sample) => hasFigures(sample, SAMPLE_FIGURES)),
    ) &&
    listOf(program, 'mappings').every((one) => hasTexts(one, ['label', 'kind']) && hasFigures(one, MAPPING_FIGURES)) &&
    listOf(program, 'vmas').every(
      (one) => hasTexts(one, ['start', 'end', 'permissions', 'pathname']) && hasFigures(one, ['size', 'rss']),
    ) &&
    listOf(program, 'summaries').every(isObject)
  );
}

function isVerdict(verdict: unknown): boolean {
  return (
    isNamed(verdict) &&
    isObject(verdict) &&
    LABELS.has(verdict.label) &&
    (verdict.shape === undefined || (typeof verdict.shape === 'string' && Object.hasOwn(SHAPE_WORDS, verdict.shape))) &&
    mayHaveTexts(verdict, ['where']) &&
    hasFigures(verdict, VERDICT_FIGURES)
  );
}

function isFinding(finding: unknown): boolean {
  return (
    isNamed(finding) &&
    hasTexts(finding, ['tool', 'kind', 'fingerprint']) &&
    listOf(finding, 'frames').every(
      (frame) => mayHaveTexts(frame, ['symbol', 'file', 'module', 'address']) && hasFigures(frame, ['line']),
    ) &&
    listOf(finding, 'origins').every((origin) => hasTexts(origin, ['file']) && hasFigures(origin, ['line']))
  );
}

function isNamed(value: unknown): boolean {
  return hasTexts(value, ['device', 'command']);
}

type Fields = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

function hasTexts(value: unknown, names: readonly string[]): boolean {
  return isObject(value) && names.every((name) => typeof value[name] === 'string');
}

function mayHaveTexts(value: unknown, names: readonly string[]): boolean {
  return (
    isObject(value) &&
    hasTexts(
      value,
      names.filter((name) => value[name] !== undefined),
    )
  );
}

/** Whether each of these is a number that is exact, an interval of such, or absent. */
function hasFigures(value: unknown, names: readonly string[]): boolean {
  return isObject(value) && names.every((name) => isFigure(value[name]));
}

function isFigure(value: unknown): boolean {
  if (value === undefined) return true;
  if (Array.isArray(value)) return value.length === 2 && value.every((one) => typeof one === 'number' && isFigure(one));
  return typeof value === 'number' && Math.abs(value) <= Number.MAX_SAFE_INTEGER;
}

/** A list; one that is none has a part that nothing accepts. */
function listOf(value: unknown, name: string): readonly unknown[] {
  const list = isObject(value) ? value[name] : undefined;
  return Array.isArray(list) ? list : [undefined];
}
