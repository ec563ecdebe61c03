import { access, constants, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { type EmbeddedBrowser, embeddedBrowser } from './embedded-browser.js';

/** The variables of a process, as `process.env` holds them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** No browser can print the PDF. The message says what was looked for and what to do. */
export class NoBrowserError extends Error {
  override readonly name = 'NoBrowserError';
}

export interface FoundBrowser {
  readonly executable: string;
  /** How it was found, for messages. */
  readonly source: 'option' | 'PUPPETEER_EXECUTABLE_PATH' | 'system' | 'puppeteer' | 'embedded';
  readonly embedded?: EmbeddedBrowser;
}

export interface BrowserSearch {
  /** A path, or `embedded`. */
  readonly browser?: string;
  /** Where the embedded browser is unpacked; default `$XDG_CACHE_HOME/memreport`. */
  readonly cacheDir?: string;
  /** Where it is unpacked for this run alone, where that cannot be written: a container may have no home. */
  readonly folder?: string;
  readonly environment: Environment;
  /** Where puppeteer would have put a browser of its own. */
  puppeteerPath(): string | undefined;
}

/**
 * The browser to print with: the one asked for, else PUPPETEER_EXECUTABLE_PATH, the system's, puppeteer's own, the
 * embedded one. One that is asked for but missing is an error, never a reason to take another.
 */
export async function findBrowser(search: BrowserSearch): Promise<FoundBrowser> {
  const { browser, environment } = search;
  if (browser === 'embedded') return embedded(search);
  if (browser !== undefined) return asked(browser, 'option', `--browser ${browser}`);
  const named = environment.PUPPETEER_EXECUTABLE_PATH;
  if (named !== undefined && named !== '') {
    return asked(named, 'PUPPETEER_EXECUTABLE_PATH', `PUPPETEER_EXECUTABLE_PATH=${named}`);
  }
  const system = await firstExecutable(systemPaths(environment));
  if (system !== undefined) return { executable: system, source: 'system' };
  const cached = search.puppeteerPath();
  if (cached !== undefined && (await isExecutable(cached))) return { executable: cached, source: 'puppeteer' };
  return embedded(search);
}

/** `$XDG_CACHE_HOME/memreport`, or `~/.cache/memreport`. */
export function defaultCacheDir(environment: Environment): string {
  const base = environment.XDG_CACHE_HOME;
  return join(base?.startsWith('/') ? base : join(environment.HOME ?? homedir(), '.cache'), 'memreport');
}

async function asked(executable: string, source: FoundBrowser['source'], how: string): Promise<FoundBrowser> {
  if (await isExecutable(executable)) return { executable, source };
  throw new NoBrowserError(`${how}: there is no executable file of that name`);
}

async function embedded(search: BrowserSearch): Promise<FoundBrowser> {
  let reason = 'the embedded one is for linux on x64 only';
  try {
    const found = await unpacked(search);
    if (found) return { executable: found.executable, source: 'embedded', embedded: found };
  } catch (error) {
    reason = `the embedded one could not be unpacked (${error instanceof Error ? error.message : String(error)})`;
  }
  throw new NoBrowserError(
    `no browser to print the PDF with: no Chrome or Chromium was found, and ${reason}. Install chromium, or name one with --browser PATH`,
  );
}

async function unpacked({ cacheDir, folder, environment }: BrowserSearch): Promise<EmbeddedBrowser | undefined> {
  try {
    return await embeddedBrowser(cacheDir ?? defaultCacheDir(environment));
  } catch (error) {
    if (folder === undefined) throw error;
    return embeddedBrowser(join(folder, 'embedded'));
  }
}

function systemPaths(environment: Environment): string[] {
  const folders = (environment.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const onPath = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...onPath, ...USUAL_PLACES];
}

/** Headless shells first: they start faster, and are made for this. */
const NAMES = [
  'chrome-headless-shell',
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'chrome',
  'microsoft-edge-stable',
];

const USUAL_PLACES = [
  '/usr/lib/chromium/chromium',
  '/usr/lib/chromium-browser/chromium-browser',
  '/opt/google/chrome/chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

async function firstExecutable(paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) if (await isExecutable(path)) return path;
  return undefined;
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
