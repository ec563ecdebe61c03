import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer, { type Browser, type HTTPRequest, type Page } from 'puppeteer';
import { type Environment, type FoundBrowser, findBrowser, NoBrowserError } from './find-browser.js';

/** A browser that prints pages; one for all PDFs of a run. */
export interface PdfPrinter {
  /** A page as PDF: tagged, with an outline. Pages are printed one after the other. Throws when it fails twice. */
  print(html: string): Promise<Uint8Array>;
  /** Ends the browser and removes its files. Never throws. */
  close(): Promise<void>;
}

export interface PdfPrinterOptions {
  /** A path, or `embedded`. */
  readonly browser?: string;
  readonly cacheDir?: string;
  readonly environment?: Environment;
  readonly onMessage: (message: string) => void;
}

const PROTOCOL_TIMEOUT = 120_000;
const PAGE_TIMEOUT = 60_000;
const LAUNCH_TIMEOUT = 30_000;

/** Answered from memory; the name is reserved, so that it can never be a real one. */
const ADDRESS = 'https://report.invalid/';

/**
 * Starts a browser. Throws NoBrowserError when there is none, or none that starts.
 *
 * A report holds text of strangers. So the page runs no script, may load nothing but itself, and the browser has no
 * way to a network: a dead proxy, no names, no background traffic, no debugging port.
 */
export async function openPdfPrinter(options: PdfPrinterOptions): Promise<PdfPrinter> {
  const environment = options.environment ?? process.env;
  const found = await findBrowser({ ...options, environment, puppeteerPath });
  let running: RunningBrowser | undefined = await start(found, environment, options.onMessage);
  let last: Promise<unknown> = Promise.resolve();

  const attempt = async (html: string): Promise<Uint8Array> => {
    running ??= await start(found, environment, options.onMessage);
    return printPage(running.browser, html);
  };
  const stop = async (): Promise<void> => {
    const ending = running;
    running = undefined;
    await ending?.end();
  };
  const print = async (html: string): Promise<Uint8Array> => {
    try {
      return await attempt(html);
    } catch (error) {
      options.onMessage(`printing failed (${messageOf(error)}); trying once more in a fresh browser`);
      await stop();
      return attempt(html);
    }
  };
  return {
    print(html) {
      const result = last.then(() => print(html));
      last = result.catch(() => undefined);
      return result;
    },
    async close() {
      await last;
      await stop();
    },
  };
}

interface RunningBrowser {
  readonly browser: Browser;
  end(): Promise<void>;
}

interface Launch {
  readonly sandbox: boolean;
  readonly libraries?: string;
}

/** Starts it with its sandbox where it can; without, or with libraries of our own, where it cannot. */
async function start(
  found: FoundBrowser,
  environment: Environment,
  onMessage: (message: string) => void,
): Promise<RunningBrowser> {
  const isRoot = process.getuid?.() === 0;
  if (isRoot) onMessage('running as root: the browser prints without its own sandbox');
  let how: Launch = { sandbox: !isRoot };
  for (;;) {
    try {
      return await launch(found, environment, how);
    } catch (error) {
      const reason = messageOf(error);
      if (found.embedded && how.libraries === undefined && /shared librar/.test(reason)) {
        how = { ...how, libraries: await found.embedded.libraries() };
      } else if (how.sandbox) {
        onMessage('the browser does not start with its own sandbox here: it prints without');
        how = { ...how, sandbox: false };
      } else {
        throw new NoBrowserError(`the browser ${found.executable} does not start: ${reason}`, { cause: error });
      }
    }
  }
}

async function launch(found: FoundBrowser, environment: Environment, how: Launch): Promise<RunningBrowser> {
  const folder = await mkdtemp(join(tmpdir(), 'memreport-browser-'));
  const clearAtExit = (): void => {
    rmSync(folder, { recursive: true, force: true });
  };
  // A run that is interrupted does not come to close().
  process.once('exit', clearAtExit);
  const clear = async (): Promise<void> => {
    process.off('exit', clearAtExit);
    await rm(folder, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
  };
  try {
    const browser = await puppeteer.launch({
      executablePath: found.executable,
      headless: found.embedded || /headless[-_]shell/.test(found.executable) ? 'shell' : true,
      // A pipe, not a port: nobody else can connect, and the browser ends with us.
      pipe: true,
      userDataDir: folder,
      args: how.sandbox ? FLAGS : [...FLAGS, '--no-sandbox'],
      env: childEnvironment(environment, folder, how.libraries),
      timeout: LAUNCH_TIMEOUT,
      protocolTimeout: PROTOCOL_TIMEOUT,
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
    });
    // A browser that dies breaks its pipes; without listeners that would be the end of this process too.
    for (const stream of browser.process()?.stdio ?? []) stream?.on('error', () => undefined);
    return { browser, end: () => end(browser).then(clear) };
  } catch (error) {
    await clear();
    throw error;
  }
}

async function end(browser: Browser): Promise<void> {
  const child = browser.process();
  const killed = new Promise<void>((resolve) => {
    setTimeout(() => {
      child?.kill('SIGKILL');
      resolve();
    }, CLOSE_TIMEOUT).unref();
  });
  await Promise.race([browser.close().catch(() => child?.kill('SIGKILL')), killed]);
}

const CLOSE_TIMEOUT = 5_000;

async function printPage(browser: Browser, html: string): Promise<Uint8Array> {
  const page = await browser.newPage();
  try {
    return await Promise.race([printIn(page, html), failureOf(browser, page)]);
  } finally {
    await page.close().catch(() => undefined);
  }
}

async function printIn(page: Page, html: string): Promise<Uint8Array> {
  let answered = false;
  await page.setJavaScriptEnabled(false);
  await page.setRequestInterception(true);
  page.on('request', (request: HTTPRequest) => {
    const isOurs = !answered && request.isNavigationRequest() && request.url() === ADDRESS;
    if (isOurs) answered = true;
    const done = isOurs
      ? request.respond({ status: 200, contentType: 'text/html; charset=utf-8', body: html })
      : request.abort('blockedbyclient');
    // The page may be gone already; then there is nobody left to answer.
    done.catch(() => undefined);
  });
  await page.goto(ADDRESS, { waitUntil: 'load', timeout: PAGE_TIMEOUT });
  return page.pdf({
    preferCSSPageSize: true,
    printBackground: true,
    tagged: true,
    outline: true,
    timeout: PAGE_TIMEOUT,
  });
}

/** Rejects when the page crashes or the browser goes away; puppeteer alone would wait for its time-out. */
function failureOf(browser: Browser, page: Page): Promise<never> {
  const failure = new Promise<never>((_resolve, reject) => {
    page.once('error', (error) => {
      reject(error);
    });
    browser.once('disconnected', () => {
      reject(new Error('the browser ended'));
    });
  });
  failure.catch(() => undefined);
  return failure;
}

const FLAGS = [
  '--disable-gpu',
  '--font-render-hinting=none',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-sync',
  '--no-first-run',
  '--proxy-server=http://127.0.0.1:1',
  '--proxy-bypass-list=<-loopback>',
  '--host-resolver-rules=MAP * ~NOTFOUND',
  '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
  '--js-flags=--max-old-space-size=512',
];

/** The child's variables: one time zone and language, so that the same report prints the same. */
function childEnvironment(
  environment: Environment,
  home: string,
  libraries: string | undefined,
): Record<string, string> {
  const child: Record<string, string> = {};
  for (const [name, value] of Object.entries(environment)) if (value !== undefined) child[name] = value;
  Object.assign(child, { TZ: 'UTC', LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8', HOME: home });
  if (libraries !== undefined)
    child.LD_LIBRARY_PATH = [libraries, child.LD_LIBRARY_PATH ?? ''].filter(Boolean).join(':');
  return child;
}

function puppeteerPath(): string | undefined {
  try {
    return puppeteer.executablePath();
  } catch {
    return undefined;
  }
}

function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\n').slice(0, 3).join(' ').slice(0, 300);
}
