import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyze } from '../../src/analyze.js';
import { render } from '../../src/render.js';
import { findTestBrowser, openReportBrowser } from '../report/browser/open-page.js';
import { contentBytes } from '../report/content-bytes.js';
import { firstPage } from './page-pixels.js';
import { inPalette } from './palette.js';
import { type Pixels, pixelsOf } from './pixels.js';
import { writePng } from './write-png.js';

/** `npm run pictures [-- FOLDER]`: the pictures of README.md, from the shipped samples. */
const FOLDER = process.argv[2] ?? '.github';
const SAMPLES = ['samples/sets'];
const TICKET = 'tickets/leak-example--leak-example.pdf';
const WIDTH = 1280;
const SCREEN_HEIGHT = 860;
const PAGE_WIDTH = 1000;
/** Larger ones make the README slow. */
const MOST_BYTES = 150_000;

const found = await findTestBrowser();
if (!found) throw new Error('the embedded browser does not start here, and nothing else draws a page');

const analysis = await analyze({ captures: SAMPLES });
let page: string | undefined;
let ticket: Uint8Array | undefined;
const options = { formats: ['html', 'pdf'], browser: 'embedded', onMessage: () => undefined };
for await (const { name, content } of render(analysis, options)) {
  if (name === 'index.html' && typeof content === 'string') page = content;
  if (name === TICKET) ticket = contentBytes(content);
}
if (page === undefined || ticket === undefined) throw new Error(`expected index.html and ${TICKET}`);

const browser = await openReportBrowser(found);
try {
  const opened = await browser.open(page, { width: WIDTH });
  const clip = { x: 0, y: 0, width: WIDTH, height: SCREEN_HEIGHT };
  save('report.png', pixelsOf(await opened.page.screenshot({ clip })));
} finally {
  await browser.close();
}
save('ticket.png', await firstPage(ticket, PAGE_WIDTH));

function save(name: string, pixels: Pixels): void {
  const colours = [256, 128, 64, 32].find((most) => writePng(inPalette(pixels, most)).length <= MOST_BYTES) ?? 16;
  const png = writePng(inPalette(pixels, colours));
  writeFileSync(join(FOLDER, name), png);
  console.log(`${join(FOLDER, name)}: ${png.length} bytes, ${colours} colours`);
}
