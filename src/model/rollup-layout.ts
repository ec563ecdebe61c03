/** Behind the range of addresses, where that was told with sums and not with VMAs. */
const MARK = '[rollup]';

/**
 * The layout of a process by the header of its smaps_rollup: from the first VMA to the last. VMAs tell it in another
 * way (ingest/address-layout.ts), so the two cannot be compared.
 */
export function rollupLayout(header: string): string {
  return `${header.slice(0, header.indexOf(' '))} ${MARK}`;
}

export function isRollupLayout(layout: string): boolean {
  return layout.endsWith(MARK);
}
