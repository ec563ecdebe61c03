import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isAnalysis } from '../../src/model/is-analysis.js';
import { compose, composeTicket } from '../../src/report/compose.js';
import type { Section } from '../../src/report/document.js';
import { findBrowser, NoBrowserError } from '../../src/report/outputs/find-browser.js';
import { MOST_PAGES, renderPdf } from '../../src/report/outputs/pdf.js';
import { openPdfPrinter, type PdfPrinter } from '../../src/report/outputs/pdf-printer.js';
import { pageCount, stablePdf } from '../../src/report/outputs/stable-pdf.js';
import { ticketAttachment, ticketData } from '../../src/report/ticket-data.js';
import { fixtureAnalysis } from './fixture-analysis.js';
import { fontsOf, linksOf, objectsOf, readPdf, textsOf } from './read-pdf.js';

// Other tests print at the same time: what is counted here is of this file alone.
const ownTemporaryFolder = mkdtempSync(join(tmpdir(), 'memreport-pdf-test-'));
process.env.TMPDIR = ownTemporaryFolder;
afterAll(() => {
  rmSync(ownTemporaryFolder, { recursive: true, force: true });
});

const SENSORD = { device: 'board-7', command: 'sensord' };
const hasEmbedded = process.platform === 'linux' && process.arch === 'x64';

describe.skipIf(!hasEmbedded)('renderPdf, in the embedded browser (linux on x64 only)', () => {
  const messages: string[] = [];
  let printer: PdfPrinter;
  let pdf: Uint8Array;
  let read: PDFDocumentProxy;

  beforeAll(async () => {
    printer = await openPdfPrinter({ browser: 'embedded', onMessage: (message) => messages.push(message) });
    pdf = await renderPdf(compose(fixtureAnalysis()), printer);
    read = await readPdf(pdf);
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

  it('has no action and no link but inside itself', async () => {
    expect(await objectsOf(pdf)).not.toMatch(/\/(?:URI|JavaScript|JS|Launch|OpenAction|AA|SubmitForm|GoToR)\b/);
    expect((await linksOf(read)).filter((link) => link !== '#' && !link.startsWith('https:'))).toEqual([]);
  });

  it('carries its letters, as TrueType and no more of them than it needs', async () => {
    const fonts = await fontsOf(pdf);
    expect(fonts.map(({ kind }) => kind)).toEqual(fonts.map(() => 'CIDFontType2'));
    expect(fonts.map(({ name }) => name.replace(/^[A-Z]{6}\+/, '')).sort()).toEqual(
      expect.arrayContaining(['Inter-Regular', 'Inter-SemiBold', 'JetBrainsMono-Regular', 'JetBrainsMono-SemiBold']),
    );
    for (const { name, bytes } of fonts) {
      expect(name).toMatch(/^[A-Z]{6}\+/);
      expect(bytes).toBeGreaterThan(500);
      expect(bytes).toBeLessThan(60_000);
    }
  });

  it('is the same bytes again, also from a fresh browser, and dated by the analysis', async () => {
    const other = await openPdfPrinter({ browser: 'embedded', onMessage: () => undefined });
    try {
      await other.print('<p>another page first</p>');
      expect(Buffer.compare(pdf, await renderPdf(compose(fixtureAnalysis()), other))).toBe(0);
    } finally {
      await other.close();
    }
    expect((await read.getMetadata()).info).toMatchObject({
      CreationDate: 'D:20260201220000Z',
      ModDate: 'D:20260201220000Z',
    });
  });

  it('takes another date', async () => {
    const document = composeTicket(fixtureAnalysis(), SENSORD);
    const reread = await readPdf(await renderPdf(document, printer, { date: 0 }));
    expect((await reread.getMetadata()).info).toMatchObject({ CreationDate: 'D:19700101000000Z' });
    await reread.loadingTask.destroy();
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
});

describe.skipIf(!hasEmbedded)('the PDF of a ticket (linux on x64 only)', () => {
  const analysis = fixtureAnalysis();
  const document = composeTicket(analysis, SENSORD, { isAttached: true });
  const attachment = ticketAttachment(analysis, SENSORD);
  let printer: PdfPrinter;
  let pdf: Uint8Array;
  let read: PDFDocumentProxy;
  let texts: string[];

  beforeAll(async () => {
    printer = await openPdfPrinter({ browser: 'embedded', onMessage: () => undefined });
    pdf = await renderPdf(document, printer, { attachment });
    read = await readPdf(pdf);
    texts = await textsOf(read);
  }, 60_000);

  afterAll(async () => {
    await printer.close();
    await read.loadingTask.destroy();
  });

  it('has a first page that stands alone', () => {
    const [first = ''] = texts;
    for (const words of ['sensord', 'board-7', 'leak', 'Grows by', 'Rate', 'Growth', 'Sampled', 'Likeliest cause']) {
      expect(first).toContain(words);
    }
    expect(first).toContain('make_node');
    expect(first).toContain('Grounds');
    expect(first).toContain('attached as report.json');
    expect(first).not.toContain('Data and provenance');
  });

  it('is short and small', () => {
    expect(read.numPages).toBeLessThanOrEqual(MOST_PAGES);
    expect(pdf.length).toBeLessThan(400_000);
  });

  it('carries the data of its program, which renders again', async () => {
    const attached = (await read.getAttachments()) as Record<string, { filename: string; content: Uint8Array }> | null;
    expect(Object.keys(attached ?? {})).toEqual(['report.json']);
    const data: unknown = JSON.parse(Buffer.from(attached?.['report.json']?.content ?? []).toString('utf8'));
    expect(data).toEqual(JSON.parse(JSON.stringify(ticketData(analysis, SENSORD))));
    expect(isAnalysis(data)).toBe(true);
    expect(await objectsOf(pdf)).toContain('/AFRelationship /Data');
  });

  it('is the same bytes again, attachment included', async () => {
    expect(Buffer.compare(pdf, await renderPdf(document, printer, { attachment }))).toBe(0);
  });

  it('takes the first that is short enough where it would be too long', async () => {
    const long = { ...document, sections: Array.from({ length: 9 }, (_, n) => longSection(n)) };
    const asked: string[] = [];
    const printed = await renderPdf(long, printer, {
      shorter: [
        () => {
          asked.push('short');
          return document;
        },
        () => {
          asked.push('shortest');
          return document;
        },
      ],
    });
    expect(asked).toEqual(['short']);
    const reread = await readPdf(printed);
    expect(reread.numPages).toBe(read.numPages);
    await reread.loadingTask.destroy();
  });
});

/** A page of its own. */
function longSection(number: number): Section {
  const rows = Array.from({ length: 60 }, (_, row) => ({ cells: [{ type: 'count', value: row } as const] }));
  const table = { type: 'table', caption: 'Rows', columns: [{ label: 'Row' }], rows, empty: '' } as const;
  return { id: `section-${number}`, title: `Section ${number}`, blocks: [table], sections: [] };
}

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

describe('pageCount', () => {
  it('counts pages, and not what is above them', () => {
    expect(pageCount(Buffer.from('<</Type /Pages /Count 2>> <</Type /Page\n>> <</Type /Page /Parent 1 0 R>>'))).toBe(2);
  });
});
