import { quote } from '../model/problem.js';
import type { ByteWindow } from './byte-window.js';
import type { CappedProblems } from './capped-problems.js';
import { firstLineTest } from './first-lines.js';
import type { CaptureFormat } from './format.js';

/** How much of the text recognizers are shown. */
export const HEAD_BYTES = 4096;
/** How much of it the format that was recognized last is shown first. */
const FIRST_LINES_BYTES = 512;

/** Asks the formats whose the text of one file is. */
export class Recognizer {
  /** Whether a section may begin with this line: a glance, before the formats are asked. */
  readonly mayBegin: (line: string) => boolean;
  /**
   * The format recognized last: a file of many sections mostly goes on as it began, so it is asked first, and the
   * others, which did not claim its kind of text then, are not asked again.
   */
  private last: CaptureFormat | undefined;

  constructor(
    private readonly formats: readonly CaptureFormat[],
    private readonly window: ByteWindow,
    private readonly problems: CappedProblems,
  ) {
    this.mayBegin = firstLineTest(formats);
  }

  /** The format that recognizes the text at the window's position. */
  recognize(): CaptureFormat | undefined {
    const { last, window } = this;
    // Most sections are like the one before, and told by their first lines.
    if (last?.recognizes(window.head(FIRST_LINES_BYTES))) return last;
    const head = window.head(HEAD_BYTES);
    if (last?.recognizes(head)) return last;
    const found = this.onlyOne(head);
    this.last = found ?? last;
    return found;
  }

  /** Whether some format recognizes a text at its beginning. */
  recognizesStart(text: string): boolean {
    const first = firstLineOf(text);
    return this.formats.some((format) => recognizesAtStart(format, first, text));
  }

  /** Whether a text begins with what was sampled at one time: no log, which goes on for long. */
  beginsSample(text: string): boolean {
    const first = firstLineOf(text);
    if (!this.mayBegin(first)) return false;
    return this.formats.some(
      (format) => !format.interleaved && !format.aside && !format.headerOf && recognizesAtStart(format, first, text),
    );
  }

  /** The one format that recognizes a text; that several do is a problem, and then it is none's. */
  private onlyOne(head: string): CaptureFormat | undefined {
    const first = firstLineOf(head);
    const found = this.formats.filter((format) => recognizesAtStart(format, first, head));
    if (found.length > 1) {
      const names = found.map(({ id }) => id).join(' and ');
      const message = `expected one format, found ${names} for ${quote(first)}: not read`;
      this.problems.add('error', 'ambiguous-format', message, this.window.line);
      return undefined;
    }
    return found[0];
  }
}

/** Whether a format recognizes the text at the beginning of one of its lines. */
export function recognizesALine(formats: readonly CaptureFormat[], text: string): boolean {
  for (let at = 0; at !== -1 && at < text.length; at = nextLine(text, at)) {
    const head = text.slice(at, at + HEAD_BYTES);
    const first = firstLineOf(head);
    if (formats.some((format) => recognizesAtStart(format, first, head))) return true;
  }
  return false;
}

/** The first line is a glance that spares most recognizers the whole: thousands of files begin anew. */
function recognizesAtStart(format: CaptureFormat, first: string, head: string): boolean {
  return (format.firstLine?.test(first) ?? true) && format.recognizes(head);
}

function firstLineOf(text: string): string {
  const newline = text.indexOf('\n');
  return newline === -1 ? text : text.slice(0, newline);
}

function nextLine(text: string, at: number): number {
  const newline = text.indexOf('\n', at);
  return newline === -1 ? -1 : newline + 1;
}
