import type { Analysis } from './model/analysis.js';
import { compareNames } from './model/origin.js';
import type { Program } from './model/program.js';
import { compose, composeTicket } from './report/compose.js';
import type { Document } from './report/document.js';
import { OUTPUTS } from './report/outputs/index.js';
import type { ReportOutput } from './report/outputs/output.js';
import type { PdfPrinter } from './report/outputs/pdf-printer.js';
import { ticketName } from './report/ticket-name.js';

/** What `--format` takes. */
export const OUTPUT_FORMATS: readonly string[] = OUTPUTS.map(({ id }) => id);

export interface RenderOptions {
  /** Ids of the registry of outputs. */
  readonly formats: readonly string[];
  /** A path, or "embedded"; else the first browser that is found. */
  readonly browser?: string;
  /** The date of the PDFs; else that of the last sample. */
  readonly date?: number;
  readonly onMessage: (message: string) => void;
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
 * The files of a report, one after the other: each output of the whole run and of the tickets, PDFs last and all of
 * them in one browser.
 * @throws PdfNotPrinted at the end, where no browser could print.
 */
export async function* render(analysis: Analysis, options: RenderOptions): AsyncGenerator<OutputFile> {
  const wanted = OUTPUTS.filter(({ id }) => options.formats.includes(id));
  const browser = new SharedBrowser(options);
  try {
    for (const output of wanted.toSorted((a, b) => Number(a.needsBrowser) - Number(b.needsBrowser))) {
      yield* filesOf(output, analysis, browser, options.date);
    }
  } finally {
    await browser.close();
  }
}

async function* filesOf(
  output: ReportOutput,
  analysis: Analysis,
  browser: SharedBrowser,
  date: number | undefined,
): AsyncGenerator<OutputFile> {
  const content = (part: Analysis, document: () => Document): Promise<string | Uint8Array> => {
    const input = { analysis: part, document, printer: () => browser.open(), ...(date !== undefined && { date }) };
    return output.needsBrowser ? output.render(input).catch(notPrinted) : output.render(input);
  };
  const whole = (): Document => compose(analysis);
  yield {
    name: output.fileName,
    content: await content(output.forTickets ? analysis : withoutManyVmas(analysis), whole),
  };
  if (!output.forTickets) {
    for (const { name, part } of deviceParts(analysis)) {
      yield { name: `devices/${name}/${output.fileName}`, content: await content(part, whole) };
    }
    return;
  }
  for (const program of ticketPrograms(analysis)) {
    const name = `tickets/${ticketName(program, analysis.verdicts)}.${output.extension}`;
    yield { name, content: await content(analysis, () => composeTicket(analysis, program)) };
  }
}

/** One browser for all PDFs of a run, started when the first is asked for. */
class SharedBrowser {
  private opened: Promise<PdfPrinter> | undefined;

  constructor(private readonly options: RenderOptions) {}

  open(): Promise<PdfPrinter> {
    this.opened ??= this.start();
    return this.opened;
  }

  async close(): Promise<void> {
    const printer = await this.opened?.catch(() => undefined);
    await printer?.close();
  }

  private async start(): Promise<PdfPrinter> {
    // Loading puppeteer costs more than all the rest of a small run.
    const { openPdfPrinter } = await import('./report/outputs/pdf-printer.js');
    const { browser, onMessage } = this.options;
    return openPdfPrinter({ ...(browser !== undefined && { browser }), onMessage });
  }
}

function notPrinted(error: unknown): never {
  throw new PdfNotPrinted(error instanceof Error ? error.message : String(error), { cause: error });
}

function withoutManyVmas(analysis: Analysis): Analysis {
  if (analysis.programs.length <= PROGRAMS_IN_ONE_FILE) return analysis;
  return { ...analysis, programs: analysis.programs.map((program) => ({ ...program, vmas: [] })) };
}

/** What each device's own report.json holds, where the one of the run leaves the VMAs out. */
function* deviceParts(analysis: Analysis): Generator<{ name: string; part: Analysis }> {
  if (analysis.programs.length <= PROGRAMS_IN_ONE_FILE) return;
  const devices = [...new Set(analysis.programs.map(({ device }) => device))].sort(compareNames);
  const others = devices.map((device) => ({ device, command: '' }));
  for (const device of devices) {
    const own = <T extends { device: string }>(items: readonly T[]): T[] =>
      items.filter((item) => item.device === device);
    yield {
      name: ticketName({ device, command: '' }, others),
      part: {
        ...analysis,
        files: [],
        programs: own(analysis.programs),
        leaks: own(analysis.leaks),
        errors: own(analysis.errors),
        sharing: own(analysis.sharing),
        kernelFindings: own(analysis.kernelFindings),
        devices: own(analysis.devices),
        verdicts: own(analysis.verdicts),
        problems: [],
      },
    };
  }
}

function ticketPrograms({ verdicts }: Analysis): Program[] {
  return verdicts.filter(({ label }) => label === 'leak' || label === 'suspect');
}
