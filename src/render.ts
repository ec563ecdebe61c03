import type { Analysis } from './model/analysis.js';
import { compareNames } from './model/origin.js';
import type { Program } from './model/program.js';
import { compose, composeTicket } from './report/compose.js';
import type { Document } from './report/document.js';
import { renderHtml } from './report/outputs/html.js';
import { renderJson } from './report/outputs/json.js';
import { ticketName } from './report/ticket-name.js';

export const OUTPUT_FORMATS = ['html', 'pdf', 'json'] as const;
export type OutputFormat = (typeof OUTPUT_FORMATS)[number];

export interface RenderOptions {
  readonly formats: readonly OutputFormat[];
  /** A path, or "embedded"; else the first browser that is found. */
  readonly browser?: string;
  /** The date of the PDFs; else that of the last sample. */
  readonly date?: number;
  onMessage(message: string): void;
}

/** A file of the report, to be written below the output folder. */
export interface OutputFile {
  readonly name: string;
  readonly content: string | Uint8Array;
}

/** The PDFs could not be printed; all other files have been handed out before. */
export class PdfNotPrinted extends Error {}

/** Above this many programs, the VMAs of each are in its device's own report.json. */
const PROGRAMS_IN_ONE_FILE = 50;

/**
 * The files of a report, one after the other: report.json, index.html, the tickets, then all PDFs in one browser.
 * @throws PdfNotPrinted at the end, where no browser could print.
 */
export async function* render(analysis: Analysis, options: RenderOptions): AsyncGenerator<OutputFile> {
  const wants = (format: OutputFormat): boolean => options.formats.includes(format);
  if (wants('json')) yield* jsonFiles(analysis);

  const documents = (): { name: string; document: Document }[] => [
    { name: 'report', document: compose(analysis) },
    ...ticketPrograms(analysis).map((program) => ({
      name: `tickets/${ticketName(program, analysis.verdicts)}`,
      document: composeTicket(analysis, program),
    })),
  ];
  if (wants('html')) {
    for (const { name, document } of documents()) {
      yield { name: name === 'report' ? 'index.html' : `${name}.html`, content: renderHtml(document) };
    }
  }
  if (wants('pdf')) yield* pdfFiles(documents(), options);
}

async function* pdfFiles(
  documents: readonly { name: string; document: Document }[],
  options: RenderOptions,
): AsyncGenerator<OutputFile> {
  // Loading puppeteer costs more than all the rest of a small run.
  const { openPdfPrinter } = await import('./report/outputs/pdf-printer.js');
  const { renderPdf } = await import('./report/outputs/pdf.js');
  const { browser, date, onMessage } = options;
  const printer = await openPdfPrinter({ ...(browser !== undefined && { browser }), onMessage }).catch(notPrinted);
  try {
    for (const { name, document } of documents) {
      const pdf = await renderPdf(document, printer, date === undefined ? {} : { date }).catch(notPrinted);
      yield { name: `${name}.pdf`, content: pdf };
    }
  } finally {
    await printer.close();
  }
}

function notPrinted(error: unknown): never {
  throw new PdfNotPrinted(error instanceof Error ? error.message : String(error), { cause: error });
}

function* jsonFiles(analysis: Analysis): Generator<OutputFile> {
  if (analysis.programs.length <= PROGRAMS_IN_ONE_FILE) {
    yield { name: 'report.json', content: renderJson(analysis) };
    return;
  }
  const programs = analysis.programs.map((program) => ({ ...program, vmas: [] }));
  yield { name: 'report.json', content: renderJson({ ...analysis, programs }) };
  const devices = [...new Set(analysis.programs.map(({ device }) => device))].sort(compareNames);
  for (const device of devices) {
    const own = <T extends { device: string }>(items: readonly T[]): T[] => items.filter((item) => item.device === device);
    const part: Analysis = {
      ...analysis,
      files: [],
      programs: own(analysis.programs),
      leaks: own(analysis.leaks),
      errors: own(analysis.errors),
      sharing: own(analysis.sharing),
      verdicts: own(analysis.verdicts),
      problems: [],
    };
    yield { name: `devices/${ticketName({ device, command: '' }, [])}/report.json`, content: renderJson(part) };
  }
}

function ticketPrograms({ verdicts }: Analysis): Program[] {
  return verdicts.filter(({ label }) => label === 'leak' || label === 'suspect');
}
