import { describe, expect, it } from 'vitest';
import { analyze } from '../../src/analyze.js';
import type { Program } from '../../src/model/program.js';
import { composeTicket } from '../../src/report/compose.js';
import { lookAhead } from '../../src/report/look-ahead.js';
import { renderPdf } from '../../src/report/outputs/pdf.js';
import { openPdfPrinter } from '../../src/report/outputs/pdf-printer.js';
import { processesBelow } from './process-tree.js';
import { readPdf, textsOf } from './read-pdf.js';

const hasEmbedded = process.platform === 'linux' && process.arch === 'x64';
const TICKETS = 100;
const BETWEEN_KILLS = 2000;

describe.skipIf(!hasEmbedded)('a hundred tickets, while a browser is killed every two seconds', () => {
  it('are printed, each of its program', async () => {
    const analysis = await analyze({ captures: ['samples/pairs'], jobs: 1 });
    const leaking = analysis.verdicts.filter(({ label }) => label === 'leak');
    const programs = Array.from({ length: TICKETS }, (_, index) => leaking[index % leaking.length] as Program);
    const printer = await openPdfPrinter({ browser: 'embedded', onMessage: () => undefined });
    let kills = 0;
    const killing = setInterval(() => {
      const browser = processesBelow(process.pid).find(({ name }) => name.startsWith('chrom'));
      if (!browser) return;
      process.kill(browser.pid, 'SIGKILL');
      kills++;
    }, BETWEEN_KILLS);
    const pdfs: Uint8Array[] = [];
    try {
      const tickets = lookAhead(programs, 4, (program) =>
        renderPdf(composeTicket(analysis, program, { isAttached: true }), printer),
      );
      for await (const pdf of tickets) pdfs.push(pdf);
    } finally {
      clearInterval(killing);
      await printer.close();
    }
    expect(kills).toBeGreaterThan(2);
    expect(pdfs).toHaveLength(TICKETS);
    for (const [index, pdf] of pdfs.entries()) {
      const read = await readPdf(pdf);
      expect((await textsOf(read))[0]).toContain(programs[index]?.command);
      await read.loadingTask.destroy();
    }
  }, 180_000);
});
