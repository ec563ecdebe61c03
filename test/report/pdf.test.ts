import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getDocument, type PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compose, composeTicket } from '../../src/report/compose.js';
import { findBrowser, NoBrowserError } from '../../src/report/outputs/find-browser.js';
import { renderPdf } from '../../src/report/outputs/pdf.js';
import { openPdfPrinter, type PdfPrinter } from '../../src/report/outputs/pdf-printer.js';
import { stablePdf } from '../../src/report/outputs/stable-pdf.js';
import { fixtureAnalysis } from './fixture-analysis.js';

// Other tests print at the same time: what is counted here is of this file alone.
const ownTemporaryFolder = mkdtempSync(join(tmpdir(), 'memreport-pdf-test-'));
process.env.TMPDIR = ownTemporaryFolder;
afterAll(() => {
  rmSync(ownTemporaryFolder, { recursive: true, force: true });
});

const hasEmbedded = process.platform === 'linux' && process.arch === 'x64';

describe.skipIf(!hasEmbedded)('renderPdf, in the embedded browser (linux on x64 only)', () => {
  const messages: string[] = [];
  let printer: PdfPrinter;
  let pdf: Uint8Array;
  let read: PDFDocumentProxy;
  const folders = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('memreport-browser-'));

  beforeAll(async () => {
    printer = await openPdfPrinter({ browser: 'embedded', onMessage: (message) => messages.push(message) });
    pdf = await renderPdf(compose(fixtureAnalysis()), printer);
    read = await getDocument({ data: new Uint8Array(pdf), verbosity: 0 }).promise;
  }, 60_000);

  afterAll(async () => {
    await printer.close();
    await read.loadingTask.destroy();
  });

  it('prints the words of the report, the hostile ones as words', async () => {
    const words = (await textsOf(read)).join('\n');
    expect(words).toContain('sensord on board-7');
    expect(words).toContain('make_node');
    expect(words.replace(/\s/g, '')).toContain('<script>alert(1)</script>');
  });

  it('numbers its pages', async () => {
    const texts = await textsOf(read);
    expect(texts.length).toBeGreaterThan(3);
    texts.forEach((words, index) => {
      expect(words).toContain(`Page ${index + 1} of ${texts.length}`);
    });
  });

  it('has a title, a language, tags and bookmarks of all sections', async () => {
    const { info } = await read.getMetadata();
    expect(info).toMatchObject({ Title: 'Memory report: captures/night-31', Language: 'en' });
    expect(await read.getMarkInfo()).toMatchObject({ Marked: true });
    const outline = (await read.getOutline()) as {
      title: string;
      items: { title: string; items: { title: string }[] }[];
    }[];
    const top = outline[0]?.items ?? [];
    expect(top.map((item) => item.title)).toContain('sensord on board-7');
    expect(top.flatMap((item) => item.items.map((child) => child.title))).toContain('VMAs of the last snapshot');
  });

  it('has no action and no link but inside itself', () => {
    const raw = Buffer.from(pdf).toString('latin1');
    expect(raw).not.toMatch(/\/(?:URI|JavaScript|JS|Launch|OpenAction|EmbeddedFile|AA)\b/);
  });

  it('is the same bytes again, also from a fresh browser, and dated by the analysis', async () => {
    const other = await openPdfPrinter({ browser: 'embedded', onMessage: () => undefined });
    try {
      await other.print('<p>another page first</p>');
      expect(Buffer.compare(pdf, await renderPdf(compose(fixtureAnalysis()), other))).toBe(0);
    } finally {
      await other.close();
    }
    const raw = Buffer.from(pdf).toString('latin1');
    expect(raw).toContain('/CreationDate (D:20260201220000Z)');
    expect(raw).toContain('/ModDate (D:20260201220000Z)');
  });

  it('takes another date, of the same length', async () => {
    const document = composeTicket(fixtureAnalysis(), { device: 'board-7', command: 'sensord' });
    const ticket = await renderPdf(document, printer, { date: 0 });
    expect(Buffer.from(ticket).toString('latin1')).toContain('/CreationDate (D:19700101000000Z)');
    const reread = await getDocument({ data: new Uint8Array(ticket), verbosity: 0 }).promise;
    expect(reread.numPages).toBeLessThanOrEqual(5);
    await reread.loadingTask.destroy();
  });

  it('loads nothing and goes nowhere, whatever a page asks for', async () => {
    const page = `<meta http-equiv="refresh" content="0;url=file:///etc/hostname"><img src="file:///etc/passwd">
      <iframe src="file:///etc/passwd"></iframe><iframe src="http://127.0.0.1:9/"></iframe><script>document.title='ran'</script><p>printed</p>`;
    const printed = await getDocument({ data: new Uint8Array(await printer.print(page)), verbosity: 0 }).promise;
    expect((await textsOf(printed)).join('')).toContain('printed');
    expect((await textsOf(printed)).join('')).not.toContain('root:');
    expect(JSON.stringify((await printed.getMetadata()).info)).not.toContain('ran');
    await printed.loadingTask.destroy();
  });

  it('prints several pages that are asked for at once', async () => {
    const pages = await Promise.all(['<p>one</p>', '<p>two</p>', '<p>three</p>'].map((html) => printer.print(html)));
    for (const page of pages) expect(Buffer.from(page.slice(0, 5)).toString()).toBe('%PDF-');
  });

  it('prints in a fresh browser when the one it has dies, and says so', async () => {
    const told: string[] = [];
    const before = new Set(browserChildren());
    const other = await openPdfPrinter({ browser: 'embedded', onMessage: (message) => told.push(message) });
    try {
      const mine = browserChildren().find((pid) => !before.has(pid));
      if (mine === undefined) throw new Error('expected a browser among the children of this process');
      process.kill(mine, 'SIGKILL');
      expect(Buffer.from(await other.print('<p>after all</p>')).toString('latin1', 0, 5)).toBe('%PDF-');
      expect(told.join()).toContain('once more in a fresh browser');
    } finally {
      await other.close();
    }
  });

  it('unpacks the libraries that a bare host lacks', async () => {
    const found = await findBrowser({ environment: process.env, browser: 'embedded', puppeteerPath: () => undefined });
    const folder = await found.embedded?.libraries();
    expect(readdirSync(folder ?? '')).toContain('libnss3.so');
    expect(
      readFileSync(join(folder ?? '', 'libnss3.so'))
        .subarray(1, 4)
        .toString(),
    ).toBe('ELF');
  });

  it('removes what it made when it is closed, and can be closed twice', async () => {
    const before = folders();
    const other = await openPdfPrinter({ browser: 'embedded', onMessage: () => undefined });
    expect(folders()).toHaveLength(before.length + 1);
    await other.close();
    await other.close();
    expect(folders()).toEqual(before);
  });
});

describe('findBrowser', () => {
  const search = { environment: { PATH: '' }, puppeteerPath: () => undefined };

  it('takes no other browser than the one asked for', async () => {
    await expect(findBrowser({ ...search, browser: '/nowhere/chrome' })).rejects.toThrow(NoBrowserError);
    await expect(findBrowser({ ...search, browser: '/nowhere/chrome' })).rejects.toThrow('--browser /nowhere/chrome');
    const environment = { PUPPETEER_EXECUTABLE_PATH: '/nowhere/chrome' };
    await expect(findBrowser({ ...search, environment })).rejects.toThrow('PUPPETEER_EXECUTABLE_PATH=/nowhere/chrome');
    await expect(findBrowser({ ...search, browser: tmpdir() })).rejects.toThrow(NoBrowserError);
  });

  it('prefers the option to the variable, and the variable to all else', async () => {
    const environment = { PUPPETEER_EXECUTABLE_PATH: '/bin/true' };
    await expect(findBrowser({ ...search, environment })).resolves.toMatchObject({ executable: '/bin/true' });
    await expect(findBrowser({ ...search, environment, browser: '/bin/sh' })).resolves.toMatchObject({
      source: 'option',
    });
  });

  it.skipIf(!hasEmbedded)('says what is wrong when the embedded one cannot be unpacked', async () => {
    const failure = findBrowser({ ...search, browser: 'embedded', cacheDir: '/dev/null/cache' });
    await expect(failure).rejects.toThrow(/could not be unpacked .*--browser PATH/);
  });
});

describe('openPdfPrinter', () => {
  it('says so when the browser does not start', async () => {
    const opening = openPdfPrinter({ browser: '/bin/true', onMessage: () => undefined });
    await expect(opening).rejects.toThrow(NoBrowserError);
  });
});

describe('stablePdf', () => {
  it('replaces dates and node numbers without moving a byte', () => {
    const raw =
      "x/CreationDate (D:20261123024312+00'00')\n/ModDate (D:20261123024312+00'00')>> /ID (node00000137) /ID (node00000151) (node00000137)";
    const stable = (date?: number): string => Buffer.from(stablePdf(Buffer.from(raw), date)).toString();
    expect(stable(0)).toHaveLength(raw.length);
    expect(stable(0)).toContain('/CreationDate (D:19700101000000Z)      \n/ModDate (D:19700101000000Z)      >>');
    expect(stable(0)).toContain('/ID (node00000001) /ID (node00000002) (node00000001)');
    expect(stable()).not.toContain('Date');
    expect(stable()).toHaveLength(raw.length);
  });
});

async function textsOf(document: PDFDocumentProxy): Promise<string[]> {
  const texts: string[] = [];
  for (let number = 1; number <= document.numPages; number++) {
    const { items } = await (await document.getPage(number)).getTextContent();
    texts.push(
      items
        .map((item) => ('str' in item ? item.str : ''))
        .join(' ')
        .replace(/\s+/g, ' '),
    );
  }
  return texts;
}

/** The browsers that this process started, the latest last. */
function browserChildren(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        const [, state, parent] = / \(chromium\) (\w) (\d+) /.exec(readFileSync(`/proc/${name}/stat`, 'latin1')) ?? [];
        return state !== 'Z' && Number(parent) === process.pid;
      } catch {
        return false;
      }
    })
    .map(Number)
    .sort((a, b) => a - b);
}
