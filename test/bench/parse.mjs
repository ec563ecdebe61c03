// Reads all files of a folder through the ingest stage with the smaps format, every field of every VMA, and prints
// what it summed.
import { readdirSync } from 'node:fs';
import { smaps } from '../../dist/ingest/formats/smaps.js';
import { Ingest } from '../../dist/ingest/ingest.js';

const folder = process.argv[2];
let vmas = 0;
let pss = 0;
const ingest = new Ingest([smaps], {
  capture({ table }) {
    vmas += table.count;
    const column = table.counters.get('Pss');
    for (let row = 0; row < table.count; row++) pss += column[row];
  },
  file() {},
  problem({ message }) {
    throw new Error(message);
  },
});
for (const name of readdirSync(folder).sort()) {
  await ingest.read({ absolute: `${folder}/${name}`, path: name, below: name, rootName: 'bench' });
}
const { maxRSS } = process.resourceUsage();
console.log(JSON.stringify({ vmas, pssKilobytes: pss / 1024, peakMegabytes: Math.round(maxRSS / 1024) }));
