import { setImmediate as pause } from 'node:timers/promises';
import { analysisDigest } from './analyzing/analysis-digest.js';
import type { Analysis } from './model/analysis.js';
import type { Comparison } from './model/comparison.js';
import { isAccused } from './model/is-accused.js';
import type { Program } from './model/program.js';
import { type Brevity, compose, composeDevice, composeTicket } from './report/compose.js';
import { composeComparison } from './report/compose-comparison.js';
import { deviceNames, deviceParts, isDivided, withoutManyVmas } from './report/device-parts.js';
import type { Document } from './report/document.js';
import { type LanguageId, loadLanguage } from './report/language/languages.js';
import { translated } from './report/language/translated.js';
import { lookAhead } from './report/look-ahead.js';
import { NoBrowserError } from './report/outputs/find-browser.js';
import { OUTPUTS } from './report/outputs/index.js';
import type { KeptPrints } from './report/outputs/kept-prints.js';
import type { FileContent, OutputInput, OutputPart, ReportOutput } from './report/outputs/output.js';
import type { PdfPrinter } from './report/outputs/pdf-printer.js';
import { startedEarly } from './report/started-early.js';
import { ticketAttachment, ticketPart } from './report/ticket-data.js';
import { ticketNames } from './report/ticket-name.js';

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

/** Tells apart the browsers that would print these formats, without starting one. @throws NoBrowserError where there is none */
export async function printerIdentity(formats: readonly string[], browser: string | undefined): Promise<string> {
  if (outputsOf(formats).every(({ needsBrowser }) => !needsBrowser)) return '';
  return (await import('./report/outputs/kept-prints.js')).browserIdentity(browser);
}

export interface RenderOptions {
  /** Ids of the registry of outputs. */
  readonly formats: readonly string[];
  /** A path, or "embedded"; else the first browser that is found. */
  readonly browser?: string;
  /** The date of the PDFs; else that of the last sample. */
  readonly date?: number;
  /** Of the pages and PDFs; JSON is the same in each. Default English. */
  readonly language?: LanguageId;
  /** Whether a file is there already, as this run would write it: it is passed over. `digest` as in OutputFile. */
  readonly isWritten?: (name: string, digest?: string) => boolean;
  /** Pages that earlier runs have printed; without them all are printed. */
  readonly prints?: KeptPrints;
  readonly onMessage: (message: string) => void;
  /** What people should know, and none of the files tells; default `onMessage`. */
  readonly onWarning?: (message: string) => void;
}

/** A file of the report, to be written below the output folder. */
export interface OutputFile {
  readonly name: string;
  readonly content: FileContent;
  /** Of all that the content is made from; absent where that is a whole run, or a page that is printed. */
  readonly digest?: string;
}

/** Not all PDFs could be printed; all other files have been handed out before. */
export class PdfNotPrinted extends Error {}

/**
 * The files of a report, one after the other: each output of the whole run and of the tickets, PDFs last and all of
 * them in one browser.
 * @throws PdfNotPrinted at the end, where a PDF could not be printed.
 */
export async function* render(analysis: Analysis, options: RenderOptions): AsyncGenerator<OutputFile> {
  await loadLanguage(options.language ?? 'en');
  const browser = new SharedBrowser(options);
  const parts: RunParts = { browser, digests: new DeviceDigests() };
  try {
    const outputs = wantedOutputs(options);
    const filesOfEach = (needsBrowser: boolean): AsyncGenerator<OutputFile, void>[] =>
      outputs
        .filter((output) => output.needsBrowser === needsBrowser)
        .map((output) => filesOf(output, analysis, parts, options));
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

function comparisonName({ fileName }: ReportOutput): string {
  return fileName.replace(/^report/, 'diff');
}

function outputsOf(formats: readonly string[]): ReportOutput[] {
  return OUTPUTS.filter(({ id }) => formats.includes(id));
}

/** Those that need the browser last, so that all else is there when it fails. */
function wantedOutputs({ formats }: RenderOptions): ReportOutput[] {
  return outputsOf(formats).sort((a, b) => Number(a.needsBrowser) - Number(b.needsBrowser));
}

/** What all outputs of a run share. */
interface RunParts {
  readonly browser: SharedBrowser;
  readonly digests: DeviceDigests;
}

async function* filesOf(
  output: ReportOutput,
  analysis: Analysis,
  { browser, digests }: RunParts,
  { date, language = 'en', isWritten = () => false }: RenderOptions,
): AsyncGenerator<OutputFile, void> {
  const failures: unknown[] = [];
  const fileOf = async (
    name: string,
    part: Pick<OutputInput, 'data' | 'document' | 'shorter' | 'attachment' | 'isOneOfMany'>,
    renderer: Pick<OutputPart, 'render'> = output,
    digest?: string,
  ): Promise<OutputFile[]> => {
    if (isWritten(name, digest)) return [];
    const input = { ...part, printer: () => browser.open(), ...(date !== undefined && { date }) };
    try {
      return [{ name, content: await renderer.render(input), ...(digest !== undefined && { digest }) }];
    } catch (error) {
      if (!output.needsBrowser) throw error;
      // One page that cannot be printed does not cost the others.
      if (error instanceof NoBrowserError) notPrinted(error);
      failures.push(error);
      return [];
    }
  };
  const whole = (): Document =>
    translated(
      compose(analysis, {
        ...(output.needsBrowser && { detailed: DETAILED_ON_PAPER }),
        ...(output.forDevices && isDivided(analysis) && { pages: devicePages(analysis, output) }),
      }),
      language,
    );
  if (!output.forTickets) {
    const data = withoutManyVmas(analysis);
    for (const part of partsOf(output)) {
      if ((part.ofVmas && isDivided(analysis)) || (part.ofFleet && !analysis.rollups)) continue;
      yield* await fileOf(part.fileName, { data, document: whole }, part);
    }
    for (const { device, name, part: data } of deviceParts(analysis)) {
      const digest = digests.of(device, data);
      for (const part of partsOf(output)) {
        if (part.ofFleet) continue;
        yield* await fileOf(`devices/${name}/${part.fileName}`, { data, document: whole }, part, digest);
      }
    }
    return;
  }
  yield* await fileOf(output.fileName, { data: analysis, document: whole });
  const nameOf = ticketNames(analysis.verdicts);
  const tickets = lookAhead(ticketPrograms(analysis), output.needsBrowser ? TICKETS_AHEAD : 0, (program) => {
    const part = ticketPart(analysis, program);
    const ticket = (brevity: Brevity) => (): Document =>
      translated(composeTicket(part, program, { isAttached: output.attaches ?? false, brevity }), language);
    const input = {
      data: part,
      document: ticket('whole'),
      shorter: [ticket('short'), ticket('shortest')],
      ...(output.attaches && { attachment: ticketAttachment(part, program) }),
    };
    const digest = output.needsBrowser ? undefined : `${analysisDigest(part)} ${language}`;
    return fileOf(`tickets/${nameOf(program)}.${output.extension}`, input, output, digest);
  });
  for await (const files of tickets) yield* files;
  for (const { device, name, part } of output.forDevices ? deviceParts(analysis) : []) {
    const document = (): Document => translated(composeDevice(part, device, `../../${output.fileName}`), language);
    const digest = `${digests.of(device, part)} ${language}`;
    const input = { data: part, document, isOneOfMany: true };
    yield* await fileOf(`devices/${name}/${output.fileName}`, input, output, digest);
  }
  if (failures.length > 0) notPrinted(failures[0]);
}

/** Of the parts of an analysis that several outputs tell of. */
class DeviceDigests {
  private readonly known = new Map<string, string>();

  of(device: string, part: Analysis): string {
    const digest = this.known.get(device) ?? analysisDigest(part);
    this.known.set(device, digest);
    return digest;
  }
}

/** The pages of the devices, from that of the run. */
function devicePages(analysis: Analysis, { fileName }: ReportOutput): Map<string, string> {
  return new Map([...deviceNames(analysis)].map(([device, name]) => [device, `devices/${name}/${fileName}`]));
}

/** Its files of the whole run. */
function partsOf(output: ReportOutput): OutputPart[] {
  return [output, ...(output.further ?? [])];
}

/** A browser needs 30 MB for each; those that leak have tickets of their own. */
const DETAILED_ON_PAPER = 12;

/** As many files are printed while others are composed; they wait in memory. */
const PRINTED_EARLY = 32;

/** As many pages wait for the browser while it prints. */
const TICKETS_AHEAD = 4;

/** One browser for all PDFs of a run, started when the first is asked for. */
class SharedBrowser {
  private opened: Promise<PdfPrinter> | undefined;

  constructor(private readonly options: RenderOptions) {}

  open(): Promise<PdfPrinter> {
    const { prints } = this.options;
    this.opened ??= prints ? this.keeping(prints) : this.start();
    return this.opened;
  }

  async close(): Promise<void> {
    const printer = await this.opened?.catch(() => undefined);
    await printer?.close();
  }

  private async keeping(prints: KeptPrints): Promise<PdfPrinter> {
    const { browserIdentity, keepingPrinter } = await import('./report/outputs/kept-prints.js');
    const { browser } = this.options;
    return keepingPrinter(prints, await browserIdentity(browser), () => this.start());
  }

  private async start(): Promise<PdfPrinter> {
    // Loading puppeteer costs more than all the rest of a small run.
    const { openPdfPrinter } = await import('./report/outputs/pdf-printer.js');
    const { browser, onMessage, onWarning = onMessage } = this.options;
    return openPdfPrinter({ ...(browser !== undefined && { browser }), onMessage, onWarning });
  }
}

function notPrinted(error: unknown): never {
  throw new PdfNotPrinted(error instanceof Error ? error.message : String(error), { cause: error });
}

function ticketPrograms({ verdicts }: Analysis): Program[] {
  return verdicts.filter(isAccused);
}
