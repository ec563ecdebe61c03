import { readFileSync } from 'node:fs';
import { OUTPUT_FORMATS } from '../../render.js';
import { EXIT, Failure } from '../exit-codes.js';
import { namesOf } from '../options.js';
import type { Terminal } from '../terminal.js';
import { isAnalysis, writeReport } from '../write-report.js';

export interface RenderArguments {
  readonly report: string;
  readonly out: string;
  readonly formats: readonly string[];
  readonly browser: string | undefined;
}

/** `memreport render report.json`: any output again from a saved analysis. */
export async function renderCommand(terminal: Terminal, options: RenderArguments): Promise<number> {
  const formats = namesOf('format', options.formats, OUTPUT_FORMATS);
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(options.report, 'utf8'));
  } catch (error) {
    throw new Failure(EXIT.noInput, `${options.report}: expected a report.json, found ${(error as Error).message}`);
  }
  if (!isAnalysis(value)) {
    throw new Failure(
      EXIT.noInput,
      `${options.report}: expected a report.json of schemaVersion 1, found something else`,
    );
  }
  return writeReport(terminal, value, { out: options.out, formats, browser: options.browser });
}
