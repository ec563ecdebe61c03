import type { Bytes, HexAddress } from './units.js';

/** Neighbouring VMAs that belong together, as one block of a drawing. */
export interface AddressArea {
  start: HexAddress;
  /** The end of the last VMA: between them there may be holes. */
  end: HexAddress;
  /** The name of the VMAs; where several were merged that do not belong together, of the one that holds the most. */
  label: string;
  /** How many of these are drawn as this one, besides the one that `label` names. */
  others?: number;
  /** Id of a MappingCategory. */
  category: string;
  /** Of its VMAs, each once, in their order: `r--p r-xp rw-p`. */
  permissions: string;
  vmaCount: number;
  /** The sum of the VMAs' sizes. */
  size: Bytes;
  rss?: Bytes;
  /** Private dirty + swap. */
  privateBytes?: Bytes;
  /** The size of those VMAs that can be written to and executed; absent where there are none. */
  writableCode?: Bytes;
  /** Private memory (else RSS, else size) since the snapshot before, of the VMAs that are here. */
  growth?: Bytes;
  /** Of the snapshot after: nothing was mapped here before. Of that before: nothing is any more. */
  change?: 'new' | 'gone';
}

/** The address space of a process: at most 150 areas each, disjoint and in the order of their addresses. */
export interface AddressSpaceReport {
  /** The first snapshot; absent where there is one only. */
  before?: AddressArea[];
  /** The last snapshot. */
  after: AddressArea[];
}

/** What all VMAs of one category hold in the last snapshot. */
export interface CategoryReport {
  /** Id of a MappingCategory. */
  category: string;
  vmaCount: number;
  size: Bytes;
  rss?: Bytes;
  pss?: Bytes;
  /** Private dirty + swap. */
  privateBytes?: Bytes;
  swap?: Bytes;
  /** Private memory (else RSS, else size) since the first snapshot; absent where there is none. */
  growth?: Bytes;
}

/** What the mappings of each category held over time. */
export interface CategorySeriesReport {
  /** What was followed: private dirty + swap, or RSS, or the size where a capture has no more. */
  measure: 'private' | 'rss' | 'size';
  /** Indexes into the timeline's listed samples; of long timelines not all. */
  at: number[];
  series: { category: string; bytes: Bytes[] }[];
}
