import type { CaptureFormat, SectionReader } from './format.js';

/**
 * The logs of one file that broke off where a capture of another format begins: on a console, what a shell prints lands
 * in the middle of a log that is still being written. They wait for the line with which they go on.
 */
export class InterruptedLogs<S extends { readonly format: CaptureFormat; readonly reader: SectionReader }> {
  private readonly sections: S[] = [];

  /** Keeps a section of which something is missing. False: it is over. */
  keep(section: S): boolean {
    if (section.reader.isUnfinished?.() !== true) return false;
    this.sections.push(section);
    return true;
  }

  /** The section that goes on with this line, which waits no longer. */
  takeUp(format: CaptureFormat, line: string): S | undefined {
    const found = this.sections.findIndex((one) => one.format === format && one.reader.goesOnWith?.(line) === true);
    return found === -1 ? undefined : this.sections.splice(found, 1)[0];
  }

  /** All that still wait: nothing follows for them. */
  takeAll(): S[] {
    return this.sections.splice(0);
  }
}
