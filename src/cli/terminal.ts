import { stripVTControlCharacters, styleText } from 'node:util';
import { type Language, languageOf } from '../language.js';
import { visible } from '../model/problem.js';
import { cutToWidth, displayWidth } from './display-width.js';

type Style = Parameters<typeof styleText>[0];

export interface TerminalOptions {
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly color: boolean;
  /** Of messages and tables; default English. */
  readonly language?: Language;
}

/** What stands before messages about a run as a whole. */
const NAME = 'memreport: ';

/**
 * What memreport says: data on stdout, messages and progress on stderr.
 * Text of captures must have gone through `visible` before it is printed.
 */
export class Terminal {
  private lastProgress = 0;
  private progressShown = false;

  readonly language: Language;

  constructor(private readonly options: TerminalOptions) {
    this.language = options.language ?? languageOf();
  }

  data(text: string): void {
    this.clearProgress();
    process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
  }

  message(text: string): void {
    if (this.options.quiet) return;
    this.error(text);
  }

  detail(text: string): void {
    if (this.options.verbose) this.error(text);
  }

  /** Printed even with --quiet. */
  error(text: string): void {
    this.clearProgress();
    process.stderr.write(`${this.said(text)}\n`);
  }

  /** One line that is written over on a terminal, a plain line every ten seconds elsewhere. */
  progress(english: string): void {
    if (this.options.quiet) return;
    const now = performance.now();
    const interactive = process.stderr.isTTY;
    if (this.lastProgress === 0 && !interactive) this.lastProgress = now;
    if (now - this.lastProgress < (interactive ? 100 : 10_000)) return;
    this.lastProgress = now;
    const text = visible(this.said(english));
    if (interactive) {
      const width = (process.stderr.columns || 80) - 1;
      process.stderr.write(`\r\x1b[K${cutToWidth(text, width)}`);
      this.progressShown = true;
    } else {
      process.stderr.write(`${text}\n`);
    }
  }

  clearProgress(): void {
    if (!this.progressShown) return;
    process.stderr.write('\r\x1b[K');
    this.progressShown = false;
  }

  /** The width of the terminal; undefined where the output goes to a file or another program. */
  get columns(): number | undefined {
    const { columns, isTTY } = process.stdout;
    return isTTY && columns ? columns : undefined;
  }

  /** Lines cut to the terminal's width. */
  fitted(text: string): string {
    const { columns } = this;
    if (columns === undefined) return text;
    return text
      .split('\n')
      .map((line) => {
        const extra = line.length - stripVTControlCharacters(line).length;
        return displayWidth(line) - extra > columns ? `${cutToWidth(line, columns + extra - 1)}…` : line;
      })
      .join('\n');
  }

  /** A message in the language of the terminal. */
  private said(text: string): string {
    const { say } = this.language;
    const name = text.startsWith(NAME) ? NAME : '';
    const lines = text.slice(name.length).split('\n');
    return name + lines.map((line) => say(line)).join('\n');
  }

  style(style: Style, text: string, stream: NodeJS.WriteStream = process.stdout): string {
    return this.options.color && stream.isTTY ? styleText(style, text) : text;
  }
}
