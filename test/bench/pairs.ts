import { spawn, spawnSync } from 'node:child_process';
import { processTreePss } from '../../src/report/outputs/browser-memory.js';

/** One run of a command. Times in seconds: of the clock, and of the processors in the process and its children. */
export interface Run {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly stdout: string;
}

/** What one case of the benchmark found: a ratio of neighbours in turn, or a figure of its own. */
export interface Finding {
  readonly name: string;
  readonly title: string;
  /** How much data the run had. */
  readonly megabytes?: number;
  /** Medians over the pairs, and the range of the ratios. */
  readonly ratio?: number;
  readonly lowest?: number;
  readonly highest?: number;
  readonly cpuRatio?: number;
  readonly seconds?: number;
  readonly theirSeconds?: number;
  readonly goal?: number;
  readonly met?: boolean;
  readonly figures?: Readonly<Record<string, number>>;
}

const RUNS = 5;
/** The shell's clock: it tells what the processors did as well. */
const TIMED = 'TIMEFORMAT="%R %U %S"; time "$@"';

/** Runs a command to its end. @throws where it fails. */
export function run(command: string, words: readonly string[]): Run {
  const { status, stdout, stderr, error } = spawnSync('bash', ['-c', TIMED, 'bash', command, ...words], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (error || status !== 0) throw new Error(`${command} ended with ${String(status)}: ${error?.message ?? stderr}`);
  const [seconds = 0, user = 0, system = 0] = (stderr.trim().split('\n').at(-1) ?? '').split(' ').map(Number);
  return { seconds, cpuSeconds: user + system, stdout };
}

/** Runs a command and watches the memory of it and all below it; bytes of PSS at the peak. */
export async function watched(command: string, words: readonly string[]): Promise<{ seconds: number; peak: number }> {
  const start = performance.now();
  const child = spawn(command, words, { stdio: 'ignore' });
  let peak = 0;
  const watch = setInterval(() => {
    if (child.pid !== undefined) peak = Math.max(peak, processTreePss(child.pid) ?? 0);
  }, 50);
  const code = await new Promise((resolve) => child.once('close', resolve));
  clearInterval(watch);
  if (code !== 0) throw new Error(`${command} ended with ${String(code)}`);
  return { seconds: (performance.now() - start) / 1000, peak };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Also what our last run printed. */
export interface Compared {
  readonly finding: Finding;
  readonly stdout: string;
}

/** Both in turn, once to warm up, then RUNS times: the median of the ratios of neighbours. */
export function compared(name: string, title: string, ours: () => Run, theirs: () => Run, goal?: number): Compared {
  ours();
  theirs();
  const pairs = Array.from({ length: RUNS }, () => [ours(), theirs()] as const);
  const ratios = pairs.map(([a, b]) => a.seconds / b.seconds);
  const ratio = median(ratios);
  const finding: Finding = {
    name,
    title,
    ratio,
    lowest: Math.min(...ratios),
    highest: Math.max(...ratios),
    cpuRatio: median(pairs.map(([a, b]) => a.cpuSeconds / b.cpuSeconds)),
    seconds: median(pairs.map(([a]) => a.seconds)),
    theirSeconds: median(pairs.map(([, b]) => b.seconds)),
    ...(goal !== undefined && { goal, met: ratio <= goal }),
  };
  return { finding, stdout: pairs.at(-1)?.[0].stdout ?? '' };
}

/** One line for people. */
export function lineOf(finding: Finding): string {
  const { title, ratio, lowest = 0, highest = 0, cpuRatio = 0, seconds = 0, theirSeconds = 0, goal, met } = finding;
  const goalText = goal === undefined ? '' : `, goal at most ${goal.toFixed(2)}: ${met ? 'met' : 'MISSED'}`;
  if (ratio === undefined) {
    const all = Object.entries(finding.figures ?? {}).map(([what, value]) => `${what} ${Number(value.toFixed(2))}`);
    return `${title}: ${all.join(', ')}${goalText}`;
  }
  const times = `${seconds.toFixed(2)} s to ${theirSeconds.toFixed(2)} s`;
  const range = `${lowest.toFixed(2)} to ${highest.toFixed(2)}`;
  return `${title}: ${ratio.toFixed(2)} × (${range}; processor time ${cpuRatio.toFixed(2)} ×; ${times}${goalText})`;
}
