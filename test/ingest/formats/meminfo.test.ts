import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { meminfo } from '../../../src/ingest/formats/meminfo.js';
import type { DeviceLines } from '../../../src/model/device-memory.js';
import { readText } from '../read-text.js';

const SETS = new URL('../../../samples/sets/', import.meta.url);
const START = 'MemTotal:       24684092 kB\nMemFree:        23021348 kB\n';

function linesOf(text: string): DeviceLines[] {
  return readText(meminfo, text).readings.flatMap((reading) =>
    reading.type === 'device-memory' ? [reading.lines] : [],
  );
}

describe('meminfo', () => {
  it('is read in all sets, every line of it', () => {
    const files = readdirSync(SETS, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('/meminfo'));
    expect(files.length).toBeGreaterThan(20);
    for (const file of files) {
      const text = readFileSync(new URL(file, SETS), 'utf8');
      expect(meminfo.recognizes(text)).toBe(true);
      const { readings, problems, rest } = readText(meminfo, text);
      expect({ problems, rest }).toEqual({ problems: [], rest: '' });
      const [reading] = readings;
      if (readings.length !== 1 || reading?.type !== 'device-memory') throw new Error('expected one device-memory');
      const printed = text
        .trimEnd()
        .split('\n')
        .map((line) => line.split(/:? +/));
      expect(Object.entries(reading.lines)).toEqual(
        printed.map(([name, number, unit]) => [name, Number(number) * (unit === 'kB' ? 1024 : 1)]),
      );
    }
  });

  it('takes names with brackets and numbers without a unit', () => {
    expect(linesOf(`${START}Active(anon):      12 kB\nHugePages_Total:       3\n`)).toEqual([
      { MemTotal: 24_684_092 * 1024, MemFree: 23_021_348 * 1024, 'Active(anon)': 12 * 1024, HugePages_Total: 3 },
    ]);
  });

  it('is one after the other where it was captured in a loop', () => {
    const { readings } = readText(meminfo, START + START.replace('24684092', '1') + START);
    expect(readings.map(({ origin }) => origin.line)).toEqual([1, 3, 5]);
    expect(linesOf(START + START.replace('24684092', '1')).map((lines) => lines.MemTotal)).toEqual([
      24_684_092 * 1024,
      1024,
    ]);
  });

  it.each([
    ['that may have been cut before its unit', 'MemAvailable:   230213'],
    ['that is more than exact', 'VmallocTotal:   34359738367000000 kB\n'],
    ['that wrapped below zero', 'Committed_AS:   18446744073709551600 kB\n'],
  ])('tells of a number %s, and leaves it out', (_, text) => {
    const { readings, problems } = readText(meminfo, START + text);
    expect(problems).toMatchObject([{ severity: 'warning', code: 'bad-value', line: 3 }]);
    expect(readings).toMatchObject([{ lines: { MemTotal: 24_684_092 * 1024 } }]);
    expect(linesOf(START + text)[0]).not.toHaveProperty(text.split(':')[0] ?? '');
  });

  it('ends where something else begins', () => {
    const next = 'Name:\tsensord\n';
    expect(readText(meminfo, START + next).rest).toBe(next);
  });

  it.each([
    ['a field of smaps', 'Rss:                2272 kB\nPss:                 916 kB\n'],
    ['one line', 'MemTotal:       24684092 kB\n'],
    ['meminfo of a process', 'Applications Memory Usage (in Kilobytes):\nUptime: 1 Realtime: 1\n'],
  ])('is not %s', (_, text) => {
    expect(meminfo.recognizes(text)).toBe(false);
  });
});
