// Prints tickets of the samples in one browser and in a browser each, and prints how many a second.
import { analyze } from '../../src/analyze.js';
import type { Verdict } from '../../src/model/verdict.js';
import { composeTicket } from '../../src/report/compose.js';
import { lookAhead } from '../../src/report/look-ahead.js';
import { renderPdf } from '../../src/report/outputs/pdf.js';
import { openPdfPrinter, type PdfPrinter } from '../../src/report/outputs/pdf-printer.js';
import { ticketAttachment } from '../../src/report/ticket-data.js';

const [shared = '60', alone = '10'] = process.argv.slice(2);
const analysis = await analyze({ captures: ['samples/pairs'], jobs: 1 });
const leaks = analysis.verdicts.filter(({ label }) => label === 'leak');
const programs = (count: string): Verdict[] =>
  Array.from({ length: Number(count) }, (_, index) => leaks[index % leaks.length]).flatMap((leak) => leak ?? []);
const open = () => openPdfPrinter({ browser: 'embedded', onMessage: () => undefined });
const ticket = async (printer: PdfPrinter, program: Verdict): Promise<number> => {
  const attachment = ticketAttachment(analysis, program);
  const pdf = await renderPdf(composeTicket(analysis, program, { isAttached: true }), printer, { attachment });
  return pdf.length;
};
const perSecond = async (count: string, print: (all: readonly Verdict[]) => Promise<void>): Promise<number> => {
  const start = performance.now();
  await print(programs(count));
  return (1000 * Number(count)) / (performance.now() - start);
};

let largest = 0;
const together = await perSecond(shared, async (all) => {
  const printer = await open();
  for await (const bytes of lookAhead(all, 4, (program) => ticket(printer, program)))
    largest = Math.max(largest, bytes);
  await printer.close();
});
const apart = await perSecond(alone, async (all) => {
  for (const program of all) {
    const printer = await open();
    await ticket(printer, program);
    await printer.close();
  }
});
console.log(JSON.stringify({ together, apart, largest }));
