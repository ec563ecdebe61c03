// Reads a folder as the command line does, and prints how long judging its programs takes.

import { recordsOf } from '../../src/correlate/records.js';
import { listCaptures } from '../../src/ingest/captures-folder.js';
import { growthOf } from '../../src/judge/growth/growth.js';
import { judge } from '../../src/judge/judge.js';
import { verdictRules } from '../../src/judge/rules/index.js';
import type { Problem } from '../../src/model/problem.js';
import { readCaptures } from '../../src/reading/read-captures.js';

const fail = (what: Problem | string): never => {
  throw new Error(typeof what === 'string' ? what : what.message);
};
const [folder = ''] = process.argv.slice(2);
const { devices } = await readCaptures(listCaptures([folder], fail), { jobs: 1 });
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
