import { AFRelationship, PDFDocument } from 'pdf-lib';
import type { Instant } from '../../model/units.js';
import type { Attachment } from './output.js';

export interface Finish {
  /** What made the report. */
  readonly generator: string;
  /** What it is about. */
  readonly subject: string;
  /** Of the file and of what is attached; absent: neither carries a date. */
  readonly date?: Instant;
  readonly attachment?: Attachment;
}

/**
 * The PDF of a browser with what a browser leaves out: what made it, and its data inside. It gets smaller, since the
 * tree of tags, half of it, is packed.
 */
export async function finishedPdf(pdf: Uint8Array, finish: Finish): Promise<Uint8Array> {
  const document = await PDFDocument.load(pdf, { updateMetadata: false, parseSpeed: AT_ONCE });
  document.setCreator(finish.generator);
  document.setSubject(finish.subject);
  document.catalog.getOrCreateViewerPreferences().setDisplayDocTitle(true);
  if (finish.attachment) await attach(document, finish.attachment, finish.date);
  return document.save({ useObjectStreams: true, addDefaultPage: false, objectsPerTick: AT_ONCE });
}

/** Without pauses in between, which take longer than the work. */
const AT_ONCE = Number.POSITIVE_INFINITY;

async function attach(document: PDFDocument, attachment: Attachment, date: Instant | undefined): Promise<void> {
  const at = date === undefined ? {} : { creationDate: new Date(date), modificationDate: new Date(date) };
  await document.attach(Buffer.from(attachment.content(), 'utf8'), attachment.name, {
    mimeType: attachment.mediaType,
    description: attachment.description,
    afRelationship: AFRelationship.Data,
    ...at,
  });
}
