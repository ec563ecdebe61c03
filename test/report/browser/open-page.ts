import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import puppeteer, { type Browser, type Page } from 'puppeteer';
import { type FoundBrowser, findBrowser } from '../../../src/report/outputs/find-browser.js';

export type Theme = 'light' | 'dark';

/** How a page is looked at. */
export interface Look {
  readonly theme?: Theme;
  readonly width?: number;
  /** Runs the page's script; default true. */
  readonly script?: boolean;
  /** Behind the address, with its "#". */
  readonly hash?: string;
}

/** A page in a browser, and what it did that no page of ours does. */
export interface OpenPage {
  readonly page: Page;
  /** Errors, messages of the console, refused loads, and requests other than for the page itself. */
  readonly misdeeds: readonly string[];
}

/** A real browser that opens reports from disk, as people do. */
export interface ReportBrowser {
  open(html: string, look?: Look): Promise<OpenPage>;
  close(): Promise<void>;
}

/** `undefined` where there is no browser to be had. */
export async function findTestBrowser(): Promise<FoundBrowser | undefined> {
  return findBrowser({ browser: 'embedded', environment: process.env, puppeteerPath: () => undefined }).catch(
    () => undefined,
  );
}

/** Starts it, a second time where it dies at once: machines without a sandbox make it fragile. */
export async function openReportBrowser(found: FoundBrowser): Promise<ReportBrowser> {
  const folder = mkdtempSync(join(tmpdir(), 'memreport-page-test-'));
  const browser = await launch(found, folder).catch(() => launch(found, folder));
  let pages = 0;
  return {
    async open(html, look = {}) {
      const file = join(folder, `${++pages}.html`);
      writeFileSync(file, html);
      return openPage(browser, pathToFileURL(file).href, look);
    },
    async close() {
      await browser.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function launch(found: FoundBrowser, folder: string): Promise<Browser> {
  const libraries = await found.embedded?.libraries();
  return puppeteer.launch({
    executablePath: found.executable,
    headless: 'shell',
    pipe: true,
    args: ['--no-sandbox', '--disable-gpu'],
    env: { ...process.env, HOME: folder, ...(libraries !== undefined && { LD_LIBRARY_PATH: libraries }) },
    protocolTimeout: 30_000,
  });
}

async function openPage(browser: Browser, address: string, look: Look): Promise<OpenPage> {
  const { theme = 'light', width = 1200, script = true, hash = '' } = look;
  const page = await browser.newPage();
  const misdeeds: string[] = [];
  page.on('console', (message) => misdeeds.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => misdeeds.push(`error: ${String(error)}`));
  page.on('dialog', (dialog) => misdeeds.push(`dialog: ${dialog.message()}`));
  page.on('request', (request) => {
    const url = request.url();
    if (url.split('#')[0] !== address && !/^(?:data|blob):/.test(url)) misdeeds.push(`request: ${url}`);
  });
  await page.setJavaScriptEnabled(script);
  await page.setViewport({ width, height: 900 });
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }]);
  await page.evaluateOnNewDocument(TELL_VIOLATIONS);
  await page.goto(address + hash);
  return { page, misdeeds };
}

const TELL_VIOLATIONS = `document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
  console.error('policy: ' + violatedDirective + ' ' + blockedURI);
});`;
