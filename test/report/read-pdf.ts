import { decodePDFRawStream, PDFDocument, PDFRawStream } from 'pdf-lib';
import { getDocument, type PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** A PDF as pdfjs reads it; to be destroyed by its loadingTask. */
export function readPdf(pdf: Uint8Array): Promise<PDFDocumentProxy> {
  return getDocument({ data: new Uint8Array(pdf), verbosity: 0, fontExtraProperties: true }).promise;
}

/** The words of each page. */
export async function textsOf(document: PDFDocumentProxy): Promise<string[]> {
  const texts: string[] = [];
  for (let number = 1; number <= document.numPages; number++) {
    const { items } = await (await document.getPage(number)).getTextContent();
    texts.push(
      items
        .map((item) => ('str' in item ? item.str : ''))
        .join(' ')
        .replace(/\s+/g, ' '),
    );
  }
  return texts;
}

/** Where each link of the document leads. */
export async function linksOf(document: PDFDocumentProxy): Promise<string[]> {
  const links: string[] = [];
  for (let number = 1; number <= document.numPages; number++) {
    for (const annotation of await (await document.getPage(number)).getAnnotations()) {
      const { url, unsafeUrl, dest, action } = annotation as Record<string, unknown>;
      links.push(dest === undefined || dest === null ? String(url ?? unsafeUrl ?? action) : '#');
    }
  }
  return links;
}

/** Every object of a PDF as text, also those that are packed; streams without their content. */
export async function objectsOf(pdf: Uint8Array): Promise<string> {
  const document = await PDFDocument.load(pdf, { updateMetadata: false });
  return document.context
    .enumerateIndirectObjects()
    .map(([, object]) => (object instanceof PDFRawStream ? object.dict.toString() : object.toString()))
    .join('\n');
}

/** How the fonts of a PDF are embedded: `/Subtype /Type3` or `/Subtype /CIDFontType2` with its `/FontFile2`. */
export async function fontsOf(
  pdf: Uint8Array,
): Promise<{ readonly name: string; readonly kind: string; readonly bytes: number }[]> {
  const document = await PDFDocument.load(pdf, { updateMetadata: false });
  const fonts = [];
  for (const [, object] of document.context.enumerateIndirectObjects()) {
    const text = object.toString();
    const kind = /\/Subtype \/(Type3|CIDFontType0|CIDFontType2|TrueType|Type1)\b/.exec(text)?.[1];
    if (kind === undefined) continue;
    const name = /\/BaseFont \/(\S+)/.exec(text)?.[1] ?? '';
    const descriptor = /\/FontDescriptor (\d+) 0 R/.exec(text)?.[1];
    fonts.push({ name, kind, bytes: descriptor === undefined ? 0 : fontBytes(document, Number(descriptor)) });
  }
  return fonts;
}

function fontBytes(document: PDFDocument, descriptor: number): number {
  const object = document.context.enumerateIndirectObjects().find(([ref]) => ref.objectNumber === descriptor)?.[1];
  const file = /\/FontFile2 (\d+) 0 R/.exec(object?.toString() ?? '')?.[1];
  const stream = document.context.enumerateIndirectObjects().find(([ref]) => ref.objectNumber === Number(file))?.[1];
  return stream instanceof PDFRawStream ? decodePDFRawStream(stream).decode().length : 0;
}
