import type { Analysis } from '../../model/analysis.js';
import type { Instant } from '../../model/units.js';
import type { Document } from '../document.js';
import type { PdfPrinter } from './pdf-printer.js';

/** What an output is made from. */
export interface OutputInput {
  readonly analysis: Analysis;
  /** Composes the document of the run, or of a ticket; outputs of plain data do not ask for it. */
  readonly document: () => Document;
  /** Opens the browser, once for all outputs of a run; only `pdf` asks for it. */
  readonly printer: () => Promise<PdfPrinter>;
  /** The date to write into files that carry one; default the last instant of the analysis. */
  readonly date?: Instant;
}

/** A kind of file that a report can be written as: one file here, one line in index.ts. */
export interface ReportOutput {
  /** What `--format` calls it. */
  readonly id: string;
  readonly extension: string;
  /** The file of the whole run, in the output folder. */
  readonly fileName: string;
  readonly description: string;
  /** Whether each leaking program gets one of its own. */
  readonly forTickets: boolean;
  /** Printed by a browser, and therefore last. */
  readonly needsBrowser: boolean;
  render(input: OutputInput): Promise<string | Uint8Array>;
}
