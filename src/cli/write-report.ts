import { dirname, join, sep } from 'node:path';
import { setImmediate } from 'node:timers/promises';
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
import type { RunCache } from '../run-cache.js';
import { EXIT } from './exit-codes.js';
import { usage } from './options.js';
import type { OutputFolder } from './output-folder.js';
import { runIdentity } from './run-identity.js';
import type { RunStages } from './run-stages.js';
import type { Terminal } from './terminal.js';

export interface WriteOptions {
  readonly folder: OutputFolder;
  readonly formats: readonly string[];
  readonly browser: string | undefined;
  readonly stages: RunStages;
  /** What earlier runs have printed. */
  readonly cache?: RunCache;
  /** Whether files of other formats, which are there from before, are of the same analysis and stay. */
  readonly keepsOthers?: boolean;
  /** Whether to go on where a run of the same identity was interrupted. */
  readonly resumes?: boolean;
}

/** Writes the report's files and names those that people open. Returns EXIT.noPdf where all but the PDFs are written. */
export async function writeReport(terminal: Terminal, analysis: Analysis, options: WriteOptions): Promise<number> {
  startJournal(terminal, options, runIdentity(analysis, bearingOn(terminal, options)));
  const exitCode = await writeFiles(terminal, options, render(analysis, renderOptions(terminal, options)));
  await endReport(terminal, options, exitCode);
  return exitCode;
}

/** Passes over the files of the report, which are as the last run left them, and names them. */
export async function keepReport(terminal: Terminal, options: WriteOptions): Promise<void> {
  options.stages.begin('writing');
  options.folder.keepAll();
  await endReport(terminal, options, EXIT.written);
}

async function endReport(terminal: Terminal, options: WriteOptions, exitCode: number): Promise<void> {
  const { folder, formats, keepsOthers } = options;
  removeStale(folder, keepsOthers ? formats : OUTPUT_FORMATS);
  // With PDFs missing, the journal stays: --resume prints them.
  if (exitCode === EXIT.written) await folder.finish();
  nameFiles(terminal, folder);
}

/** Names each file of the run; of the tickets and the devices, their folders. */
function nameFiles(terminal: Terminal, { folder, written }: OutputFolder): void {
  const { say } = terminal.language;
  const [ticketFolder, deviceFolder] = [join(folder, 'tickets', sep), join(folder, 'devices', sep)];
  const tickets = new Set<string>();
  const devices = new Set<string>();
  for (const path of written) {
    if (path.startsWith(ticketFolder)) tickets.add(path.replace(/\.\w+$/, ''));
    else if (path.startsWith(deviceFolder)) devices.add(dirname(path));
    else terminal.data(path);
  }
  if (tickets.size > 0) {
    terminal.data(`${ticketFolder} (${say(`${tickets.size} ${tickets.size === 1 ? 'ticket' : 'tickets'}`)})`);
  }
  if (devices.size > 0) {
    terminal.data(`${deviceFolder} (${say(`${devices.size} ${devices.size === 1 ? 'device' : 'devices'}`)})`);
  }
}

/** What an earlier run left in these formats, so that no ticket of yesterday stays beside today's. */
function removeStale(folder: OutputFolder, formats: readonly string[]): void {
  const names = reportFiles(formats);
  const extensions = ticketExtensions(formats);
  folder.removeOthers(names, {
    tickets: (path) => extensions.some((extension) => path.endsWith(extension)),
    devices: (path) => names.some((name) => path.endsWith(`/${name}`)),
  });
}

function startJournal(terminal: Terminal, { folder, resumes }: WriteOptions, identity: string): void {
  const found = resumes ? folder.resumeJournal(identity) : undefined;
  if (typeof found === 'number') {
    terminal.message(`memreport: resuming an interrupted run; files written already: ${found}`);
    return;
  }
  if (found === 'none')
    terminal.message('memreport: --resume: expected an interrupted run, found none; all is written');
  if (found === 'another') {
    terminal.message(
      'memreport: --resume: expected a run of the same input and options, found another; all is written anew',
    );
  }
  folder.keepJournal(identity);
}

/** What bears on the bytes of the files, besides the analysis. */
export function bearingOn(terminal: Terminal, options: WriteOptions): Readonly<Record<string, unknown>> {
  const { formats, language, browser, date } = renderOptions(terminal, options);
  return { formats, language, browser: browser ?? process.env.PUPPETEER_EXECUTABLE_PATH, date };
}

/** Writes the files of a comparison and names them. Returns as `writeReport` does. */
export async function writeComparison(
  terminal: Terminal,
  comparison: Comparison,
  options: WriteOptions,
): Promise<number> {
  const { folder } = options;
  const files = renderComparison(comparison, renderOptions(terminal, options));
  const exitCode = await writeFiles(terminal, options, files);
  folder.removeOthers(comparisonFiles(), {});
  await folder.finish();
  for (const path of folder.written) terminal.data(path);
  return exitCode;
}

function renderOptions(terminal: Terminal, { folder, formats, browser, cache }: WriteOptions): RenderOptions {
  const date = sourceDate();
  return {
    formats,
    language: terminal.language.id,
    isWritten: (name, digest) => folder.has(name, digest),
    ...(browser !== undefined && { browser }),
    ...(cache && { prints: cache }),
    ...(date !== undefined && { date }),
    onMessage: (text) => {
      terminal.detail(`memreport: ${text}`);
    },
    onWarning: (text) => {
      terminal.message(`memreport: ${text}`);
    },
  };
}

async function writeFiles(
  terminal: Terminal,
  { folder, stages }: WriteOptions,
  files: AsyncIterable<OutputFile>,
): Promise<number> {
  stages.begin('writing');
  let exitCode: number = EXIT.written;
  try {
    for await (const file of files) {
      stages.progress({ done: folder.count, path: file.name });
      await folder.write(file);
      // A signal is heard between two files.
      await setImmediate();
    }
  } catch (error) {
    if (!(error instanceof PdfNotPrinted)) throw error;
    exitCode = EXIT.noPdf;
    terminal.error(`memreport: no PDF: ${error.message}. All else is written.`);
  }
  await folder.settled();
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
