import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import puppeteer, { type Browser } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compare } from '../../src/compare/compare.js';
import type { Analysis } from '../../src/model/analysis.js';
import { compose, composeTicket } from '../../src/report/compose.js';
import { composeComparison } from '../../src/report/compose-comparison.js';
import type { Document } from '../../src/report/document.js';
import { findBrowser } from '../../src/report/outputs/find-browser.js';
import { renderHtmlWithFonts } from '../../src/report/outputs/html.js';
import { fixtureAnalysis, wideAnalysis } from '../report/fixture-analysis.js';
import { withTexts } from './with-texts.js';

/** Each runs `canary`, or asks for something, where it is taken for markup. */
const ATTACKS: readonly string[] = [
  '<script>canary("script")</script>',
  '</script><script>canary("end of script")</script>',
  '</style><script>canary("end of style")</script>',
  '</title><script>canary("end of title")</script>',
  '</svg></table></template></textarea></noscript><script>canary("ends")</script>',
  '--><script>canary("comment")</script>',
  ']]><script>canary("cdata")</script>',
  '<img src=x onerror=canary("img")>',
  '"><img src=x onerror=canary("quote")>',
  "'><img src=x onerror=canary('apostrophe')>",
  '" onfocus="canary(1)" autofocus="" tabindex="1" x="',
  "' onmouseover='canary(2)' x='",
  '<svg onload=canary("svg")>',
  '<svg><animate onbegin=canary("animate") attributeName=x dur=1s>',
  '<details open ontoggle=canary("details")>',
  '<iframe srcdoc="<script>parent.canary(3)</script>"></iframe>',
  '<a href="javascript:canary(4)">a</a>',
  'javascript:canary(5)',
  '<meta http-equiv=refresh content="0;url=http://host.invalid/meta">',
  '<base href="http://host.invalid/">',
  '<link rel=stylesheet href=http://host.invalid/link>',
  '<link rel=prefetch href=http://host.invalid/prefetch>',
  '<img src=http://host.invalid/img srcset="http://host.invalid/set 2x">',
  '<object data=http://host.invalid/object></object><embed src=http://host.invalid/embed>',
  '<video poster=http://host.invalid/poster src=http://host.invalid/video></video>',
  '<form action=http://host.invalid/form><button autofocus>b</button></form>',
  '<style>@import "http://host.invalid/import";*{background:url(http://host.invalid/url)}</style>',
  '" style="background:url(http://host.invalid/style)',
  '{{{<script>canary(6)</script>}}} {{constructor.constructor("canary(7)")()}} <%= canary(8) %>',
  '\u0000<\u0000script>canary(9)</script>',
  '\u2028canary(10)\u2029',
  '&lt;script&gt;canary(11)&lt;/script&gt;',
];

const hasEmbedded = process.platform === 'linux' && process.arch === 'x64';
const folder = mkdtempSync(join(tmpdir(), 'memreport-hostile-test-'));

/** What a page did that no report does. */
interface Deeds {
  readonly executed: readonly unknown[];
  readonly dialogs: readonly string[];
  readonly requests: readonly string[];
  readonly violations: readonly string[];
  /** What the script of the page itself stumbled over. */
  readonly errors: readonly string[];
  readonly links: readonly string[];
}

describe.skipIf(!hasEmbedded)('a report of attacks, opened in Chromium (the embedded one: linux on x64 only)', () => {
  let browser: Browser;
  beforeAll(async () => {
    const found = await findBrowser({ browser: 'embedded', environment: process.env, puppeteerPath: () => undefined });
    browser = await puppeteer.launch({
      executablePath: found.executable,
      headless: 'shell',
      pipe: true,
      userDataDir: join(folder, 'profile'),
      args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--host-resolver-rules=MAP * ~NOTFOUND'],
    });
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const analysis = attacked(longAnalysis(), [ATTACKS.join(' ')]);
  const documents: readonly (readonly [string, () => Document])[] = [
    ['a run', () => compose(analysis)],
    ['a run with one attack to each name', () => compose(attacked(longAnalysis(), ATTACKS))],
    ['a ticket', () => composeTicket(analysis, analysis.verdicts[1] ?? { device: '', command: '' })],
    ['a comparison', () => composeComparison(compared(analysis))],
  ];

  it.each(documents)(
    '%s executes nothing and asks for nothing',
    async (name, document) => {
      const page = await renderHtmlWithFonts(document());
      expect(page).toContain('canary');
      // The rows of long tables come packed, and the script makes elements of them.
      expect(page.includes('class="rows"')).toBe(name.startsWith('a run'));
      const deeds = await opened(browser, name, page);
      expect({ ...deeds, links: [] }).toEqual(NOTHING);
      expect(deeds.links.filter((link) => !/^#[a-z0-9-]+$/.test(link))).toEqual([]);
    },
    60_000,
  );

  it('would be caught where it does', async () => {
    const page = `<!doctype html><meta charset=utf-8><title>t</title><body>${ATTACKS[0]}${ATTACKS[7]}${ATTACKS[22]}<a href="javascript:canary(4)">a</a><script>alert(1)</script>`;
    const deeds = await opened(browser, 'control', page);
    expect(deeds.executed).toEqual(expect.arrayContaining(['script', 'img']));
    expect(deeds.dialogs).toEqual(['1']);
    expect(deeds.requests.join(' ')).toContain('http://host.invalid/');
    expect(deeds.links).toContain('javascript:canary(4)');
    const policy = '<meta http-equiv="Content-Security-Policy" content="script-src \'none\'">';
    expect((await opened(browser, 'policy', policy + page)).violations).not.toEqual([]);
  }, 60_000);
});

const NOTHING: Deeds = { executed: [], dialogs: [], requests: [], violations: [], errors: [], links: [] };

/** Opens a page as a reader would, and uses all that it offers. */
async function opened(browser: Browser, name: string, html: string): Promise<Deeds> {
  const path = join(folder, `${name.replaceAll(' ', '-')}.html`);
  writeFileSync(path, html);
  const address = pathToFileURL(path).href;
  const [dialogs, requests, violations, errors]: string[][] = [[], [], [], []];
  const page = await browser.newPage();
  page.on('dialog', (dialog) => {
    dialogs?.push(dialog.message());
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (request.url() !== address && !request.url().startsWith('data:')) requests?.push(request.url());
  });
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) violations?.push(message.text());
  });
  page.on('pageerror', (error) => errors?.push(error instanceof Error ? error.message : String(error)));
  try {
    await page.evaluateOnNewDocument('window.executed = []; window.canary = (what) => { executed.push(what); };');
    await page.goto(address, { waitUntil: 'load' });
    await page.evaluate(USE);
    const executed = (await page.evaluate('window.executed')) as unknown[];
    const links = (await page.evaluate(LINKS)) as string[];
    return {
      executed,
      dialogs: dialogs ?? [],
      requests: requests ?? [],
      violations: violations ?? [],
      errors: errors ?? [],
      links,
    };
  } finally {
    await page.close();
  }
}

/** Scrolls to the end, presses every button, and writes an attack into every field. */
const USE = `(async () => {
  const wait = (time) => new Promise((resolve) => setTimeout(resolve, time));
  for (const figure of document.querySelectorAll('figure')) figure.scrollIntoView();
  await wait(200);
  for (const part of document.querySelectorAll('details')) part.open = true;
  for (const button of document.querySelectorAll('button')) button.click();
  for (const field of document.querySelectorAll('input')) {
    field.value = '<img src=x onerror=canary("field")>';
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }
  for (const choice of document.querySelectorAll('select')) {
    choice.selectedIndex = choice.options.length - 1;
    choice.dispatchEvent(new Event('change', { bubbles: true }));
  }
  for (const one of document.querySelectorAll('[title], [tabindex], svg *')) {
    one.dispatchEvent(new MouseEvent('mouseover', { bubbles: true }));
    one.dispatchEvent(new PointerEvent('pointermove', { bubbles: true }));
  }
  await wait(300);
})()`;

const LINKS = `[...document.querySelectorAll('[href], [src], [action], [formaction], [data], [poster]')].map(
  (element) => ['href', 'src', 'action', 'formaction', 'data', 'poster'].map((name) => element.getAttribute(name)).find(Boolean),
)`;

/** With a table that is long enough to come packed. */
function longAnalysis(): Analysis {
  const analysis = fixtureAnalysis();
  const [wide] = wideAnalysis(1, 400).programs;
  const programs = analysis.programs.map((program, index) =>
    index === 0 && wide ? { ...program, vmas: wide.vmas } : program,
  );
  return { ...analysis, programs };
}

function attacked(analysis: Analysis, texts: readonly string[]): Analysis {
  return withTexts(analysis, 'report', texts);
}

function compared(analysis: Analysis): ReturnType<typeof compare> {
  const after = { ...analysis, programs: analysis.programs.slice(1), leaks: analysis.leaks.slice(0, 1) };
  return compare({ analysis, source: 'captures' }, { analysis: after, source: 'report' });
}
