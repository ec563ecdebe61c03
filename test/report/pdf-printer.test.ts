import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { processTreePss } from '../../src/report/outputs/browser-memory.js';
import { NoBrowserError } from '../../src/report/outputs/find-browser.js';
import { openPdfPrinter, type PdfPrinter, type PdfPrinterOptions } from '../../src/report/outputs/pdf-printer.js';
import { processesBelow } from './process-tree.js';
import { textsOf } from './read-pdf.js';

// Other tests print at the same time: what is counted here is of this file alone.
const ownTemporaryFolder = mkdtempSync(join(tmpdir(), 'memreport-printer-test-'));
process.env.TMPDIR = ownTemporaryFolder;
afterAll(() => {
  rmSync(ownTemporaryFolder, { recursive: true, force: true });
});

const hasEmbedded = process.platform === 'linux' && process.arch === 'x64';

describe.skipIf(!hasEmbedded)('the printer, in the embedded browser (linux on x64 only)', () => {
  const details: string[] = [];
  const warnings: string[] = [];
  const opened: PdfPrinter[] = [];
  const open = async (more: Partial<PdfPrinterOptions> = {}): Promise<PdfPrinter> => {
    const printer = await openPdfPrinter({
      ...more,
      browser: 'embedded',
      onMessage: (message) => details.push(message),
      onWarning: (message) => warnings.push(message),
    });
    opened.push(printer);
    return printer;
  };
  const folders = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('memreport-browser-'));
  const below = (name: RegExp): number[] =>
    processesBelow(process.pid)
      .filter((one) => name.test(one.name))
      .map(({ pid }) => pid);
  const browserPid = (): number => {
    const [pid] = below(/chrom/);
    if (pid === undefined) throw new Error('expected a browser below this process');
    return pid;
  };

  afterEach(async () => {
    for (const printer of opened.splice(0)) await printer.close();
    details.length = 0;
    warnings.length = 0;
  });

  it('prints pages that are asked for at once, each to whom asked for it', async () => {
    const printer = await open();
    const words = ['1st', '2nd', '3rd', '4th', '5th'];
    const pages = await Promise.all(words.map((word) => printer.print(`<p>page ${word}</p>`)));
    for (const [index, page] of pages.entries()) expect(await wordsOf(page)).toContain(`page ${words[index] ?? ''}`);
  });

  it('says once where the browser has to do without its own sandbox', async () => {
    const printer = await open();
    await printer.print('<p>x</p>');
    const isRoot = process.getuid?.() === 0;
    expect(warnings.filter((text) => text.includes('sandbox'))).toHaveLength(isRoot ? 1 : warnings.length);
    if (isRoot) expect(warnings.join()).toContain('running as root');
  });

  it('loads nothing and goes nowhere, whatever a page asks for, and says that it asked', async () => {
    const printer = await open();
    const page = `<meta http-equiv="refresh" content="0;url=file:///etc/hostname"><img src="file:///etc/passwd">
      <img src="https://report.invalid/again.png"><link rel="stylesheet" href="http://127.0.0.1:9/x.css">
      <iframe src="file:///etc/passwd"></iframe><script>document.title='ran'</script><p>printed</p>`;
    const read = await getDocument({ data: new Uint8Array(await printer.print(page)), verbosity: 0 }).promise;
    expect((await textsOf(read)).join('')).toContain('printed');
    expect((await textsOf(read)).join('')).not.toContain('root:');
    expect(JSON.stringify((await read.getMetadata()).info)).not.toContain('ran');
    await read.loadingTask.destroy();
    expect(warnings.filter((text) => text.includes('asked for'))).toEqual([
      expect.stringMatching(/asked for ".+" and \d+ more, which it did not get: a bug of ours$/),
    ]);
  });

  it('says nothing of a page that asks for nothing', async () => {
    const printer = await open();
    await printer.print(
      '<style>@font-face{font-family:x;src:url(data:font/woff2;base64,AAAA)}p{font-family:x}</style><p>x</p>',
    );
    expect(warnings.filter((text) => text.includes('asked for'))).toEqual([]);
  });

  it('prints in a fresh browser when the one it has dies, and says so', async () => {
    const printer = await open();
    process.kill(browserPid(), 'SIGKILL');
    expect(await wordsOf(await printer.print('<p>after all</p>'))).toContain('after all');
    expect(details.join()).toContain('once more in a fresh browser');
  });

  it('prints in a fresh browser when the process that drives it dies', async () => {
    const printer = await open();
    const driver = below(/node/)[0] ?? 0;
    const before = browserPid();
    process.kill(driver, 'SIGKILL');
    expect(await wordsOf(await printer.print('<p>after all</p>'))).toContain('after all');
    expect(browserPid()).not.toBe(before);
  });

  it('prints in a fresh browser when the one it has hangs, and leaves none behind', async () => {
    const printer = await open({ pageTimeout: 3000 });
    const hanging = browserPid();
    process.kill(hanging, 'SIGSTOP');
    expect(await wordsOf(await printer.print('<p>after all</p>'))).toContain('after all');
    expect(details.join()).toContain('no page within 3 s');
    expect(below(/chrom/)).not.toContain(hanging);
  });

  it('loses no page while browsers are killed, and tells each page apart', async () => {
    const printer = await open();
    for (let first = 0; first < 32; first += 4) {
      const numbers = [first, first + 1, first + 2, first + 3];
      const printing = Promise.all(numbers.map((n) => printer.print(`<p>number ${n}.</p>`)));
      if (first % 8 === 0) process.kill(browserPid(), 'SIGKILL');
      const pages = await printing;
      for (const [index, page] of pages.entries()) expect(await wordsOf(page)).toContain(`number ${first + index}.`);
    }
    expect(details.filter((text) => text.includes('fresh browser')).length).toBeGreaterThanOrEqual(4);
  }, 60_000);

  it('replaces a browser after a hundred pages', async () => {
    const printer = await open();
    const first = browserPid();
    for (let n = 0; n < 100; n++) await printer.print('<p>x</p>');
    expect(browserPid()).toBe(first);
    await printer.print('<p>x</p>');
    expect(browserPid()).not.toBe(first);
    expect(details).toEqual([]);
  }, 60_000);

  it('refuses what still waits when it is closed, and leaves nothing behind', async () => {
    const before = folders();
    const printer = await open();
    expect(folders()).toHaveLength(before.length + 1);
    const pages = Array.from({ length: 6 }, () => printer.print('<p>x</p>'));
    const results = Promise.allSettled(pages);
    await printer.close();
    await printer.close();
    expect((await results).at(-1)).toMatchObject({ status: 'rejected' });
    await expect(printer.print('<p>too late</p>')).rejects.toThrow('closed');
    expect(folders()).toEqual(before);
    expect(below(/chrom/)).toEqual([]);
  });

  it('knows what the browser needs', async () => {
    await open();
    const bytes = processTreePss(browserPid()) ?? 0;
    expect(bytes).toBeGreaterThan(10 * 1024 ** 2);
    expect(bytes).toBeLessThan(1024 ** 3);
    expect(processTreePss(2 ** 31 - 1)).toBeUndefined();
  });
});

describe('openPdfPrinter', () => {
  it('says so when the browser does not start', async () => {
    const opening = openPdfPrinter({ browser: '/bin/true', onMessage: () => undefined });
    await expect(opening).rejects.toThrow(NoBrowserError);
    await expect(openPdfPrinter({ browser: '/nowhere', onMessage: () => undefined })).rejects.toThrow('--browser');
  });
});

async function wordsOf(pdf: Uint8Array): Promise<string> {
  const read = await getDocument({ data: new Uint8Array(pdf), verbosity: 0 }).promise;
  try {
    return (await textsOf(read)).join('\n');
  } finally {
    await read.loadingTask.destroy();
  }
}
