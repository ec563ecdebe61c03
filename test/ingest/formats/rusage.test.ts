import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Reading } from '../../../src/ingest/format.js';
import { rusage } from '../../../src/ingest/formats/rusage.js';
import type { RunUsage } from '../../../src/model/run-usage.js';
import { fuzzRuns } from '../../fuzz/fuzz-runs.js';
import { readBytes } from '../../fuzz/read-bytes.js';
import { readText } from '../read-text.js';

const KIB = 1024;

function runsIn(readings: readonly Reading[]): RunUsage[] {
  return readings.flatMap((reading) => (reading.type === 'diagnosis' ? [...(reading.runs ?? [])] : []));
}

describe('getrusage', () => {
  it('is read as Python prints it', () => {
    const text = readFileSync('samples/rusage/struct-rusage.txt', 'utf8');
    const number = (name: string): number => Number(new RegExp(`${name}=([\\d.]+)`).exec(text)?.[1]);
    const { readings, problems, rest } = readText(rusage, text);
    expect(runsIn(readings)).toEqual([
      {
        tool: 'getrusage',
        userTime: Math.round(number('ru_utime') * 1000),
        systemTime: Math.round(number('ru_stime') * 1000),
        peakRss: number('ru_maxrss') * KIB,
        minorFaults: number('ru_minflt'),
        majorFaults: number('ru_majflt'),
        origin: { file: 'test.txt', line: 1 },
      },
    ]);
    expect([problems, rest]).toEqual([[], '']);
  });

  it('is read among the output of a program, each time that it is printed', async () => {
    const text =
      'sensord starts\nusage: ru_maxrss=1224 ru_minflt=83 ru_majflt=0\nworking\nusage: ru_maxrss=1300 ru_minflt=95 ru_majflt=2\n';
    const { readings, problems } = await readBytes(Buffer.from(text));
    expect(runsIn(readings)).toMatchObject([
      { peakRss: 1224 * KIB, minorFaults: 83, majorFaults: 0, origin: { line: 2 } },
      { peakRss: 1300 * KIB, minorFaults: 95, majorFaults: 2, origin: { line: 4 } },
    ]);
    expect(problems).toEqual([]);
  });

  it('may have a line for each field', () => {
    const text = 'r.ru_maxrss: 1224\nr.ru_minflt: 83\nr.ru_maxrss: 1300\nr.ru_majflt: 9\n';
    expect(rusage.recognizes(text)).toBe(true);
    expect(runsIn(readText(rusage, text).readings)).toMatchObject([
      { peakRss: 1224 * KIB, minorFaults: 83 },
      { peakRss: 1300 * KIB, majorFaults: 9 },
    ]);
  });

  it('reports a text that breaks off, and does not use its last number', () => {
    const text = 'resource.struct_rusage(ru_utime=0.01, ru_maxrss=8700, ru_minflt=1034, ru_majflt=1';
    const { readings, problems } = readText(rusage, text);
    expect(runsIn(readings)[0]).not.toHaveProperty('majorFaults');
    expect(problems).toMatchObject([{ severity: 'error', code: 'truncated-capture' }]);
  });

  it('reports a number that is not exact', () => {
    const { readings, problems } = readText(rusage, 'ru_maxrss=1 ru_minflt=9007199254740993\n');
    expect(runsIn(readings)).toMatchObject([{ peakRss: KIB }]);
    expect(problems).toMatchObject([{ code: 'bad-value' }]);
  });

  it.each([
    'ru_maxrss=1224',
    'ru_minflt=83 ru_majflt=0',
    'getrusage(RUSAGE_SELF, &ru);\nru_maxrss',
    'xru_maxrss=1 xru_minflt=2',
  ])('is not %j', (text) => {
    expect(rusage.recognizes(text)).toBe(false);
  });

  it('is read back as it was printed', async () => {
    const count = fc.oneof(fc.nat(9999), fc.integer({ min: 0, max: 2 ** 42 }));
    await fc.assert(
      fc.asyncProperty(count, count, count, fc.constantFrom(' ', ', ', '\n'), async (peak, minor, major, between) => {
        const text = [`ru_maxrss=${peak}`, `ru_minflt=${minor}`, `ru_majflt=${major}`].join(between);
        const { readings, problems } = await readBytes(Buffer.from(`${text}\n`));
        expect(problems).toEqual([]);
        expect(runsIn(readings)).toMatchObject([{ peakRss: peak * KIB, minorFaults: minor, majorFaults: major }]);
      }),
      fuzzRuns(200),
    );
  });
});
