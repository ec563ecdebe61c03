import type { Analysis } from '../../model/analysis.js';
import type { Comparison } from '../../model/comparison.js';
import type { Instant } from '../../model/units.js';
import type { Document } from '../document.js';
import type { PdfPrinter } from './pdf-printer.js';

/** What an output is made from. */
export interface OutputInput {
  /** What outputs of plain data write. */
  readonly data: Analysis | Comparison;
  /** Composes the document of the run, of a ticket, or of a comparison; outputs of plain data do not ask for it. */
  readonly document: () => Document;
  /** Opens the browser, once for all outputs of a run; only `pdf` asks for it. */
  readonly printer: () => Promise<PdfPrinter>;
  /** The date to write into files that carry one; default the last instant of the analysis. */
  readonly date?: Instant;
  /** The same with less in it, each shorter than the one before: for outputs that have to keep short. */
  readonly shorter?: readonly (() => Document)[];
  /** Whether it is one of very many pages, which should be small: fonts are then the reader's. */
  readonly isOneOfMany?: boolean;
  /** The data behind the document, for outputs that can carry a file. */
  readonly attachment?: Attachment;
}

/** For outputs that cannot tell of a comparison. */
export function analysisOf(data: OutputInput['data']): Analysis {
  if ('verdicts' in data) return data;
  throw new Error('expected an analysis, found a comparison');
}

/** What a file holds; text may come in pieces, which are made while it is written. */
export type FileContent = string | Uint8Array | Iterable<string>;

/** A file inside another. */
export interface Attachment {
  readonly name: string;
  readonly mediaType: string;
  readonly description: string;
  readonly content: () => string;
}

/** One of the files of the whole run that an output writes. */
export interface OutputPart {
  /** In the output folder. */
  readonly fileName: string;
  /** Of a run over many programs, written for each device only. */
  readonly ofVmas?: boolean;
  /** Of a run over several devices, written for the run only. */
  readonly ofFleet?: boolean;
  /** Written for the run only. */
  readonly ofRun?: boolean;
  render(input: OutputInput): Promise<FileContent>;
}

/** A kind of file that a report can be written as: one file here, one line in index.ts. */
export interface ReportOutput extends OutputPart {
  /** What `--format` calls it. */
  readonly id: string;
  readonly extension: string;
  readonly description: string;
  /** What else it writes of the whole run. */
  readonly further?: readonly OutputPart[];
  /** Whether it can tell of a comparison. */
  readonly forComparisons: boolean;
  /** Whether each leaking program gets one of its own. */
  readonly forTickets: boolean;
  /** Whether each device of a run over many programs gets a document of its own, to which that of the run leads. */
  readonly forDevices?: boolean;
  /** Printed by a browser, and therefore last. */
  readonly needsBrowser: boolean;
  /** Whether its files can carry another inside. */
  readonly attaches?: boolean;
}
