import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { randomOf } from '../verdicts/chance.js';
import { killLoop } from './kill-loop.js';

/*
 * Kills a batch of tickets again and again, and says what it found:
 *   npm run torture -- --kills 200 --devices 20 --seed 1
 */
const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    devices: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    formats: { type: 'string', default: 'html,pdf,json,md,csv' },
  },
});
const folder = mkdtempSync(join(tmpdir(), 'memreport-kill-'));
const begin = performance.now();
const result = await killLoop({
  folder,
  devices: Number(values.devices),
  formats: values.formats,
  kills: Number(values.kills),
  random: randomOf(Number(values.seed)),
  onKill: ({ kills, completed, violations }) => {
    if (kills % 20 === 0) console.error(`${kills} kills, ${completed} completed, ${violations.length} violations`);
  },
});
rmSync(folder, { recursive: true, force: true });
console.log(JSON.stringify({ ...result, seconds: Math.round((performance.now() - begin) / 1000) }, null, 1));
process.exitCode = result.violations.length > 0 ? 1 : 0;
