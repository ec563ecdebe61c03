import { type BrowserProcess, startBrowserProcess } from './browser-process.js';
import type { Environment } from './find-browser.js';
import type { PrintedPage } from './print-browser.js';

/** A browser that prints pages; one for all PDFs of a run. */
export interface PdfPrinter {
  /** A page as PDF: tagged, with an outline. Throws when it fails again and again, the later times alone in a fresh browser. */
  print(html: string): Promise<Uint8Array>;
  /** Ends the browser and removes its files. Never throws. */
  close(): Promise<void>;
}

export interface PdfPrinterOptions {
  /** A path, or `embedded`. */
  readonly browser?: string;
  readonly cacheDir?: string;
  readonly environment?: Environment;
  /** Milliseconds that one page may take. */
  readonly pageTimeout?: number;
  /** How it is done, for those who want to know. */
  readonly onMessage: (message: string) => void;
  /** What people should know; default `onMessage`. */
  readonly onWarning?: (message: string) => void;
}

/** More than two do not print faster on two processors, and each needs memory. */
const PAGES_AT_ONCE = 2;
/** Many, since something else may kill browsers; a page that kills each of them is known after some seconds. */
const ATTEMPTS = 8;
/** One that hangs is known after two attempts: together longer than this. */
const PATIENCE = 60_000;
/** A fresh browser costs half a second; one that prints for ever may grow. */
const PAGES_PER_BROWSER = 100;
const MEMORY_PER_BROWSER = 500 * 1024 ** 2;
/** After each so many pages; the kernel takes some milliseconds to tell. */
const MEMORY_ASKED = 10;
/** Beyond that a page is stopped: it would take the machine's memory. */
const MEMORY_LIMIT = 1536 * 1024 ** 2;
const WATCH_INTERVAL = 500;
const CLOSED = 'the printer was closed';

/**
 * Starts a browser, in a process of its own. Throws NoBrowserError when there is none, or none that starts.
 * A browser that dies, hangs or grows beyond bounds is replaced by a fresh one.
 */
export async function openPdfPrinter(options: PdfPrinterOptions): Promise<PdfPrinter> {
  const printer = new QueueingPrinter(options);
  await printer.open();
  return printer;
}

interface Page {
  readonly html: string;
  readonly resolve: (pdf: Uint8Array) => void;
  readonly reject: (error: unknown) => void;
  attempts: number;
  /** Milliseconds that the failed attempts took. */
  spent: number;
}

class QueueingPrinter implements PdfPrinter {
  private readonly waiting: Page[] = [];
  private readonly printing = new Set<Page>();
  private browser: BrowserProcess | undefined;
  private isStarting = false;
  private isClosed = false;
  private pages = 0;
  private watch: NodeJS.Timeout | undefined;
  private readonly told = new Set<string>();

  constructor(private readonly options: PdfPrinterOptions) {}

  async open(): Promise<void> {
    const { browser, cacheDir, pageTimeout, environment = process.env } = this.options;
    this.browser = await startBrowserProcess({
      ...(browser !== undefined && { browser }),
      ...(cacheDir !== undefined && { cacheDir }),
      ...(pageTimeout !== undefined && { pageTimeout }),
      environment,
      onMessage: (tone, text) => {
        this.tell(tone, text);
      },
    });
    this.pages = 0;
    this.watch = setInterval(() => {
      this.watchMemory();
    }, WATCH_INTERVAL).unref();
  }

  print(html: string): Promise<Uint8Array> {
    if (this.isClosed) return Promise.reject(new Error(CLOSED));
    return new Promise((resolve, reject) => {
      this.waiting.push({ html, resolve, reject, attempts: 0, spent: 0 });
      this.next();
    });
  }

  async close(): Promise<void> {
    this.isClosed = true;
    for (const page of this.waiting.splice(0)) page.reject(new Error(CLOSED));
    await this.stop();
  }

  private async stop(): Promise<void> {
    clearInterval(this.watch);
    const ending = this.browser;
    this.browser = undefined;
    await ending?.close();
  }

  /** Takes up as many pages as may be printed now. */
  private next(): void {
    for (;;) {
      const page = this.waiting[0];
      if (!page || this.isStarting || !this.hasRoomFor(page)) return;
      const { browser } = this;
      if (!browser || this.isWorn(browser)) {
        if (this.printing.size === 0) void this.replace();
        return;
      }
      this.waiting.shift();
      void this.attempt(page, browser);
    }
  }

  /** One that failed prints alone, so that it takes no other along if it fails again. */
  private hasRoomFor({ attempts }: Page): boolean {
    if (attempts > 0) return this.printing.size === 0;
    return this.printing.size < PAGES_AT_ONCE && ![...this.printing].some((page) => page.attempts > 1);
  }

  private isWorn(browser: BrowserProcess): boolean {
    if (this.pages >= PAGES_PER_BROWSER) return true;
    return this.pages > 0 && this.pages % MEMORY_ASKED === 0 && (browser.memory() ?? 0) > MEMORY_PER_BROWSER;
  }

  private async attempt(page: Page, browser: BrowserProcess): Promise<void> {
    page.attempts++;
    this.pages++;
    this.printing.add(page);
    const begin = performance.now();
    try {
      const printed = await browser.print(page.html);
      this.reportRefused(printed);
      page.resolve(printed.pdf);
    } catch (error) {
      page.spent += performance.now() - begin;
      await this.giveUp(browser);
      const isHopeless = page.attempts >= ATTEMPTS || (page.attempts > 1 && page.spent > PATIENCE);
      if (!isHopeless && !this.isClosed) {
        this.tell('detail', `printing failed (${reasonOf(error)}); trying once more in a fresh browser`);
        this.waiting.unshift(page);
      } else page.reject(error);
    } finally {
      this.printing.delete(page);
      this.next();
    }
  }

  private async giveUp(browser: BrowserProcess): Promise<void> {
    if (this.browser !== browser) return;
    browser.kill();
    await this.stop();
  }

  private async replace(): Promise<void> {
    this.isStarting = true;
    try {
      await this.stop();
      await this.reopen();
      if (this.isClosed) await this.stop();
    } catch (error) {
      for (const page of this.waiting.splice(0)) page.reject(error);
    } finally {
      this.isStarting = false;
      this.next();
    }
  }

  /** What ended one browser may end the next while it starts. */
  private async reopen(): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        await this.open();
        return;
      } catch (error) {
        if (attempt === ATTEMPTS || this.isClosed) throw error;
      }
    }
  }

  private watchMemory(): void {
    if (this.printing.size > 0 && (this.browser?.memory() ?? 0) > MEMORY_LIMIT) {
      this.tell('detail', 'the browser needs more than 1.5 GiB: it is stopped');
      this.browser?.kill();
    }
  }

  /** Our pages hold all that they need: one that asks for more is a mistake, or was tricked into it. */
  private reportRefused({ refused }: PrintedPage): void {
    const [first] = refused;
    if (first === undefined) return;
    const more = refused.length > 1 ? ` and ${refused.length - 1} more` : '';
    this.tell(
      'warning',
      `a page to print asked for ${JSON.stringify(first)}${more}, which it did not get: a bug of ours`,
    );
  }

  /** Each fresh browser would say the same again. */
  private tell(tone: 'detail' | 'warning', text: string): void {
    const { onMessage, onWarning = onMessage } = this.options;
    if (tone === 'detail') onMessage(text);
    else if (!this.told.has(text)) {
      this.told.add(text);
      onWarning(text);
    }
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
