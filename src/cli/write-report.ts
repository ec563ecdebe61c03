import type { Analysis } from '../model/analysis.js';
import type { Comparison } from '../model/comparison.js';
import {
  comparisonFiles,
  OUTPUT_FORMATS,
  type OutputFile,
  PdfNotPrinted,
  type RenderOptions,
  render,
  renderComparison,
  reportFiles,
  ticketExtensions,
} from '../render.js';
import { EXIT } from './exit-codes.js';
import { usage } from './options.js';
import { OutputFolder } from './output-folder.js';
import type { Terminal } from './terminal.js';

export interface WriteOptions {
  readonly out: string;
  readonly formats: readonly string[];
  readonly browser: string | undefined;
  /** Whether files of other formats, which are there from before, are of the same analysis and stay. */
  readonly keepsOthers?: boolean;
}

/** Writes the report's files and names those that people open. Returns EXIT.noPdf where all but the PDFs are written. */
export async function writeReport(terminal: Terminal, analysis: Analysis, options: WriteOptions): Promise<number> {
  const folder = new OutputFolder(options.out);
  removeStale(folder, options.keepsOthers ? options.formats : OUTPUT_FORMATS);
  const exitCode = await writeFiles(terminal, folder, render(analysis, renderOptions(terminal, options)));
  const tickets = folder.written.filter((path) => path.includes('tickets'));
  for (const path of folder.written) if (!tickets.includes(path)) terminal.data(path);
  if (tickets.length > 0) {
    const count = new Set(tickets.map((path) => path.replace(/\.\w+$/, ''))).size;
    terminal.data(
      `${tickets[0]?.replace(/[^/\\]+$/, '') ?? ''} (${terminal.language.say(`${count} ${count === 1 ? 'ticket' : 'tickets'}`)})`,
    );
  }
  return exitCode;
}

/** What an earlier run left in these formats, so that no ticket of yesterday stays beside today's. */
function removeStale(folder: OutputFolder, formats: readonly string[]): void {
  const names = reportFiles(formats);
  const extensions = ticketExtensions(formats);
  for (const name of names) folder.remove(name);
  folder.removeBelow('tickets', (name) => extensions.some((extension) => name.endsWith(extension)));
  folder.removeBelow('devices', (name) => names.some((one) => name.endsWith(`/${one}`)));
}

/** Writes the files of a comparison and names them. Returns as `writeReport` does. */
export async function writeComparison(
  terminal: Terminal,
  comparison: Comparison,
  options: WriteOptions,
): Promise<number> {
  const folder = new OutputFolder(options.out);
  for (const stale of comparisonFiles()) folder.remove(stale);
  const files = renderComparison(comparison, renderOptions(terminal, options));
  const exitCode = await writeFiles(terminal, folder, files);
  for (const path of folder.written) terminal.data(path);
  return exitCode;
}

function renderOptions(terminal: Terminal, { formats, browser }: WriteOptions): RenderOptions {
  const date = sourceDate();
  return {
    formats,
    language: terminal.language.id,
    ...(browser !== undefined && { browser }),
    ...(date !== undefined && { date }),
    onMessage: (text) => {
      terminal.detail(`memreport: ${text}`);
    },
    onWarning: (text) => {
      terminal.message(`memreport: ${text}`);
    },
  };
}

async function writeFiles(terminal: Terminal, folder: OutputFolder, files: AsyncIterable<OutputFile>): Promise<number> {
  let exitCode: number = EXIT.written;
  try {
    for await (const { name, content } of files) {
      terminal.progress(`writing ${name}`);
      folder.write(name, content);
    }
  } catch (error) {
    if (!(error instanceof PdfNotPrinted)) throw error;
    exitCode = EXIT.noPdf;
    terminal.error(`memreport: no PDF: ${error.message}. All else is written.`);
  }
  terminal.clearProgress();
  return exitCode;
}

/** SOURCE_DATE_EPOCH in milliseconds: the date that reproducible builds ask for. */
function sourceDate(): number | undefined {
  const seconds = process.env.SOURCE_DATE_EPOCH;
  if (seconds === undefined || seconds === '') return undefined;
  if (!/^\d{1,11}$/.test(seconds)) throw usage(`SOURCE_DATE_EPOCH: expected seconds since 1970, found "${seconds}"`);
  return Number(seconds) * 1000;
}
