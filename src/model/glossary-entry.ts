/** A word of the field or of memreport, explained in a few sentences. */
export interface GlossaryEntry {
  readonly word: string;
  /** Other spellings by which `memreport explain` finds it. */
  readonly also?: readonly string[];
  readonly text: string;
  readonly source?: string;
  /** Whether the report prints it. */
  readonly inReport?: boolean;
}
