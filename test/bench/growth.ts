import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeSmaps } from './data.js';
import { compared, type Finding, run, watched } from './pairs.js';

/** Parts of the size asked for: the cost must grow with the bytes and not faster, the memory not at all. */
const PARTS = [0.1, 0.3, 1, 3];
const MOST_MEMORY = 300e6;

/** `analyze --format json` of smaps in many files: to mawk, and how time and memory grow with the bytes. */
export async function analyzing(folder: string, bytes: number): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const part of PARTS) {
    const data = join(folder, `night-${part}`);
    const out = join(folder, `report-${part}`);
    const files = writeSmaps(data, bytes * part);
    const megabytes = Math.round((bytes * part) / 1e6);
    const words = ['dist/cli/main.js', 'analyze', data, '--format', 'json', '--quiet', '--no-cache', '--out', out];
    findings.push(
      compared(
        `analyze-${part}`,
        `analyze --format json of ${megabytes} MB in ${files.length} files, to mawk summing Pss`,
        () => run(process.execPath, words),
        () => run('mawk', ['/^Pss:/{s+=$2} END{printf "%d\\n", s}', ...files]),
        part === 1 ? 1.2 : undefined,
      ).finding,
    );
    const { seconds, peak } = await watched(process.execPath, words);
    findings.push({
      name: `analyze-memory-${part}`,
      title: `the same, peak memory of all its processes in MB, and seconds for each GB`,
      figures: { peak: peak / 1e6, secondsPerGigabyte: seconds / ((bytes * part) / 1e9) },
      goal: MOST_MEMORY / 1e6,
      met: peak <= MOST_MEMORY,
    });
    rmSync(data, { recursive: true });
    rmSync(out, { recursive: true });
  }
  return findings;
}
