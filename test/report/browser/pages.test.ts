import axe from 'axe-core';
import type { Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { analyze } from '../../../src/analyze.js';
import { diff } from '../../../src/diff.js';
import type { Analysis } from '../../../src/model/analysis.js';
import { compose, composeTicket } from '../../../src/report/compose.js';
import { composeComparison } from '../../../src/report/compose-comparison.js';
import { renderHtml } from '../../../src/report/outputs/html.js';
import { findTestBrowser, openReportBrowser, type ReportBrowser, type Theme } from './open-page.js';

const found = await findTestBrowser();
const TICKET = { device: 'leak-example', command: 'leak-example' };

describe.skipIf(!found)('pages in Chromium (skipped where there is none)', () => {
  let browser: ReportBrowser;
  let analysis: Analysis;
  const pages = new Map<string, string>();

  beforeAll(async () => {
    if (!found) return;
    browser = await openReportBrowser(found);
    analysis = await analyze({ captures: ['samples/sets'] });
    const { comparison } = await diff({ before: 'samples/sets/leak-example', after: 'samples/sets/warm-up' });
    pages.set('report', renderHtml(compose(analysis)));
    pages.set('ticket', renderHtml(composeTicket(analysis, TICKET)));
    pages.set('diff', renderHtml(composeComparison(comparison)));
  }, 60_000);

  afterAll(async () => {
    await browser.close();
  });

  const htmlOf = (name: string): string => pages.get(name) ?? '';

  it.each([
    ['report', 'light', 1200],
    ['report', 'dark', 390],
    ['ticket', 'light', 390],
    ['ticket', 'dark', 1200],
    ['diff', 'light', 1200],
    ['diff', 'dark', 390],
  ] as const)(
    'the %s, %s and %i px wide: accessible, well behaved, no wider than the screen',
    async (name, theme, width) => {
      const { page, misdeeds } = await browser.open(htmlOf(name), { theme, width });
      expect(await violations(page)).toEqual([]);
      expect(misdeeds).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
      await page.close();
    },
  );

  it('is as accessible with everything open', async () => {
    for (const theme of ['light', 'dark'] satisfies Theme[]) {
      const { page, misdeeds } = await browser.open(htmlOf('ticket'), { theme });
      await page.evaluate(`for (const details of document.querySelectorAll('details')) details.open = true`);
      expect(await violations(page)).toEqual([]);
      expect(misdeeds).toEqual([]);
      await page.close();
    }
  });

  it('reads the values of the chart out, by keyboard and by pointer', async () => {
    const { page, misdeeds } = await browser.open(htmlOf('ticket'));
    const samples = analysis.programs.find(({ command }) => command === TICKET.command)?.timelines[0]?.samples ?? [];
    expect(samples.length).toBeGreaterThan(10);
    const box = 'figure.chart .chart-box[role=slider]';
    const state = async (): Promise<unknown> =>
      page.evaluate(
        `['aria-valuenow', 'aria-valuetext'].map((name) => document.querySelector('${box}').getAttribute(name))`,
      );
    const time = (index: number): string =>
      `Time ${new Date(samples[index]?.takenAt ?? 0)
        .toISOString()
        .replace('T', ' ')
        .replace(/\.\d+Z/, '')} · `;
    await page.focus(box);
    await page.keyboard.press('End');
    await page.waitForSelector('.cursor');
    expect(await state()).toEqual([String(samples.length), expect.stringContaining(time(samples.length - 1))]);
    await page.keyboard.press('ArrowLeft');
    await page.waitForSelector(`${box}[aria-valuenow="${samples.length - 1}"]`);
    expect(await state()).toEqual([String(samples.length - 1), expect.stringContaining(time(samples.length - 2))]);
    await page.keyboard.press('Home');
    await page.waitForSelector(`${box}[aria-valuenow="1"]`);
    expect(await state()).toEqual(['1', expect.stringContaining('USS ')]);
    // Where the first line begins, then far right of it.
    const [left, top, width, height] = (await page.evaluate(`(() => {
      const { left, top, width, height } = document.querySelector('${box} svg').getBoundingClientRect();
      return [left, top, width, height];
    })()`)) as [number, number, number, number];
    await page.mouse.move(left + width - 1, top + height / 2);
    await page.waitForSelector(`${box}[aria-valuenow="${samples.length}"]`);
    await page.mouse.move(left + 1, top + height / 2);
    await page.waitForSelector(`${box}[aria-valuenow="1"]`);
    expect(misdeeds).toEqual([]);
    await page.close();
  });

  it('shows the line of the capture that a statement rests on', async () => {
    const { page } = await browser.open(htmlOf('ticket'));
    const quotes = '.evidence-for .quotes';
    const isVisible = `document.querySelector('${quotes} q').checkVisibility()`;
    expect(await page.evaluate(isVisible)).toBe(false);
    await page.focus(`${quotes} summary`);
    await page.keyboard.press('Enter');
    expect(await page.evaluate(isVisible)).toBe(true);
    expect(await page.evaluate(`[...document.querySelectorAll('${quotes} q')].map((q) => q.textContent)`)).toContain(
      'Direct leak of 73728 byte(s) in 6 object(s) allocated from:',
    );
    await page.close();
  });

  it('comes to a section by its address, after a sort too', async () => {
    const id = /<section id="([^"]+)" class="level-2 program/.exec(htmlOf('report'))?.[1] ?? '';
    const { page } = await browser.open(htmlOf('report'), { hash: `#${id}` });
    const top = `Math.round(document.getElementById('${id}').getBoundingClientRect().top)`;
    expect(await page.evaluate(top)).toBeLessThan(60);
    await page.evaluate(`scrollTo(0, 0); document.querySelector('#summary th:nth-child(2) button').click()`);
    await page.evaluate(`document.querySelector('#summary td a[href="#${id}"]').click()`);
    expect(await page.evaluate(top)).toBeLessThan(60);
    expect(await page.evaluate('location.hash')).toBe(`#${id}`);
    await page.close();
  });

  it('opens what is closed around the target of its address', async () => {
    const page = htmlOf('ticket').replace('<details class="values">', '<details class="values"><i id="inside"></i>');
    const { page: opened } = await browser.open(page, { hash: '#inside' });
    expect(await opened.evaluate(`document.querySelector('details.values').open`)).toBe(true);
    await opened.close();
  });

  it('has a table for every chart over time', async () => {
    const { page } = await browser.open(htmlOf('report'));
    const charts = (await page.evaluate(`[...document.querySelectorAll('figure.chart')].map((figure) =>
      ['svg[data-from]', '.values td'].map((part) => figure.querySelector(part) !== null))`)) as [boolean, boolean][];
    expect(charts.filter(([overTime]) => overTime).length).toBeGreaterThan(5);
    for (const [overTime, hasTable] of charts) expect(hasTable).toBe(overTime);
    await page.close();
  });
});

/** What axe-core finds wrong, in words. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations: found } = (await page.evaluate(
    `axe.run(document, { resultTypes: ['violations'] })`,
  )) as axe.AxeResults;
  return found.flatMap(({ id, help, nodes }) => nodes.map(({ target }) => `${id}: ${help} (${target.join(' ')})`));
}
