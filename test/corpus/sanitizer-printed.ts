import type { InspectedFile } from '../../src/inspect.js';
import type { Comparison } from './difference.js';

interface Records {
  readonly bytes: number;
  readonly objects: number;
}

export interface SanitizerTruth {
  readonly direct: readonly Records[];
  readonly indirect: readonly Records[];
  /** The headers after "ERROR: " or "WARNING: ", cut at 100 characters or so. */
  readonly errors: readonly string[];
  /** Lines of UndefinedBehaviorSanitizer: "runtime error: …". */
  readonly runtime_errors: number;
  readonly summaries: readonly string[];
}

/** The loss records one by one, an error for each header, and the kinds and totals of the SUMMARY lines. */
export function compareSanitizer(truth: SanitizerTruth, inspected: InspectedFile, comparison: Comparison): void {
  const { leaks, errors } = inspected;
  comparison.same('direct leaks', sorted(truth.direct), sorted(recordsOf(inspected, 'definite')));
  comparison.same('indirect leaks', sorted(truth.indirect), sorted(recordsOf(inspected, 'indirect')));
  const headers = truth.errors.filter((header) => !LEAKS.test(header));
  comparison.same('errors', headers.length + truth.runtime_errors, errors.length);
  for (const header of headers) {
    const words = header.replace(/^\w+Sanitizer:? */, '').slice(0, 30);
    const met = errors.some(({ kind, message }) => kind !== '' && message.includes(words));
    comparison.check('an error with a kind', met, words, kindsOf(errors));
  }
  let leaked: Records | undefined;
  for (const summary of truth.summaries) {
    const total = TOTAL.exec(summary)?.groups;
    if (total)
      leaked = {
        bytes: Number(total.bytes) + (leaked?.bytes ?? 0),
        objects: Number(total.objects) + (leaked?.objects ?? 0),
      };
    const kind = /^(?!Undefined)\w+Sanitizer: (?<kind>[A-Za-z][\w-]+)/.exec(summary)?.groups?.kind;
    if (total || kind === undefined || SUMMARY_ONLY.has(kind)) continue;
    const met = errors.some((error) => error.kind === kind || error.kind.startsWith(`${kind}-`));
    comparison.check('the kind of a SUMMARY', met, kind, kindsOf(errors));
  }
  if (leaked) {
    const found = {
      bytes: leaks.reduce((sum, { bytes }) => sum + bytes, 0),
      objects: leaks.reduce((sum, { blocks }) => sum + blocks, 0),
    };
    comparison.same('leaked by the SUMMARY', leaked, found);
  }
}

const LEAKS = /^\w+Sanitizer: detected memory leaks/;
// AddressSanitizer: 34850 byte(s) leaked in 514 allocation(s).
const TOTAL = /^\w+Sanitizer: (?<bytes>\d+) byte\(s\) leaked in (?<objects>\d+) allocation\(s\)/;
/** Words of UndefinedBehaviorSanitizer's SUMMARY, whose header names no kind. */
const SUMMARY_ONLY: ReadonlySet<string> = new Set(['undefined-behavior']);

function recordsOf({ leaks }: InspectedFile, wanted: string): Records[] {
  return leaks.filter(({ kind }) => kind === wanted).map(({ bytes, blocks }) => ({ bytes, objects: blocks }));
}

function sorted(records: readonly Records[]): string[] {
  return records.map(({ bytes, objects }) => `${bytes} in ${objects}`).sort();
}

function kindsOf(errors: InspectedFile['errors']): string {
  return errors.length === 0 ? 'no errors' : errors.map(({ kind }) => kind).join(', ');
}
