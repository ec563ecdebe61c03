import { describe, expect, it } from 'vitest';
import { compose } from '../../src/report/compose.js';
import { loadLanguage } from '../../src/report/language/languages.js';
import { translated } from '../../src/report/language/translated.js';
import { chineseFontFaces } from '../../src/report/outputs/chinese-fonts.js';
import { findBrowser } from '../../src/report/outputs/find-browser.js';
import { renderHtmlWithFonts } from '../../src/report/outputs/html.js';
import { renderPdf } from '../../src/report/outputs/pdf.js';
import { openPdfPrinter } from '../../src/report/outputs/pdf-printer.js';
import { emptyAnalysis, fixtureAnalysis } from '../report/fixture-analysis.js';
import { fontsOf, readPdf, textsOf } from '../report/read-pdf.js';

describe('the Chinese fonts of a page', () => {
  it('are none where it has no Chinese', async () => {
    expect(await chineseFontFaces('Grows by 12 KiB — ≤ → “x”')).toBe('');
    expect(await renderHtmlWithFonts(compose(emptyAnalysis()))).not.toContain('Noto Sans SC";font-weight');
  });

  it('have its characters alone, in two weights', async () => {
    const few = await chineseFontFaces('内存');
    const more = await chineseFontFaces('内存泄漏报告，判定程序映射');
    expect(few.match(/@font-face/g)).toHaveLength(2);
    expect(few.length).toBeLessThan(8_000);
    expect(more.length).toBeGreaterThan(few.length);
  });

  it('are the same bytes for the same characters, in whatever order', async () => {
    expect(await chineseFontFaces('内存 泄漏 内存')).toBe(await chineseFontFaces('漏泄存内'));
  });

  it('come with names of captures in an English report', async () => {
    const page = await renderHtmlWithFonts(compose({ ...emptyAnalysis(), captures: ['设备-7'] }));
    expect(page).toContain('<html lang="en"');
    expect(page).toContain('font-family:"Noto Sans SC"');
  });
});

const canPrint = await findBrowser({
  browser: 'embedded',
  environment: process.env,
  puppeteerPath: () => undefined,
}).then(
  () => true,
  () => false,
);

describe.skipIf(!canPrint)('a PDF in Chinese', () => {
  it('has its words as text, in an embedded font, and the same bytes each time', { timeout: 120_000 }, async () => {
    const printer = await openPdfPrinter({ browser: 'embedded', onMessage: () => undefined });
    try {
      await loadLanguage('zh-CN');
      const document = translated(compose(fixtureAnalysis()), 'zh-CN');
      const pdf = await renderPdf(document, printer);
      const again = await renderPdf(document, printer);
      expect(Buffer.from(pdf).equals(Buffer.from(again))).toBe(true);
      const read = await readPdf(pdf);
      const words = (await textsOf(read)).join('\n').replace(/\s/g, '');
      expect(words).toContain('内存随时间的变化');
      expect(words).toContain('第1页，共');
      const fonts = await fontsOf(pdf);
      const chinese = fonts.filter(({ name, bytes }) => name.includes('NotoSansSC') && bytes > 0);
      expect(chinese.map(({ kind }) => kind)).toEqual(chinese.map(() => 'CIDFontType2'));
      expect(chinese.length).toBeGreaterThan(0);
      expect(fonts.map(({ kind }) => kind)).not.toContain('Type3');
      await read.loadingTask.destroy();
    } finally {
      await printer.close();
    }
  });
});
