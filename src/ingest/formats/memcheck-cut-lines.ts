import type { Milliseconds } from '../../model/units.js';
import { type MemcheckLine, memcheckLineOf } from './memcheck-line.js';

/** A line of valgrind's with what its prefix told, and where it stands. */
export interface NumberedLine {
  readonly pid: number;
  readonly line: MemcheckLine;
  readonly elapsed: Milliseconds | undefined;
  readonly number: number;
}

/** A name of C++ fills so many rows of a terminal. */
const MOST_ROWS = 12;
/** The widths to which terminals are opened: what fills one exactly was cut where it was full, and not between words. */
const TERMINAL_WIDTHS: ReadonlySet<number> = new Set([80, 100, 120, 132, 160]);

/**
 * Puts lines together that were wrapped: by mails and tickets between words, by terminals anywhere.
 *
 *     ==3402== 2,352 (128 direct, 2,224 indirect) bytes in 1 blocks are definitely
 *     lost in loss record 9 of 9
 *     ==3402==    at 0x48417B4: malloc (in
 *     > /usr/libexec/valgrind/vgpreload_memcheck-amd64-linux.so)
 *
 * The program prints between the lines, too: what follows is a rest only where the line is whole with it.
 */
export class CutLines {
  private held: NumberedLine | undefined;
  /** The line that is held, with the rows that may belong to it. */
  private line: MemcheckLine | undefined;
  private rows = 0;
  /** The row that was looked at last: it may be shown again. */
  private lastRow = 0;
  /** Whether lines of this log were cut inside of words; undefined: not seen yet. */
  private cutsWords: boolean | undefined;

  hold(held: NumberedLine): void {
    this.held = held;
    this.line = held.line;
    this.rows = 1;
  }

  /** The line that is held, as it is: no rest of it followed. */
  release(): NumberedLine | undefined {
    const { held } = this;
    this.held = undefined;
    return held;
  }

  /** Looks at a line without prefix: the whole line that ends with it, if it does. */
  goOn(text: string, number: number): NumberedLine | undefined {
    const { held, line } = this;
    if (!held || !line || number === this.lastRow) return undefined;
    this.lastRow = number;
    const rest = text.replace(QUOTATION, '').trimEnd();
    const cutsWords = this.cutsWords ?? TERMINAL_WIDTHS.has(widthOf(held));
    for (const glue of this.gluesOf(line, rest, cutsWords)) {
      const whole = memcheckLineOf(line.text + glue + rest.trimStart());
      if (!whole.isCut) {
        this.held = undefined;
        return { ...held, line: whole };
      }
    }
    const mayGoOn = FRAME.test(line.body) && rest !== '' && this.rows++ < MOST_ROWS;
    this.line = mayGoOn
      ? memcheckLineOf(line.text + this.glueInFrame(line, rest, cutsWords) + rest.trimStart())
      : undefined;
    return undefined;
  }

  /** What may have stood between the two, the likelier first. */
  private gluesOf(line: MemcheckLine, rest: string, cutsWords: boolean): readonly string[] {
    const { body, frame } = line;
    // An object may follow a frame without a name, and nothing else.
    if (frame && frame.symbol === undefined && !/^\s*\((?:in|within) /.test(rest)) return [];
    if (FRAME.test(body)) return [this.glueInFrame(line, rest, cutsWords)];
    return cutsWords ? ['', ' '] : [' ', ''];
  }

  /** There is no blank in a path or a file's name, and between the arguments of a function there is. */
  private glueInFrame({ text, body }: MemcheckLine, rest: string, cutsWords: boolean): '' | ' ' {
    if (text.endsWith(' ')) return '';
    if (/^\s/.test(rest) || /\((?:in|within)$|,$|^.. 0x[\dA-F]+:$/i.test(body)) return ' ';
    if (/ \((?:(?:in|within) )?[^\s()]*$/.test(body)) {
      this.cutsWords = true;
      return '';
    }
    return cutsWords ? '' : ' ';
  }
}

const FRAME = /^(?:at|by) 0x/;

/** A mail's marks; "> >::f()" is the end of a name. */
const QUOTATION = /^(?:>\s?)*>\s(?=[^>:\s])/;

function widthOf({ pid, line, elapsed }: NumberedLine): number {
  const time = elapsed === undefined ? 0 : '00:00:00:00.000 '.length;
  return `==${pid}== `.length + time + line.text.length;
}
