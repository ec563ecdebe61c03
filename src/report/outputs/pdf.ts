import type { Instant } from '../../model/units.js';
import type { Document } from '../document.js';
import { finishedPdf } from './finished-pdf.js';
import { renderHtmlWithFonts } from './html.js';
import type { Attachment } from './output.js';
import type { PdfPrinter } from './pdf-printer.js';
import { pageCount, stablePdf } from './stable-pdf.js';

export interface PdfOptions {
  /** The date to write into the file (SOURCE_DATE_EPOCH); default the last instant that the document speaks of. */
  readonly date?: Instant;
  /** A file to carry inside. */
  readonly attachment?: Attachment;
  /** What to print instead where the document takes more than MOST_PAGES: the first that does not, else the last. */
  readonly shorter?: readonly (() => Document)[];
}

/** More, and nobody reads it to its end. */
export const MOST_PAGES = 6;

/** A document as PDF: the HTML report printed on A4, tagged, with bookmarks and page numbers. */
export async function renderPdf(
  document: Document,
  printer: PdfPrinter,
  { date = document.date, attachment, shorter = [] }: PdfOptions = {},
): Promise<Uint8Array> {
  let printed = await printer.print(await renderHtmlWithFonts(document, { print: true }));
  for (const compose of shorter) {
    if (pageCount(printed) <= MOST_PAGES) break;
    printed = await printer.print(await renderHtmlWithFonts(compose(), { print: true }));
  }
  return finishedPdf(stablePdf(printed, date), {
    generator: document.generator,
    subject: document.kind,
    ...(date !== undefined && { date }),
    ...(attachment && { attachment }),
  });
}
