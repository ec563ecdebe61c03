import { chmodSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { browserIdentity, type KeptPrints, keepingPrinter } from '../../src/report/outputs/kept-prints.js';
import type { PdfPrinter } from '../../src/report/outputs/pdf-printer.js';
import { temporaryFolder } from '../cli/run-cli.js';

function printsInMemory(): KeptPrints {
  const kept = new Map<string, Uint8Array>();
  return {
    find: (parts) => kept.get(JSON.stringify(parts)),
    keep: (parts, pdf) => void kept.set(JSON.stringify(parts), pdf),
  };
}

/** Prints what it is given, and notes what was asked of it. */
function countingBrowser(): { log: string[]; open: () => Promise<PdfPrinter> } {
  const log: string[] = [];
  const open = (): Promise<PdfPrinter> => {
    log.push('open');
    return Promise.resolve({
      print: (html) => {
        log.push(html);
        if (html === 'bad') return Promise.reject(new Error('cannot print'));
        return Promise.resolve(new TextEncoder().encode(`%PDF ${html}`));
      },
      close: () => {
        log.push('close');
        return Promise.resolve();
      },
    });
  };
  return { log, open };
}

function textOf(pdf: Uint8Array): string {
  return new TextDecoder().decode(pdf);
}

describe('kept prints', () => {
  it('are printed once, and need no browser the next time', async () => {
    const prints = printsInMemory();
    const first = countingBrowser();
    const printer = keepingPrinter(prints, 'chromium 1', first.open);
    const pdfs = await Promise.all(['a', 'b'].map((html) => printer.print(html)));
    await printer.close();
    expect(first.log).toEqual(['open', 'a', 'b', 'close']);
    const second = countingBrowser();
    const again = keepingPrinter(prints, 'chromium 1', second.open);
    expect(await Promise.all(['a', 'b'].map((html) => again.print(html)))).toEqual(pdfs);
    await again.close();
    expect(second.log).toEqual([]);
    expect(pdfs.map(textOf)).toEqual(['%PDF a', '%PDF b']);
  });

  it('are not those of another page or browser', async () => {
    const prints = printsInMemory();
    await keepingPrinter(prints, 'chromium 1', countingBrowser().open).print('a');
    const { log, open } = countingBrowser();
    await keepingPrinter(prints, 'chromium 1', open).print('a ');
    await keepingPrinter(prints, 'chromium 2', open).print('a');
    expect(log).toEqual(['open', 'a ', 'open', 'a']);
  });

  it('are not kept of a page that cannot be printed', async () => {
    const prints = printsInMemory();
    const { log, open } = countingBrowser();
    const printer = keepingPrinter(prints, 'chromium 1', open);
    await expect(printer.print('bad')).rejects.toThrow('cannot print');
    await expect(printer.print('bad')).rejects.toThrow('cannot print');
    expect(log).toEqual(['open', 'bad', 'bad']);
  });

  it('reject where no browser opens, and close all the same', async () => {
    const printer = keepingPrinter(printsInMemory(), 'chromium 1', () => Promise.reject(new Error('no browser')));
    await expect(printer.print('a')).rejects.toThrow('no browser');
    await printer.close();
  });

  it('tell browsers apart by file, size and age', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'chrome');
    writeFileSync(path, '#!/bin/sh\n');
    chmodSync(path, 0o755);
    const identity = (): Promise<string> => browserIdentity(path, { HOME: folder });
    const first = await identity();
    expect(await identity()).toBe(first);
    utimesSync(path, 1, 1);
    const older = await identity();
    writeFileSync(path, '#!/bin/bash\n');
    utimesSync(path, 1, 1);
    expect(new Set([first, older, await identity()]).size).toBe(3);
    await expect(browserIdentity(join(folder, 'none'), {})).rejects.toThrow('no executable file');
  });
});
