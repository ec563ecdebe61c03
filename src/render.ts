import { setImmediate as pause } from 'node:timers/promises';
import type { Analysis } from './model/analysis.js';
import type { Comparison } from './model/comparison.js';
import { composeComparison } from './report/compose-comparison.js';
import { loadLanguage } from './report/language/languages.js';
import { translated } from './report/language/translated.js';
import { comparisonName, outputsOf } from './report/output-files.js';
import type { ReportOutput } from './report/outputs/output.js';
import { type BrowserOptions, notPrinted, SharedBrowser } from './report/outputs/shared-browser.js';
import { startedEarly } from './report/started-early.js';
import { type FileOptions, type OutputFile, RunFiles } from './run-files.js';

export {
  COMPARISON_FORMATS,
  comparisonFiles,
  OUTPUT_FORMATS,
  reportFiles,
  ticketExtensions,
} from './report/output-files.js';
export { PdfNotPrinted } from './report/outputs/shared-browser.js';
export type { OutputFile } from './run-files.js';

export interface RenderOptions extends BrowserOptions, FileOptions {
  /** Ids of the registry of outputs. */
  readonly formats: readonly string[];
}

/** Tells apart the browsers that would print these formats, without starting one. @throws NoBrowserError where there is none */
export async function printerIdentity(formats: readonly string[], browser: string | undefined): Promise<string> {
  if (outputsOf(formats).every(({ needsBrowser }) => !needsBrowser)) return '';
  return (await import('./report/outputs/kept-prints.js')).browserIdentity(browser);
}

/**
 * The files of a report, one after the other: each output of the whole run and of the tickets, PDFs last and all of
 * them in one browser.
 * @throws PdfNotPrinted at the end, where a PDF could not be printed.
 */
export async function* render(analysis: Analysis, options: RenderOptions): AsyncGenerator<OutputFile> {
  await loadLanguage(options.language ?? 'en');
  const browser = new SharedBrowser(options);
  const shared = { browser, digests: new Map<string, string>() };
  try {
    const outputs = wantedOutputs(options);
    const filesOfEach = (needsBrowser: boolean): AsyncGenerator<OutputFile, void>[] =>
      outputs
        .filter((output) => output.needsBrowser === needsBrowser)
        .map((output) => new RunFiles(output, analysis, shared, options).all());
    // The browser prints while all else is composed.
    const printed = filesOfEach(true).map((files) => startedEarly(files, PRINTED_EARLY));
    for (const files of filesOfEach(false)) {
      for await (const file of files) {
        yield file;
        // Composing waits for nothing; without a pause, the browser would not hear of the next page.
        if (printed.length > 0) await pause();
      }
    }
    for (const files of printed) yield* files;
  } finally {
    await browser.close();
  }
}

/** The files of a comparison, `diff` in the place of `report`; PDF last. @throws PdfNotPrinted as `render` does. */
export async function* renderComparison(comparison: Comparison, options: RenderOptions): AsyncGenerator<OutputFile> {
  await loadLanguage(options.language ?? 'en');
  const browser = new SharedBrowser(options);
  const input = {
    data: comparison,
    document: () => translated(composeComparison(comparison), options.language ?? 'en'),
    printer: () => browser.open(),
    ...(options.date !== undefined && { date: options.date }),
  };
  try {
    for (const output of wantedOutputs(options)) {
      const content = output.render(input);
      const name = comparisonName(output);
      yield { name, content: await (output.needsBrowser ? content.catch(notPrinted) : content) };
    }
  } finally {
    await browser.close();
  }
}

/** Those that need the browser last, so that all else is there when it fails. */
function wantedOutputs({ formats }: RenderOptions): ReportOutput[] {
  return outputsOf(formats).sort((a, b) => Number(a.needsBrowser) - Number(b.needsBrowser));
}

/** As many files are printed while others are composed; they wait in memory. */
const PRINTED_EARLY = 32;
