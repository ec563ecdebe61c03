import { readdirSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { type Environment, findBrowser } from './find-browser.js';
import type { PdfPrinter } from './pdf-printer.js';

/** Where printed pages of earlier runs are kept, by what they were made of. Neither function throws. */
export interface KeptPrints {
  find(parts: readonly string[]): Uint8Array | undefined;
  keep(parts: readonly string[], pdf: Uint8Array): void;
}

/**
 * A printer that takes pages which were printed before from there, and starts the browser at the first that was not.
 *
 * What a browser prints depends on the page and on itself; dates and attachments are put in afterwards.
 */
export function keepingPrinter(prints: KeptPrints, browser: string, open: () => Promise<PdfPrinter>): PdfPrinter {
  let opened: Promise<PdfPrinter> | undefined;
  return {
    async print(html) {
      const known = prints.find([browser, html]);
      if (known) return known;
      opened ??= open();
      const pdf = await (await opened).print(html);
      prints.keep([browser, html], pdf);
      return pdf;
    },
    async close() {
      const printer = await opened?.catch(() => undefined);
      await printer?.close();
    },
  };
}

/**
 * Tells apart the browsers that would print, without starting one: which file it is, its size and age.
 * @param browser a path, or `embedded`; else the first that is found
 * @throws NoBrowserError where there is none.
 */
export async function browserIdentity(
  browser: string | undefined,
  environment: Environment = process.env,
): Promise<string> {
  // Puppeteer, which takes long to load, would name one of its own.
  const search = { environment, puppeteerPath: () => undefined };
  const { executable } = await findBrowser(browser === undefined ? search : { ...search, browser });
  const { size, mtimeMs } = statSync(executable);
  return JSON.stringify([executable, size, mtimeMs, browsersOfPuppeteer(environment)]);
}

function browsersOfPuppeteer(environment: Environment): string[] {
  const folder = environment.PUPPETEER_CACHE_DIR ?? join(environment.HOME ?? homedir(), '.cache', 'puppeteer');
  try {
    const kinds = readdirSync(folder).sort();
    return kinds.flatMap((kind) => readdirSync(join(folder, kind)).sort());
  } catch {
    return [];
  }
}
