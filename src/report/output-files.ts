import { OUTPUTS } from './outputs/index.js';
import type { OutputPart, ReportOutput } from './outputs/output.js';

/** What `--format` takes. */
export const OUTPUT_FORMATS: readonly string[] = OUTPUTS.map(({ id }) => id);

/** What `--format` takes where two analyses are compared. */
export const COMPARISON_FORMATS: readonly string[] = OUTPUTS.filter(({ forComparisons }) => forComparisons).map(
  ({ id }) => id,
);

/** Names of the files that these formats write for a whole run; `tickets` and `devices` hold more. */
export function reportFiles(formats: readonly string[]): string[] {
  return outputsOf(formats).flatMap((output) => partsOf(output).map(({ fileName }) => fileName));
}

/** How the names of a ticket's files end in these formats. */
export function ticketExtensions(formats: readonly string[]): string[] {
  return outputsOf(formats).flatMap(({ forTickets, extension }) => (forTickets ? [`.${extension}`] : []));
}

/** Names of the files of a comparison. */
export function comparisonFiles(): string[] {
  return outputsOf(COMPARISON_FORMATS).map(comparisonName);
}

/** `diff` in the place of `report`. */
export function comparisonName({ fileName }: ReportOutput): string {
  return fileName.replace(/^report/, 'diff');
}

/** In the order of the registry. */
export function outputsOf(formats: readonly string[]): ReportOutput[] {
  return OUTPUTS.filter(({ id }) => formats.includes(id));
}

/** Its files of the whole run. */
export function partsOf(output: ReportOutput): OutputPart[] {
  return [output, ...(output.further ?? [])];
}
