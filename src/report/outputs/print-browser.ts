import puppeteer, { type Browser, type HTTPRequest, type Page } from 'puppeteer';
import { type Environment, type FoundBrowser, findBrowser, NoBrowserError } from './find-browser.js';

/** A browser that prints pages, in the process that drives it. */
export interface PrintBrowser {
  /** Of the browser, which leads a process group of its own. */
  readonly pid?: number;
  print(html: string): Promise<PrintedPage>;
  /** Ends it. Never throws. */
  close(): Promise<void>;
}

export interface PrintedPage {
  readonly pdf: Uint8Array;
  /** What the page asked for and did not get: addresses, or the browser's words; a page of ours asks for nothing. */
  readonly refused: readonly string[];
}

export interface PrintBrowserOptions {
  /** A path, or `embedded`. */
  readonly browser?: string;
  readonly cacheDir?: string;
  readonly environment: Environment;
  /** Empty, and the browser's own; whoever made it removes it. */
  readonly folder: string;
  readonly onMessage: (tone: 'detail' | 'warning', text: string) => void;
}

const LAUNCH_TIMEOUT = 30_000;
const PAGE_TIMEOUT = 60_000;
/** Longer than that of a page, which is the better message. */
const PROTOCOL_TIMEOUT = PAGE_TIMEOUT + 5_000;
const CLOSE_TIMEOUT = 3_000;

/** Answered from memory; the name is reserved, so that it can never be a real one. */
const ADDRESS = 'https://report.invalid/';

/**
 * Starts a browser with its sandbox where it can; without, or with libraries of our own, where it cannot.
 * @throws NoBrowserError when there is none, or none that starts.
 *
 * A report holds text of strangers. So the page runs no script, may load nothing but itself, and the browser has no
 * way to a network: a dead proxy, no names, no background traffic, no debugging port.
 */
export async function openPrintBrowser(options: PrintBrowserOptions): Promise<PrintBrowser> {
  const found = await findBrowser({ ...options, puppeteerPath });
  const isRoot = process.getuid?.() === 0;
  let how: Launch = { sandbox: !isRoot };
  for (;;) {
    try {
      const browser = await launch(found, options, how);
      if (!how.sandbox) {
        const reason = isRoot ? 'running as root' : 'it does not start with it here';
        options.onMessage('warning', `the browser prints without its own sandbox: ${reason}`);
      }
      return printBrowser(browser);
    } catch (error) {
      const reason = messageOf(error);
      if (found.embedded && how.libraries === undefined && /shared librar/.test(reason)) {
        how = { ...how, libraries: await found.embedded.libraries() };
      } else if (how.sandbox) {
        how = { ...how, sandbox: false };
      } else {
        throw new NoBrowserError(`the browser ${found.executable} does not start: ${reason}`, { cause: error });
      }
    }
  }
}

/** The first lines of what went wrong. */
export function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\n').slice(0, 3).join(' ').slice(0, 300);
}

interface Launch {
  readonly sandbox: boolean;
  readonly libraries?: string;
}

async function launch(found: FoundBrowser, options: PrintBrowserOptions, how: Launch): Promise<Browser> {
  const browser = await puppeteer.launch({
    executablePath: found.executable,
    headless: found.embedded || /headless[-_]shell/.test(found.executable) ? 'shell' : true,
    // A pipe, not a port: nobody else can connect, and the browser ends with us.
    pipe: true,
    userDataDir: options.folder,
    args: how.sandbox ? FLAGS : [...FLAGS, '--no-sandbox'],
    env: childEnvironment(options.environment, options.folder, how.libraries),
    timeout: LAUNCH_TIMEOUT,
    protocolTimeout: PROTOCOL_TIMEOUT,
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
  // A browser that dies breaks its pipes; without listeners that would be the end of this process too.
  for (const stream of browser.process()?.stdio ?? []) stream?.on('error', () => undefined);
  return browser;
}

function printBrowser(browser: Browser): PrintBrowser {
  const pid = browser.process()?.pid;
  return {
    ...(pid !== undefined && { pid }),
    print: (html) => printPage(browser, html),
    close: () => end(browser),
  };
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

async function printPage(browser: Browser, html: string): Promise<PrintedPage> {
  const page = await browser.newPage();
  try {
    return await Promise.race([printIn(page, html), failureOf(browser, page)]);
  } finally {
    await page.close().catch(() => undefined);
  }
}

async function printIn(page: Page, html: string): Promise<PrintedPage> {
  let answered = false;
  const refused: string[] = [];
  await page.setJavaScriptEnabled(false);
  await page.setRequestInterception(true);
  page.on('request', (request: HTTPRequest) => {
    // What lies in the page itself is no request, and cannot be answered.
    if (request.url().startsWith('data:')) return;
    const isOurs = !answered && request.isNavigationRequest() && request.url() === ADDRESS;
    if (isOurs) answered = true;
    else refused.push(request.url().slice(0, 200));
    const done = isOurs ? request.respond({ ...RESPONSE, body: html }) : request.abort('blockedbyclient');
    // The page may be gone already; then there is nobody left to answer.
    done.catch(() => undefined);
  });
  // What the policy forbids is told here, and does not even come to a request.
  page.on('console', (message) => {
    if (message.type() === 'error') refused.push(message.text().slice(0, 200));
  });
  await page.goto(ADDRESS, { waitUntil: 'load', timeout: PAGE_TIMEOUT });
  const pdf = await page.pdf({
    preferCSSPageSize: true,
    printBackground: true,
    tagged: true,
    outline: true,
    timeout: PAGE_TIMEOUT,
  });
  return { pdf, refused };
}

/** The policy stands beside the page's own: what is not allowed by both is not loaded. */
const RESPONSE = {
  status: 200,
  contentType: 'text/html; charset=utf-8',
  headers: {
    'Content-Security-Policy':
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'; sandbox",
  },
} as const;

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

/** The browser's variables: one time zone and language, so that the same report prints the same. */
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
