// Prints tickets of the samples in one browser and in a browser each, and prints how many a second.
import { analyze } from '../../dist/analyze.js';
import { composeTicket } from '../../dist/report/compose.js';
import { lookAhead } from '../../dist/report/look-ahead.js';
import { renderPdf } from '../../dist/report/outputs/pdf.js';
import { openPdfPrinter } from '../../dist/report/outputs/pdf-printer.js';
import { ticketAttachment } from '../../dist/report/ticket-data.js';

const [shared = '60', alone = '10'] = process.argv.slice(2);
const analysis = await analyze({ captures: ['samples/pairs'], jobs: 1 });
const leaks = analysis.verdicts.filter(({ label }) => label === 'leak');
const programs = (count) => Array.from({ length: Number(count) }, (_, index) => leaks[index % leaks.length]);
const open = () => openPdfPrinter({ browser: 'embedded', onMessage: () => undefined });
const ticket = async (printer, program) => {
  const attachment = ticketAttachment(analysis, program);
  const pdf = await renderPdf(composeTicket(analysis, program, { isAttached: true }), printer, { attachment });
  return pdf.length;
};
const perSecond = async (count, print) => {
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
