/** A few lines of code around the line that a stack points to. */
export interface SourceExcerpt {
  /** From the folder of sources, with "/" between its parts. */
  file: string;
  /** 1-based: the line that the stack points to. */
  line: number;
  /** 1-based: the first of `lines`. */
  firstLine: number;
  lines: string[];
}
