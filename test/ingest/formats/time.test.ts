import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Reading } from '../../../src/ingest/format.js';
import { time } from '../../../src/ingest/formats/time.js';
import type { RunUsage } from '../../../src/model/run-usage.js';
import { fuzzRuns } from '../../fuzz/fuzz-runs.js';
import { readBytes } from '../../fuzz/read-bytes.js';
import { readText } from '../read-text.js';

const KIB = 1024;
const sample = (name: string): string => readFileSync(`samples/time/${name}`, 'utf8');

function runsIn(readings: readonly Reading[]): RunUsage[] {
  return readings.flatMap((reading) => (reading.type === 'diagnosis' ? [...(reading.runs ?? [])] : []));
}

/** The number behind a label, as a person reads it. */
function printed(text: string, label: string): number {
  return Number(text.split(`${label}: `)[1]?.split('\n', 1)[0]);
}

describe('time -v', () => {
  it('is read to its last line', () => {
    const text = sample('time-v.txt');
    const { readings, problems, rest } = readText(time, text);
    expect(runsIn(readings)).toEqual([
      {
        tool: 'time',
        commandLine: '/opt/demo/leak-example 4',
        userTime: 0,
        systemTime: 0,
        elapsed: 4000,
        peakRss: printed(text, 'Maximum resident set size (kbytes)') * KIB,
        majorFaults: 0,
        minorFaults: printed(text, 'Minor (reclaiming a frame) page faults'),
        pageSize: 4096,
        exitStatus: 0,
        origin: { file: 'test.txt', line: 1 },
      },
    ]);
    expect(readings[0]?.says).toEqual({ command: '/opt/demo/leak-example 4' });
    expect([problems, rest]).toEqual([[], '']);
  });

  it('tells the signal that ended the command, and then no status', () => {
    const [run] = runsIn(readText(time, sample('time-v-signal.txt')).readings);
    expect(run).toMatchObject({ signal: 11, commandLine: 'sh -c kill -SEGV $$', origin: { line: 1 } });
    expect(run).not.toHaveProperty('exitStatus');
  });

  it('stands behind the output of the command', async () => {
    const { readings, problems } = await readBytes(Buffer.from(sample('time-v-status.txt')));
    expect(runsIn(readings)).toMatchObject([{ exitStatus: 3, origin: { line: 2 } }]);
    expect(problems).toEqual([]);
  });

  it("leaves out busybox's peak RSS, and says why", () => {
    const { readings, problems } = readText(time, sample('busybox-time-v.txt'));
    const [run] = runsIn(readings);
    expect(run).toMatchObject({ elapsed: 4000, majorFaults: 0, exitStatus: 0 });
    expect(run).not.toHaveProperty('peakRss');
    expect(problems).toMatchObject([{ severity: 'warning', code: 'bad-value', line: 10 }]);
  });

  it('keeps what was whole of a report that breaks off', () => {
    const text = sample('time-v.txt').split('\n').slice(0, 12).join('\n');
    const { readings, problems } = readText(time, text);
    expect(runsIn(readings)).toMatchObject([{ majorFaults: 0, elapsed: 4000 }]);
    expect(runsIn(readings)[0]).not.toHaveProperty('minorFaults');
    expect(problems).toMatchObject([{ code: 'truncated-capture', line: 1 }]);
  });

  it('may have lines of others in it, and stand in a log of memcheck', async () => {
    const lines = sample('time-v.txt').split('\n');
    lines.splice(8, 0, 'the last word of a child');
    const log = readFileSync('samples/memcheck/leak-example.log', 'utf8');
    const { readings, problems } = await readBytes(Buffer.from(`${log}${lines.join('\n')}${log}`));
    expect(runsIn(readings)).toMatchObject([{ exitStatus: 0, pageSize: 4096 }]);
    expect(readings.filter((reading) => reading.type === 'diagnosis' && reading.leaks.length > 0).length).toBe(2);
    expect(problems).toEqual([]);
  });

  it('reports a number that is not exact', () => {
    const text = sample('time-v.txt').replace(/(page faults: )\d+/g, '$19007199254740993');
    const { readings, problems } = readText(time, text);
    expect(runsIn(readings)[0]).not.toHaveProperty('minorFaults');
    expect(problems.map(({ code }) => code)).toEqual(['bad-value', 'bad-value']);
  });

  it('is read back as it was printed', async () => {
    const count = fc.oneof(fc.nat(9999), fc.integer({ min: 0, max: 2 ** 42 }));
    const run = fc.record({
      peak: count,
      minor: count,
      major: count,
      seconds: fc.nat(400_000),
      cents: fc.nat(99),
      status: fc.nat(255),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(run, { minLength: 1, maxLength: 4 }), async (runs) => {
        const { readings, problems } = await readBytes(Buffer.from(runs.map(verbose).join('done\n')));
        expect(problems).toEqual([]);
        expect(
          runsIn(readings).map(({ peakRss, minorFaults, majorFaults, elapsed, exitStatus }) => [
            (peakRss ?? Number.NaN) / KIB,
            minorFaults,
            majorFaults,
            elapsed,
            exitStatus,
          ]),
        ).toEqual(
          runs.map(({ peak, minor, major, seconds, cents, status }) => [
            peak,
            minor,
            major,
            // From an hour on, GNU time prints no hundredths.
            seconds * 1000 + (seconds >= 3600 ? 0 : cents * 10),
            status,
          ]),
        );
      }),
      fuzzRuns(200),
    );
  });
});

function verbose(run: Readonly<Record<'peak' | 'minor' | 'major' | 'seconds' | 'cents' | 'status', number>>): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const hours = Math.floor(run.seconds / 3600);
  const minutes = Math.floor((run.seconds % 3600) / 60);
  const clock =
    hours > 0
      ? `${hours}:${two(minutes)}:${two(run.seconds % 60)}`
      : `${minutes}:${two(run.seconds % 60)}.${two(run.cents)}`;
  return sample('time-v.txt')
    .replace('0:04.00', clock)
    .replace(/(set size \(kbytes\): )\d+\n/, `$1${run.peak}\n`)
    .replace(/(frame\) page faults: )\d+/, `$1${run.minor}`)
    .replace(/(I\/O\) page faults: )\d+/, `$1${run.major}`)
    .replace(/(status: )\d+/, `$1${run.status}`);
}

describe('time without -v', () => {
  it('is two lines', () => {
    const text = sample('time.txt');
    const { readings, problems, rest } = readText(time, text);
    const [, peak] = /(\d+)maxresident/.exec(text) ?? [];
    const [, minor] = /(\d+)minor/.exec(text) ?? [];
    expect(runsIn(readings)).toEqual([
      {
        tool: 'time',
        userTime: 0,
        systemTime: 0,
        elapsed: 4000,
        peakRss: Number(peak) * KIB,
        majorFaults: 0,
        minorFaults: Number(minor),
        origin: { file: 'test.txt', line: 1 },
      },
    ]);
    expect([problems, rest]).toEqual([[], '']);
  });

  it.each(["time's shell form\n\nreal\t0m4.003s\nuser\t0m0.001s\n", 'Command being timed\n', '0.00user\n'])(
    'is not %j',
    (text) => {
      expect(time.recognizes(text)).toBe(false);
    },
  );
});
