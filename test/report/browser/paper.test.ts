import type { Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { analyze } from '../../../src/analyze.js';
import { compose, composeTicket } from '../../../src/report/compose.js';
import type { Document } from '../../../src/report/document.js';
import { renderHtml } from '../../../src/report/outputs/html.js';
import { fixtureAnalysis, wideAnalysis } from '../fixture-analysis.js';
import { findTestBrowser, openReportBrowser, type ReportBrowser } from './open-page.js';

const found = await findTestBrowser();

/** A4 without the margins of paper.css, in CSS pixels. */
const PAGE_WIDTH = 695;

const LONG = 'a-rather-long-name-of-a-daemon.service-with-a-suffix';

describe.skipIf(!found)('pages as Chromium prints them (skipped where there is none)', () => {
  let browser: ReportBrowser;

  beforeAll(async () => {
    if (found) browser = await openReportBrowser(found);
  }, 60_000);

  afterAll(async () => {
    await browser.close();
  });

  async function printed(document: Document): Promise<Page> {
    const { page } = await browser.open(renderHtml(document, { print: true }), { width: PAGE_WIDTH, script: false });
    await page.emulateMediaType('print');
    return page;
  }

  /** Chromium shrinks a page to its widest table. */
  async function tooWide(document: Document): Promise<unknown> {
    const page = await printed(document);
    const captions = await page.evaluate(`[...document.querySelectorAll('table')]
      .filter((table) => table.getBoundingClientRect().width > ${PAGE_WIDTH})
      .map((table) => table.closest('figure').querySelector('figcaption').textContent)`);
    await page.close();
    return captions;
  }

  it.each(['samples/sets', 'samples/causes', 'samples/page-faults', 'samples/faults'])(
    'of %s have no table that is wider than the paper',
    async (captures) => {
      const analysis = await analyze({ captures: [captures] });
      expect(await tooWide(compose(analysis))).toEqual([]);
      for (const { device, command, label } of analysis.verdicts) {
        if (label === 'leak') expect(await tooWide(composeTicket(analysis, { device, command }))).toEqual([]);
      }
    },
    60_000,
  );

  it('bear long names, large amounts and the advice on what could not be told', async () => {
    const analysis = fixtureAnalysis();
    const rename = <T extends { command: string }>(one: T): T =>
      one.command === 'sensord' ? { ...one, command: LONG } : one;
    const long = {
      ...analysis,
      programs: analysis.programs.map(rename),
      leaks: analysis.leaks.map(rename),
      errors: analysis.errors.map(rename),
      verdicts: analysis.verdicts.map(rename),
    };
    expect(await tooWide(compose(long))).toEqual([]);
    expect(await tooWide(compose(wideAnalysis(60, 3)))).toEqual([]);
  });

  it('have each address range of a user space in one line', async () => {
    const page = await printed(compose(await analyze({ captures: ['samples/sets/leak-example'] })));
    const heights = (await page.evaluate(`[...document.querySelectorAll('td.address')]
      .filter((cell) => cell.textContent.length <= 25)
      .map((cell) => { const range = document.createRange(); range.selectNodeContents(cell); return range.getClientRects().length; })`)) as number[];
    expect(heights.length).toBeGreaterThan(20);
    expect(new Set(heights)).toEqual(new Set([1]));
    await page.close();
  }, 60_000);
});
