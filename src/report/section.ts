import type { Analysis } from '../model/analysis.js';
import type { Block } from './document.js';
import type { ProgramView } from './program-view.js';

/** What a section about the whole run is built from. */
export interface RunContext {
  readonly analysis: Analysis;
  readonly views: readonly ProgramView[];
  /** The programs that have a part of their own in this document. */
  readonly detailed: readonly ProgramView[];
  /** The pages of devices, as paths from this document, where there are any that it may link to. */
  readonly pages?: ReadonlyMap<string, string>;
}

/** Where a program's section stands: in the report of a run, or in the short report of that program alone. */
export type Place = 'report' | 'ticket';

/** A section about the whole run: one file in sections/, one line in its index. */
export interface RunSection {
  readonly id: string;
  readonly title: string;
  /** No blocks: the section is left out. */
  build(context: RunContext): readonly Block[];
}

/** A section that each program has: one file in sections/, one line in its index. */
export interface ProgramSection {
  readonly id: string;
  readonly title: string;
  /** No blocks: the section is left out. */
  build(view: ProgramView, place: Place, analysis: Analysis): readonly Block[];
}
