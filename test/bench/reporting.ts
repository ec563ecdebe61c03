import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { bundled } from './bundled.js';
import { writeFleet, writeNight } from './fleet.js';
import { compared, type Finding, run } from './pairs.js';

const node = process.execPath;
const MEMREPORT = 'dist/cli/main.js';

/** What a script of the benchmark printed about itself. */
function told(words: readonly string[]): Record<string, number> {
  return JSON.parse(run(node, words).stdout) as Record<string, number>;
}

/** What judging costs of a whole run, in percent. */
export function judging(folder: string): Finding[] {
  const fleet = join(folder, 'fleet');
  writeFleet(fleet, 1000);
  const { programs = 0, judging: milliseconds = 0, long = 0 } = told([bundled('judging'), fleet]);
  const share = (format: string): number => {
    const words = [
      'analyze',
      fleet,
      '--format',
      format,
      '--quiet',
      '--no-cache',
      '--out',
      join(folder, `fleet-${format}`),
    ];
    return milliseconds / 10 / run(node, [MEMREPORT, ...words]).seconds;
  };
  const whole = share('html,pdf,json');
  return [
    {
      name: 'judging',
      title: `judging ${programs} programs of 100 samples, one in ten of them busy, in percent of a run`,
      figures: {
        'of analyze': whole,
        'of analyze --format json': share('json'),
        'milliseconds each': milliseconds / programs,
        'milliseconds for a series of 100,000 samples': long,
      },
      goal: 5,
      met: whole <= 5,
    },
  ];
}

/** A night of 1,000 devices with five programs each, of which three leak, from the captures to index and tickets. */
export function night(folder: string): Finding[] {
  const captures = join(folder, 'night');
  writeNight(captures, 1000);
  const seconds = (format: string, out: string, environment: readonly string[]): number => {
    const words = ['analyze', captures, '--format', format, '--quiet', '--out', join(folder, out)];
    return run('env', [...environment, node, MEMREPORT, ...words]).seconds;
  };
  const alone = (format: string): number => seconds(format, `night-${format}`, ['MEMREPORT_NO_CACHE=1']);
  const cached = (): number =>
    seconds('html,pdf,json', 'night-cached', ['MEMREPORT_NO_CACHE=', `XDG_CACHE_HOME=${join(folder, 'cache')}`]);
  const figures = { json: alone('json'), 'html,json': alone('html,json'), 'html,pdf,json': cached(), again: cached() };
  cpSync(join(captures, 'board-0001'), join(captures, 'board-new'), { recursive: true });
  return [
    {
      name: 'night',
      title: '1,000 devices of 5 programs, 3 of which leak, in seconds',
      figures: { ...figures, 'with one device more': cached() },
    },
  ];
}

/** Tickets as PDF, printed by one browser. */
export function tickets(): Finding[] {
  const { together = 0, apart = 1, largest = 0 } = told([bundled('tickets')]);
  return [
    {
      name: 'tickets',
      title: 'tickets as PDF (goal at least 5 a second, at most 400 kB)',
      figures: { 'a second': together, 'times a browser for each': together / apart, 'largest in kB': largest / 1000 },
      met: together >= 5 && largest <= 400_000,
    },
  ];
}

/** A report of 50 programs with 10,000 VMAs each. */
export function largeReport(): Finding[] {
  const {
    htmlBytes = 0,
    htmlSeconds = 0,
    seconds = 0,
    browserBytes = 0,
  } = told(['--import', 'tsx', 'test/bench/large-pdf.ts']);
  return [
    {
      name: 'large-report',
      title: '50 programs of 10,000 VMAs (goal: HTML under 15 MB, PDF in 10 s and 600 MB of browser memory)',
      figures: {
        'HTML in MB': htmlBytes / 1e6,
        'HTML in seconds': htmlSeconds,
        'PDF in seconds': seconds,
        'browser in MB': browserBytes / 1e6,
      },
      met: htmlBytes <= 15e6 && seconds <= 10 && browserBytes <= 600e6,
    },
  ];
}

/** What the command line costs before it does anything. */
export function starting(): Finding[] {
  return ['--version', '--help'].map((word) => {
    const ours = () => run(node, [MEMREPORT, word]);
    return compared(`start${word}`, `memreport ${word}, to node -e 0`, ours, () => run(node, ['-e', '0']), 1.8).finding;
  });
}
