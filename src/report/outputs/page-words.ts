import { visible } from '../../model/problem.js';
import type { Language } from '../language/languages.js';

/** What the page itself says. */
export interface PageWords {
  readonly contents: string;
  readonly foot: string;
  readonly noStack: string;
  readonly filter: string;
  /** `{1}` of `{2}` rows, as report.js fills it. */
  readonly rowsLeft: string;
  /** Of a table of `{1}` rows that are not all on the page yet. */
  readonly rowsScrolled: string;
  readonly columns: string;
  readonly copy: string;
  readonly copyTitle: string;
  readonly copied: string;
  /** Of a choice between the values of column `{1}`: no choice. */
  readonly all: string;
  readonly values: string;
  /** How to read values off a chart. */
  readonly reading: string;
}

export function wordsIn({ say }: Language, generator: string): PageWords {
  return {
    contents: say('Contents'),
    foot: say(`Made by ${visible(generator)}. Times are UTC. 1 KiB is 1024 bytes. A dash means: not known.`),
    noStack: say('The tool printed no stack.'),
    filter: say('Filter'),
    rowsLeft: say('{1} of {2} rows'),
    rowsScrolled: say('all {1} rows; the filter searches all, Ctrl+F only those scrolled to'),
    columns: say('Columns'),
    copy: say('Copy'),
    copyTitle: say('Copy these rows as tab-separated text: exact numbers, amounts in bytes'),
    copied: say('Copied'),
    all: say('{1}: all'),
    values: say('Values'),
    reading: say('Point at the chart, or use the arrow keys, to read its values.'),
  };
}
