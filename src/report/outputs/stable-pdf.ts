import type { Instant } from '../../model/units.js';

/**
 * The same PDF without what differs from run to run, so that equal reports are equal files: the date (then `date`,
 * or none), and the numbers that Chromium gives to the nodes of the tag tree.
 *
 * Chromium 147 writes both outside of compressed streams, and the new text is as long as the old: no offset moves.
 */
export function stablePdf(pdf: Uint8Array, date: Instant | undefined): Uint8Array {
  const bytes = Buffer.from(pdf);
  const text = bytes.toString('latin1');
  for (const match of text.matchAll(DATES)) {
    const [entry, key = ''] = match;
    bytes.write(
      date === undefined ? ' '.repeat(entry.length) : dateEntry(key, entry.length, date),
      match.index,
      'latin1',
    );
  }
  renumberNodes(bytes, text);
  return bytes;
}

/** The pages of a PDF as Chromium writes it. */
export function pageCount(pdf: Uint8Array): number {
  return Buffer.from(pdf).toString('latin1').match(PAGES)?.length ?? 0;
}

/** Node numbers count from wherever the browser process was; their order is the document's, so ranks keep it. */
function renumberNodes(bytes: Buffer, text: string): void {
  const nodes = [...text.matchAll(NODES)];
  const ranks = new Map(
    [...new Set(nodes.map((match) => match[1] ?? ''))].sort().map((number, rank) => [number, rank + 1]),
  );
  for (const match of nodes) {
    const rank = ranks.get(match[1] ?? '') ?? 0;
    bytes.write(rank.toString().padStart(8, '0'), match.index + '(node'.length, 'latin1');
  }
}

function dateEntry(key: string, length: number, date: Instant): string {
  const stamp = new Date(date).toISOString().slice(0, 19).replace(/[-:T]/g, '');
  return `/${key} (D:${stamp}Z)`.padEnd(length);
}

/** `/CreationDate (D:20261123024312+00'00')` */
const DATES = /\/(CreationDate|ModDate) \(D:\d{14}[^)]{0,16}\)/g;

/** `/ID (node00000137)`, and the references to it. */
const NODES = /\(node(\d{8})\)/g;

/** `<</Type /Page`, of one page; `/Type /Pages` is a node above them. */
const PAGES = /\/Type \/Page\b/g;
