import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeSmaps, writeWatch } from './data.js';
import { compared, type Finding, run, watched } from './pairs.js';

/** Parts of the size asked for: the cost must grow with the bytes and not faster, the memory not at all. */
const PARTS = [0.1, 0.3, 1, 3];
const MOST_MEMORY = 300e6;
const MOST_TIME = 1.2;
const SUM = '/^Pss:/{s+=$2} END{printf "%d\\n", s}';

/** `analyze --format json` of smaps in many files: to mawk, and how time and memory grow with the bytes. */
export async function analyzing(folder: string, bytes: number): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const part of PARTS) {
    const data = join(folder, `night-${part}`);
    const { length } = writeSmaps(data, bytes * part);
    findings.push(...(await analyzed(data, length, bytes * part, `${part}`, part === 1)));
  }
  return findings;
}

/** The same of one board that was watched for days, each snapshot in a file of its own. */
export async function watching(folder: string, bytes: number): Promise<Finding[]> {
  const data = join(folder, 'watch');
  return analyzed(data, writeWatch(data, bytes).length, bytes, 'watch', true);
}

async function analyzed(
  data: string,
  files: number,
  bytes: number,
  name: string,
  hasGoal: boolean,
): Promise<Finding[]> {
  const out = `${data}-report`;
  const words = ['dist/cli/main.js', 'analyze', data, '--format', 'json', '--quiet', '--no-cache', '--out', out];
  const { finding } = compared(
    `analyze-${name}`,
    `analyze --format json of ${Math.round(bytes / 1e6)} MB in ${files} files, to mawk summing Pss`,
    () => run(process.execPath, words),
    // More files than fit onto a command line.
    () => run('sh', ['-c', `find "$1" -name '*smaps' -print0 | xargs -0 mawk '${SUM}'`, 'sh', data]),
    hasGoal ? MOST_TIME : undefined,
  );
  const { seconds, peak } = await watched(process.execPath, words);
  rmSync(data, { recursive: true });
  rmSync(out, { recursive: true });
  const memory = {
    name: `analyze-memory-${name}`,
    title: `the same, peak memory of all its processes in MB, and seconds for each GB`,
    figures: { peak: peak / 1e6, secondsPerGigabyte: seconds / (bytes / 1e9) },
    goal: MOST_MEMORY / 1e6,
    met: peak <= MOST_MEMORY,
  };
  return [finding, memory];
}
