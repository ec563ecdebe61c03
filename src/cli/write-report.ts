import { type Analysis, SCHEMA_VERSION } from '../model/analysis.js';
import { PdfNotPrinted, render } from '../render.js';
import { EXIT } from './exit-codes.js';
import { usage } from './options.js';
import { OutputFolder } from './output-folder.js';
import type { Terminal } from './terminal.js';

export interface WriteOptions {
  readonly out: string;
  readonly formats: readonly string[];
  readonly browser: string | undefined;
}

/** Writes the report's files and names those that people open. Returns EXIT.noPdf where all but the PDFs are written. */
export async function writeReport(terminal: Terminal, analysis: Analysis, options: WriteOptions): Promise<number> {
  const folder = new OutputFolder(options.out);
  folder.remove('tickets');
  folder.remove('devices');
  for (const stale of ['index.html', 'report.pdf', 'report.json']) folder.remove(stale);
  let exitCode: number = EXIT.written;
  const date = sourceDate();
  try {
    const files = render(analysis, {
      formats: options.formats,
      ...(options.browser !== undefined && { browser: options.browser }),
      ...(date !== undefined && { date }),
      onMessage: (text) => {
        terminal.detail(`memreport: ${text}`);
      },
    });
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
  const tickets = folder.written.filter((path) => path.includes('tickets'));
  for (const path of folder.written) if (!tickets.includes(path)) terminal.data(path);
  if (tickets.length > 0) {
    const count = new Set(tickets.map((path) => path.replace(/\.\w+$/, ''))).size;
    terminal.data(`${tickets[0]?.replace(/[^/\\]+$/, '') ?? ''} (${count} ${count === 1 ? 'ticket' : 'tickets'})`);
  }
  return exitCode;
}

/** SOURCE_DATE_EPOCH in milliseconds: the date that reproducible builds ask for. */
function sourceDate(): number | undefined {
  const seconds = process.env.SOURCE_DATE_EPOCH;
  if (seconds === undefined || seconds === '') return undefined;
  if (!/^\d{1,11}$/.test(seconds)) throw usage(`SOURCE_DATE_EPOCH: expected seconds since 1970, found "${seconds}"`);
  return Number(seconds) * 1000;
}

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
