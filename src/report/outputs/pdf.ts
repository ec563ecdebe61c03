import type { Instant } from '../../model/units.js';
import type { Document } from '../document.js';
import { renderHtml } from './html.js';
import type { PdfPrinter } from './pdf-printer.js';
import { stablePdf } from './stable-pdf.js';

export interface PdfOptions {
  /** The date to write into the file (SOURCE_DATE_EPOCH); default the last instant that the document speaks of. */
  readonly date?: Instant;
}

/** A document as PDF: the HTML report printed on A4, tagged, with bookmarks and page numbers. */
export async function renderPdf(
  document: Document,
  printer: PdfPrinter,
  options: PdfOptions = {},
): Promise<Uint8Array> {
  const pdf = await printer.print(renderHtml(document, { print: true }));
  return stablePdf(pdf, options.date ?? document.date);
}
