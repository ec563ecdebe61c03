import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeSmaps } from './data.js';
import { writeFleet } from './fleet.js';

/**
 * `npm run bench [-- MEGABYTES]`: how fast memreport reads, as ratios to public tools on the same data in the same run.
 *
 * Absolute times say little on a shared machine; the two commands of a pair run in turn, and the median of the ratios
 * of neighbours is quoted.
 */
const RUNS = 5;
const megabytes = Number(process.argv[2] ?? 1000);
if (!Number.isFinite(megabytes) || megabytes < 1)
  throw new Error(`expected megabytes, found "${process.argv[2] ?? ''}"`);

interface Run {
  readonly seconds: number;
  readonly stdout: string;
}

function run(command: string, words: readonly string[]): Run {
  const start = performance.now();
  const { status, stdout, stderr, error } = spawnSync(command, words, { encoding: 'utf8', maxBuffer: 1 << 26 });
  if (error || status !== 0) throw new Error(`${command} ended with ${String(status)}: ${error?.message ?? stderr}`);
  return { seconds: (performance.now() - start) / 1000, stdout };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] as number;
}

/** Both in turn, once to warm up, then RUNS times; prints the median of the ratios and returns our last output. */
function compare(title: string, ours: () => Run, theirs: () => Run, limit?: number): string {
  ours();
  theirs();
  const pairs = Array.from({ length: RUNS }, () => [ours(), theirs()] as const);
  const ratios = pairs.map(([a, b]) => a.seconds / b.seconds);
  const ratio = median(ratios);
  const times = `${median(pairs.map(([a]) => a.seconds)).toFixed(2)} s to ${median(pairs.map(([, b]) => b.seconds)).toFixed(2)} s`;
  const range = `${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}`;
  const goal = limit === undefined ? '' : `, goal at most ${limit.toFixed(2)}: ${ratio <= limit ? 'met' : 'MISSED'}`;
  console.log(`${title}: ${ratio.toFixed(2)} × (${range}; ${times}${goal})`);
  if (limit !== undefined && ratio > limit) process.exitCode = 1;
  return pairs.at(-1)?.[0].stdout ?? '';
}

const folder = mkdtempSync(join(tmpdir(), 'memreport-bench-'));
try {
  const data = join(folder, 'captures');
  const files = writeSmaps(data, megabytes * 1e6);
  console.log(
    `${megabytes} MB of smaps in ${files.length} files, from the samples; medians of ${RUNS} pairs, wall time`,
  );
  const node = process.execPath;
  const mawkWords = ['/^Pss:/{s+=$2} END{printf "%d\\n", s}', ...files];
  const sum = Number(run('mawk', mawkWords).stdout);

  const output = compare(
    'every field of every VMA, to mawk summing Pss',
    () => run(node, ['test/bench/parse.mjs', data]),
    () => run('mawk', mawkWords),
    1,
  );
  const { vmas, pssKilobytes, peakMegabytes } = JSON.parse(output) as Record<string, number>;
  if (pssKilobytes !== sum) throw new Error(`expected the sum of mawk, ${sum} kB, found ${String(pssKilobytes)}`);
  console.log(`  ${String(vmas)} VMAs, the same sum; peak memory ${String(peakMegabytes)} MB (goal at most 150)`);
  if ((peakMegabytes ?? Number.POSITIVE_INFINITY) > 150) process.exitCode = 1;

  compare(
    'the same, to wc -l',
    () => run(node, ['test/bench/parse.mjs', data]),
    () => run('wc', ['-l', ...files]),
  );
  compare(
    'analyze --format json, to mawk summing Pss',
    () => run(node, ['dist/cli/main.js', 'analyze', data, '--format', 'json', '--quiet', '--out', join(folder, 'out')]),
    () => run('mawk', mawkWords),
  );
  const fleet = join(folder, 'fleet');
  writeFleet(fleet, 1000);
  const told = JSON.parse(run(node, ['test/bench/judging.mjs', fleet]).stdout) as Record<string, number>;
  const { programs = 0, judging = 0, long = 0 } = told;
  const analyzing = (format: string): number => {
    const words = ['analyze', fleet, '--format', format, '--quiet', '--out', join(folder, `fleet-${format}`)];
    return 1000 * run(node, ['dist/cli/main.js', ...words]).seconds;
  };
  const share = (format: string): string => `${((100 * judging) / analyzing(format)).toFixed(1)} %`;
  console.log(
    `judging ${String(programs)} programs of 100 samples, one in ten of them busy: ` +
      `${share('html,pdf,json')} of analyze (goal at most 5 %), ${share('json')} of analyze --format json; ` +
      `${(judging / programs).toFixed(2)} ms each; one series of 100,000 samples: ${long.toFixed(0)} ms`,
  );
  const tickets = JSON.parse(run(node, ['test/bench/tickets.mjs']).stdout) as Record<string, number>;
  const { together = 0, apart = 1, largest = 0 } = tickets;
  console.log(
    `tickets as PDF: ${together.toFixed(1)} a second in one browser (goal at least 5), ` +
      `${(together / apart).toFixed(1)} × a browser for each; the largest ${Math.round(largest / 1000)} kB (goal at most 400)`,
  );
  if (together < 5 || largest > 400_000) process.exitCode = 1;
  const large = JSON.parse(run(node, ['--import', 'tsx', 'test/bench/large-pdf.ts']).stdout) as Record<string, number>;
  const { htmlBytes = 0, htmlSeconds = 0, seconds = 0, browserBytes = 0 } = large;
  console.log(
    `50 programs of 10,000 VMAs: HTML ${(htmlBytes / 1e6).toFixed(1)} MB in ${htmlSeconds.toFixed(1)} s (goal under 15 MB), ` +
      `PDF in ${seconds.toFixed(1)} s and ${Math.round(browserBytes / 1e6)} MB of browser memory (goal 10 s and 600 MB)`,
  );
  if (htmlBytes > 15e6 || seconds > 10 || browserBytes > 600e6) process.exitCode = 1;
  compare(
    'memreport --version, to node -e 0',
    () => run(node, ['dist/cli/main.js', '--version']),
    () => run(node, ['-e', '0']),
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
