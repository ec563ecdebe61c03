import { stripVTControlCharacters, styleText } from 'node:util';
import { type Language, languageOf } from '../language.js';
import { visible } from '../model/problem.js';
import { cutToWidth, displayWidth } from './display-width.js';

type Style = Parameters<typeof styleText>[0];

export interface TerminalOptions {
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly color: boolean;
  /** Whether each line of stderr is a JSON object, for programs; default false. */
  readonly jsonLog?: boolean;
  /** Of messages and tables; default English. */
  readonly language?: Language;
}

/** How much a line of the log matters. */
export type LogLevel = 'detail' | 'info' | 'error';

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
    if (!this.options.quiet) this.log('info', text);
  }

  detail(text: string): void {
    if (this.options.verbose) this.log('detail', text);
  }

  /** Printed even with --quiet. */
  error(text: string): void {
    this.log('error', text);
  }

  /** For programs that follow the log; people are not told. */
  event(fields: Readonly<Record<string, unknown>>): void {
    if (this.options.jsonLog)
      process.stderr.write(`${JSON.stringify({ time: new Date().toISOString(), ...fields })}\n`);
  }

  /** What a run has done, at its end: in words, and in numbers for programs. */
  summary(text: string, fields: Readonly<Record<string, unknown>>): void {
    if (this.options.jsonLog) this.event({ event: 'summary', ...fields });
    else this.message(`${NAME}${text}`);
  }

  /** One line, in the terminal's language, that is written over on a terminal, a plain line every ten seconds elsewhere. */
  progress(line: () => string, fields: Readonly<Record<string, unknown>> = {}): void {
    const { quiet, jsonLog } = this.options;
    if (quiet) return;
    const now = performance.now();
    const interactive = process.stderr.isTTY && !jsonLog;
    if (this.lastProgress === 0 && !interactive) this.lastProgress = now;
    if (now - this.lastProgress < (interactive ? 100 : 10_000)) return;
    this.lastProgress = now;
    if (jsonLog) {
      this.event({ event: 'progress', ...fields });
      return;
    }
    const text = visible(line());
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

  private log(level: LogLevel, text: string): void {
    this.clearProgress();
    if (this.options.jsonLog) this.event({ event: 'message', level, text: text.replace(NAME, '') });
    else process.stderr.write(`${this.said(text)}\n`);
  }

  /** Whether everything is to be told. */
  get isVerbose(): boolean {
    return this.options.verbose;
  }

  /** The width of the terminal; undefined where the output goes to a file or another program. */
  get columns(): number | undefined {
    const { columns, isTTY } = process.stdout;
    return isTTY && columns ? columns : undefined;
  }

  /** Stands for all that tables and lines depend on besides what they tell. */
  get look(): unknown {
    return [this.columns, this.isVerbose, this.language.id, this.style('bold', 'x')];
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
