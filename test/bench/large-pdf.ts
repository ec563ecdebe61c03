import { readdirSync } from 'node:fs';
import { analyze } from '../../src/analyze.js';
import type { Analysis } from '../../src/model/analysis.js';
import { render } from '../../src/render.js';
import { processTreePss } from '../../src/report/outputs/browser-memory.js';
import { contentBytes } from '../report/content-bytes.js';
import { processesBelow } from '../report/process-tree.js';

const PROGRAMS = 50;
const VMAS = 10_000;
/** Bytes between the starts of two areas, and of each. */
const DISTANCE = 0x20000;
const SIZE = 0x10000;

// Prints what the reports of 50 programs of 10,000 VMAs each cost: bytes of the HTML, seconds and browser memory of the PDF.
const pair = readdirSync('samples/pairs').filter((name) => name.startsWith('heap-leaky.'));
const one = await analyze({ captures: pair.map((name) => `samples/pairs/${name}`), jobs: 1 });
const [program] = one.programs;
const [verdict] = one.verdicts;
if (!program || !verdict) throw new Error('expected a program in samples/pairs/heap-leaky.*');

const vmas = Array.from({ length: VMAS }, (_, index) => {
  const vma = program.vmas[index % program.vmas.length];
  if (!vma) throw new Error('expected a VMA');
  const start = 0x7f0000000000 + index * DISTANCE;
  return { ...vma, start: start.toString(16), end: (start + SIZE).toString(16) };
});
const boards = Array.from({ length: PROGRAMS }, (_, index) => `board-${index}`);
const large: Analysis = {
  ...one,
  programs: boards.map((device) => ({ ...program, device, vmas })),
  verdicts: boards.map((device) => ({ ...verdict, device })),
  leaks: boards.flatMap((device) => one.leaks.map((leak) => ({ ...leak, device }))),
};

const sizes: Record<string, number> = {};
let browserBytes = 0;
const watch = setInterval(() => {
  const browser = processesBelow(process.pid).find(({ name }) => name.startsWith('chrom'));
  if (browser) browserBytes = Math.max(browserBytes, processTreePss(browser.pid) ?? 0);
}, 100);
const start = performance.now();
for await (const { name, content } of render(large, { formats: ['html'], onMessage: () => undefined })) {
  if (!name.includes('/')) sizes[name] = contentBytes(content).length;
}
const begin = performance.now();
let seconds = 0;
for await (const { name } of render(large, {
  formats: ['pdf'],
  browser: 'embedded',
  onMessage: () => undefined,
})) {
  if (name !== 'report.pdf') continue;
  seconds = (performance.now() - begin) / 1000;
  break;
}
clearInterval(watch);
console.log(
  JSON.stringify({ htmlBytes: sizes['index.html'], htmlSeconds: (begin - start) / 1000, seconds, browserBytes }),
);
