import { readFileSync, realpathSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { isAnalysis } from '../../model/is-analysis.js';
import { visible } from '../../model/problem.js';
import { withDeviceFiles } from '../../read-report.js';
import { OUTPUT_FORMATS } from '../../render.js';
import { EXIT, Failure } from '../exit-codes.js';
import { systemReason } from '../failure-text.js';
import { namesOf } from '../options.js';
import { OutputFolder } from '../output-folder.js';
import { requireInput } from '../require-input.js';
import { RunStages } from '../run-stages.js';
import type { Terminal } from '../terminal.js';
import { writeReport } from '../write-report.js';

export interface RenderArguments {
  readonly report: string;
  readonly out: string;
  readonly formats: readonly string[];
  readonly resume: boolean;
  readonly browser: string | undefined;
}

/** `memreport render report.json`: any output again from a saved analysis. */
export async function renderCommand(terminal: Terminal, options: RenderArguments): Promise<number> {
  const formats = namesOf('format', options.formats, OUTPUT_FORMATS);
  const { out, browser, resume } = options;
  const keepsOthers = placeOf(out) === placeOf(dirname(options.report));
  requireInput(options.report, 'a report.json');
  // Before the report is read: it may be that of a run which still writes.
  const folder = await OutputFolder.open(out);
  const value = savedJson(options.report);
  if (!isAnalysis(value)) {
    throw new Failure(
      EXIT.noInput,
      `${options.report}: expected a report.json of schemaVersion 1, found something else`,
    );
  }
  const { analysis, missing } = withDeviceFiles(value, options.report);
  for (const path of missing.slice(0, MISSING_NAMED)) {
    terminal.message(
      `memreport: ${visible(path)}: expected the VMAs of a device, found no such report.json; they are left out`,
    );
  }
  if (missing.length > MISSING_NAMED)
    terminal.message(`memreport: and of ${missing.length - MISSING_NAMED} more devices`);
  const stages = new RunStages(terminal);
  return writeReport(terminal, analysis, { folder, formats, browser, keepsOthers, resumes: resume, stages });
}

/** @throws Failure where it cannot be read, or is no JSON. */
function savedJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    const found = error instanceof SyntaxError ? `no JSON (${error.message})` : systemReason(error);
    throw new Failure(EXIT.noInput, `${path}: expected a report.json, found ${found}`);
  }
}

const MISSING_NAMED = 5;

function placeOf(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return resolve(folder);
  }
}
