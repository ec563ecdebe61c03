// Reads all files of a folder through the ingest stage, every field of every VMA of smaps, and prints what it summed.
import { listCaptures } from '../../src/ingest/captures-folder.js';
import { captureFormats } from '../../src/ingest/formats/index.js';
import { Ingest } from '../../src/ingest/ingest.js';
import type { Problem } from '../../src/model/problem.js';

const [folder = '', ...only] = process.argv.slice(2);
const fail = ({ message }: Problem): never => {
  throw new Error(message);
};
let vmas = 0;
let pss = 0;
let leaks = 0;
let errors = 0;
const formats = only.length === 0 ? captureFormats : captureFormats.filter(({ id }) => only.includes(id));
const ingest = new Ingest(formats, {
  capture(capture) {
    if (capture.type === 'diagnosis') {
      leaks += capture.leaks.length;
      errors += capture.errors.length;
    }
    if (capture.type !== 'snapshot') return;
    const { table } = capture;
    vmas += table.count;
    const column = table.counters.get('Pss');
    if (column) for (let row = 0; row < table.count; row++) pss += column[row] ?? 0;
  },
  file() {},
  problem: fail,
});
for (const input of listCaptures([folder], fail)) await ingest.read(input);
const { maxRSS } = process.resourceUsage();
const peakMegabytes = Math.round(maxRSS / 1024);
console.log(JSON.stringify({ vmas, pssKilobytes: pss / 1024, leaks, errors, peakMegabytes }));
