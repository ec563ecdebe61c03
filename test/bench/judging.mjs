// Reads a folder as the command line does, and prints how long judging its programs takes.
import { recordsOf } from '../../dist/correlate/records.js';
import { listCaptures } from '../../dist/ingest/captures-folder.js';
import { growthOf } from '../../dist/judge/growth/growth.js';
import { judge } from '../../dist/judge/judge.js';
import { verdictRules } from '../../dist/judge/rules/index.js';
import { readCaptures } from '../../dist/reading/read-captures.js';

const fail = (what) => {
  throw new Error(typeof what === 'string' ? what : what.message);
};
const { devices } = await readCaptures(listCaptures([process.argv[2]], fail), { jobs: 1 });
const records = devices.devices().flatMap((device) => recordsOf(devices.of(device)).records);
const judging = performance.now();
for (const record of records) judge(record, verdictRules, fail);
const end = performance.now();

// A series as long as a year of samples each five minutes, with a saw on a rising line.
const values = Array.from({ length: 100_000 }, (_, i) => 4096 * (1000 + Math.floor(i / 20) + 16 * (i % 7)));
const series = { at: values.map((_, i) => i), times: values.map((_, i) => i / 12), values };
const before = performance.now();
growthOf(series, 4096);
const long = performance.now() - before;

console.log(JSON.stringify({ programs: records.length, judging: end - judging, long }));
