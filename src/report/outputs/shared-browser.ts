import type { KeptPrints } from './kept-prints.js';
import type { PdfPrinter } from './pdf-printer.js';

export interface BrowserOptions {
  /** A path, or "embedded"; else the first browser that is found. */
  readonly browser?: string;
  /** Pages that earlier runs have printed; without them all are printed. */
  readonly prints?: KeptPrints;
  readonly onMessage: (message: string) => void;
  /** What people should know, and none of the files tells; default `onMessage`. */
  readonly onWarning?: (message: string) => void;
}

/** One browser for all PDFs of a run, started when the first is asked for. */
export class SharedBrowser {
  private opened: Promise<PdfPrinter> | undefined;

  constructor(private readonly options: BrowserOptions) {}

  open(): Promise<PdfPrinter> {
    const { prints } = this.options;
    this.opened ??= prints ? this.keeping(prints) : this.start();
    return this.opened;
  }

  async close(): Promise<void> {
    const printer = await this.opened?.catch(() => undefined);
    await printer?.close();
  }

  private async keeping(prints: KeptPrints): Promise<PdfPrinter> {
    const { browserIdentity, keepingPrinter } = await import('./kept-prints.js');
    const { browser } = this.options;
    const identity = await browserIdentity(browser).catch(() => undefined);
    // One that is unpacked for this run alone is no browser that another run would find again.
    return identity === undefined ? this.start() : keepingPrinter(prints, identity, () => this.start());
  }

  private async start(): Promise<PdfPrinter> {
    // Loading puppeteer costs more than all the rest of a small run.
    const { openPdfPrinter } = await import('./pdf-printer.js');
    const { browser, onMessage, onWarning = onMessage } = this.options;
    return openPdfPrinter({ ...(browser !== undefined && { browser }), onMessage, onWarning });
  }
}

/** Not all PDFs could be printed; all other files have been handed out before. */
export class PdfNotPrinted extends Error {}

export function notPrinted(error: unknown): never {
  throw new PdfNotPrinted(error instanceof Error ? error.message : String(error), { cause: error });
}
