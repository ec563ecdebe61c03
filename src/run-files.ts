import { analysisDigest } from './analyzing/analysis-digest.js';
import type { Analysis } from './model/analysis.js';
import { isAccused } from './model/is-accused.js';
import { type Brevity, compose, composeDevice, composeTicket } from './report/compose.js';
import { deviceNames, deviceParts, isDivided, withoutManyVmas } from './report/device-parts.js';
import type { Document } from './report/document.js';
import type { LanguageId } from './report/language/languages.js';
import { translated } from './report/language/translated.js';
import { lookAhead } from './report/look-ahead.js';
import { partsOf } from './report/output-files.js';
import { NoBrowserError } from './report/outputs/find-browser.js';
import type { FileContent, OutputInput, OutputPart, ReportOutput } from './report/outputs/output.js';
import { notPrinted, type SharedBrowser } from './report/outputs/shared-browser.js';
import { ticketAttachment, ticketPart } from './report/ticket-data.js';
import { ticketNames } from './report/ticket-name.js';

/** A file of the report, to be written below the output folder. */
export interface OutputFile {
  readonly name: string;
  readonly content: FileContent;
  /** Of all that the content is made from; absent where that is a whole run, or a page that is printed. */
  readonly digest?: string;
}

export interface FileOptions {
  /** The date of the PDFs; else that of the last sample. */
  readonly date?: number;
  /** Of the pages and PDFs; JSON is the same in each. Default English. */
  readonly language?: LanguageId;
  /** Whether a file is there already, as this run would write it: it is passed over. `digest` as in OutputFile. */
  readonly isWritten?: (name: string, digest?: string) => boolean;
}

/** What the outputs of a run share. */
export interface Shared {
  readonly browser: SharedBrowser;
  /** Of the parts of the analysis that several outputs tell of, by device. */
  readonly digests: Map<string, string>;
}

/** The files of one output: of the whole run, of tickets and of devices. */
export class RunFiles {
  private readonly failures: unknown[] = [];
  private readonly language: LanguageId;

  constructor(
    private readonly output: ReportOutput,
    private readonly analysis: Analysis,
    private readonly shared: Shared,
    private readonly options: FileOptions,
  ) {
    this.language = options.language ?? 'en';
  }

  /** One after the other. @throws PdfNotPrinted at the end, where one could not be printed. */
  async *all(): AsyncGenerator<OutputFile, void> {
    if (this.output.forTickets) {
      yield* await this.made(this.output.fileName, { data: this.analysis, document: this.whole });
      yield* this.tickets();
      yield* this.devicePages();
    } else {
      yield* this.data();
    }
    if (this.failures.length > 0) notPrinted(this.failures[0]);
  }

  private async *data(): AsyncGenerator<OutputFile, void> {
    const { analysis } = this;
    const run = { data: withoutManyVmas(analysis), document: this.whole };
    for (const part of partsOf(this.output)) {
      if ((part.ofVmas && isDivided(analysis)) || (part.ofFleet && !analysis.rollups)) continue;
      yield* await this.made(part.fileName, run, part);
    }
    for (const { device, name, part: data } of deviceParts(analysis)) {
      const digest = this.digestOf(device, data);
      for (const part of partsOf(this.output)) {
        if (part.ofFleet || part.ofRun) continue;
        yield* await this.made(`devices/${name}/${part.fileName}`, { data, document: this.whole }, part, digest);
      }
    }
  }

  private async *tickets(): AsyncGenerator<OutputFile, void> {
    const { analysis, output, language } = this;
    const nameOf = ticketNames(analysis.verdicts);
    const accused = analysis.verdicts.filter(isAccused);
    const tickets = lookAhead(accused, output.needsBrowser ? TICKETS_AHEAD : 0, (program) => {
      const part = ticketPart(analysis, program);
      const ticket = (brevity: Brevity) => (): Document =>
        translated(composeTicket(part, program, { isAttached: output.attaches ?? false, brevity }), language);
      const input = {
        data: part,
        document: ticket('whole'),
        shorter: [ticket('short'), ticket('shortest')],
        ...(output.attaches && { attachment: ticketAttachment(part, program) }),
      };
      const digest = output.needsBrowser ? undefined : `${analysisDigest(part)} ${language}`;
      return this.made(`tickets/${nameOf(program)}.${output.extension}`, input, output, digest);
    });
    for await (const files of tickets) yield* files;
  }

  private async *devicePages(): AsyncGenerator<OutputFile, void> {
    const { fileName, forDevices } = this.output;
    for (const { device, name, part: data } of forDevices ? deviceParts(this.analysis) : []) {
      const document = (): Document => translated(composeDevice(data, device, `../../${fileName}`), this.language);
      const digest = `${this.digestOf(device, data)} ${this.language}`;
      yield* await this.made(`devices/${name}/${fileName}`, { data, document, isOneOfMany: true }, this.output, digest);
    }
  }

  private readonly whole = (): Document => {
    const { analysis, output } = this;
    const pages = output.forDevices && isDivided(analysis) ? devicePaths(analysis, output) : undefined;
    const options = { ...(output.needsBrowser && { detailed: DETAILED_ON_PAPER }), ...(pages && { pages }) };
    return translated(compose(analysis, options), this.language);
  };

  /** The file, or none where it is there already, or could not be printed. */
  private async made(
    name: string,
    part: Pick<OutputInput, 'data' | 'document' | 'shorter' | 'attachment' | 'isOneOfMany'>,
    renderer: Pick<OutputPart, 'render'> = this.output,
    digest?: string,
  ): Promise<OutputFile[]> {
    const { date, isWritten } = this.options;
    if (isWritten?.(name, digest)) return [];
    const input = { ...part, printer: () => this.shared.browser.open(), ...(date !== undefined && { date }) };
    try {
      return [{ name, content: await renderer.render(input), ...(digest !== undefined && { digest }) }];
    } catch (error) {
      if (!this.output.needsBrowser) throw error;
      // One page that cannot be printed does not cost the others.
      if (error instanceof NoBrowserError) notPrinted(error);
      this.failures.push(error);
      return [];
    }
  }

  private digestOf(device: string, part: Analysis): string {
    const { digests } = this.shared;
    const digest = digests.get(device) ?? analysisDigest(part);
    digests.set(device, digest);
    return digest;
  }
}

/** The pages of the devices, from that of the run. */
function devicePaths(analysis: Analysis, { fileName }: ReportOutput): Map<string, string> {
  return new Map([...deviceNames(analysis)].map(([device, name]) => [device, `devices/${name}/${fileName}`]));
}

/** A browser needs 30 MB for each; those that leak have tickets of their own. */
const DETAILED_ON_PAPER = 12;

/** As many pages wait for the browser while it prints. */
const TICKETS_AHEAD = 4;
