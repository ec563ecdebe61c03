import { describe, expect, it } from 'vitest';
import { tarOfFiles } from './archives/build-archives.js';
import { captureTree, readCaptures, readFile } from './capture-tree.js';
import { smapsText, vmaText } from './smaps-text.js';

const MINUTE = 60_000;
const AT = Date.UTC(2026, 8, 21, 14, 13, 20);
const OF_1972 = Date.UTC(1972, 8, 21, 14, 13, 20);
const OF_1970 = Date.UTC(1970, 0, 1, 14, 13, 20);
const snapshot = smapsText([vmaText(1, '/opt/demo/sensord', 4), vmaText(9, '[heap]', 8)]);

/** Three snapshots, each below its line. */
function below(...lines: readonly string[]): string {
  return lines.map((line) => `${line}\n${snapshot}`).join('');
}

/** Three snapshots, all lines of each behind its prefix. */
function behind(...prefixes: readonly string[]): string {
  return prefixes.map((prefix) => snapshot.replaceAll(/^(?=.)/gm, prefix)).join('');
}

async function timesOf(text: string, name?: string): Promise<(number | undefined)[]> {
  const { snapshots, files } = await readFile(text, name);
  expect(files[0]?.lines?.reported).toBe(0);
  return snapshots.map(({ context }) => context.takenAt);
}

const tenMinutes = (from: number): number[] => [from, from + 10 * MINUTE, from + 20 * MINUTE];

describe('the times above the snapshots of a log', () => {
  it.each([
    ['German', AT - 120 * MINUTE, (m: string) => `Mo 21. Sep ${m} CEST 2026`],
    ['German, year first', AT - 120 * MINUTE, (m: string) => `Mo 21. Sep 2026, ${m} CEST`],
    ['Chinese', AT - 8 * 60 * MINUTE, (m: string) => `2026年 09月 21日 星期一 ${m} CST`],
    ['long English', AT, (m: string) => `Monday, September 21, 2026 ${m}`],
    ['month first', AT, (m: string) => `09/21/2026 ${m}`],
    ['day first', AT, (m: string) => `21/09/2026 ${m}`],
    ['of syslog', OF_1972, (m: string) => `Sep 21 ${m}`],
    ['without a date', OF_1970, (m: string) => m],
    ['without a date, in a banner', OF_1970, (m: string) => `=== sample 1 at ${m} ===`],
    ['of uptime', OF_1970, (m: string) => ` ${m} up 2 days,  1:10,  1 user,  load average: 0.01, 0.02, 0.00`],
    ['with a date that may be two', OF_1970, (m: string) => `09/08/2026 ${m}`],
  ])('are read where they are %s', async (_, from, line) => {
    expect(await timesOf(below(line('14:13:20'), line('14:23:20'), line('14:33:20')))).toEqual(tenMinutes(from));
  });

  it.each([
    ['and a process', (m: string) => `2026-09-21 ${m} pid=812 sensord`],
    ['and a process behind the name', (m: string) => `[2026-09-21 ${m}] sensord (812)`],
    ['and any other words', (m: string) => `2026-09-21 ${m} INFO: the next ones, after a pause`],
  ])('are read where a line has a time %s', async (_, line) => {
    expect(await timesOf(below(line('14:13:20'), line('14:23:20'), line('14:33:20')))).toEqual(tenMinutes(AT));
  });

  it('are read above what pmap prints', async () => {
    const table =
      '812:   ./sensord\nAddress           Kbytes     RSS   Dirty Mode  Mapping\n0000000000400000       4       4       0 r-x-- sensord\n---------------- ------- ------- -------\ntotal kB               4       4       0\n';
    const { captures } = await readFile(
      `2026-09-21 14:13:20 pid=812 sensord\n${table}2026-09-21 14:23:20 pid=812\n${table}`,
    );
    expect(captures.map(({ context }) => context.takenAt)).toContain(AT + 10 * MINUTE);
    expect(new Set(captures.map(({ context }) => context.takenAt)).size).toBe(2);
  });

  it.each([
    ['uptime: 600', 'uptime: 1200', 'uptime: 1800'],
    ['600.12 1000.00', '1200.12 2000.00', '1800.12 3000.00'],
    ['=== t+600s ===', '=== t+1200s ===', '=== t+1800s ==='],
  ])('may be how long it runs: %s', async (...lines) => {
    expect((await timesOf(below(...lines))).map((at) => Math.floor((at ?? 0) / 1000))).toEqual([600, 1200, 1800]);
  });
});

describe('the times in front of all lines of a log', () => {
  it.each([
    ['syslog', OF_1972, (m: string) => `Sep 21 ${m} board cap[77]: `],
    ['syslog without a host', OF_1972, (m: string) => `Sep 21 ${m} cap[77]: `],
    ['syslog in ISO', AT - 120 * MINUTE, (m: string) => `2026-09-21T${m}+02:00 board cap[77]: `],
    ['logcat', OF_1972, (m: string) => `09-21 ${m}.000  1234  1250 I tag     : `],
    ['logcat with year and zone', AT - 120 * MINUTE, (m: string) => `2026-09-21 ${m}.000 +0200  1234  1250 I tag : `],
    ['ts', OF_1972, (m: string) => `Sep 21 ${m} `],
    ['a serial logger', AT, (m: string) => `[2026-09-21 ${m}.000] `],
    ['a terminal', OF_1970, (m: string) => `[${m}.000] `],
  ])('are those of %s', async (_, from, prefix) => {
    expect(await timesOf(behind(prefix('14:13:20'), prefix('14:23:20'), prefix('14:33:20')))).toEqual(tenMinutes(from));
  });

  it('are those of the kernel, whose numbers become longer', async () => {
    const text = behind('[ 9400.000001] ', '[10000.000001] ', '[10600.000001] ');
    expect(await timesOf(text)).toEqual([9_400_000, 10_000_000, 10_600_000]);
  });

  it('stand back behind a date in the text', async () => {
    const text = ['2026-09-21 14:13:20', '2026-09-21 14:23:20', '2026-09-21 14:33:20']
      .map((date) => below(date))
      .join('');
    expect(await timesOf(text.replaceAll(/^(?=.)/gm, 'Sep 22 08:00:00 board cap[77]: '))).toEqual(tenMinutes(AT));
  });

  it('are none where they tell how long it was since the line before', async () => {
    const since = (first: string): string => behind('00:00:00 ').replace('00:00:00', first);
    const text = since('00:00:00') + since('00:10:00') + since('00:10:01');
    expect((await timesOf(text)).slice(1)).toEqual([undefined, undefined]);
  });
});

describe('times without a date', () => {
  it('go on past midnight, and past the end of the year', async () => {
    const midnight = await timesOf(below('23:55:00', '00:05:00', '00:15:00'));
    expect(midnight).toEqual(tenMinutes(Date.UTC(1970, 0, 1, 23, 55)));
    const newYear = await timesOf(behind('Dec 31 23:55:00 a b: ', 'Jan  1 00:05:00 a b: ', 'Jan  1 00:15:00 a b: '));
    expect(newYear).toEqual(tenMinutes(Date.UTC(1972, 11, 31, 23, 55)));
  });

  it('say so', async () => {
    const { problems } = await readFile(below('14:13:20', '14:23:20', '14:33:20'), 'night.log');
    expect(problems).toEqual([
      {
        severity: 'warning',
        code: 'time-without-date',
        message: 'expected times with their date, found none or no year: only their order and distance are true',
        file: 'night.log',
        line: 2,
      },
    ]);
  });

  it.each([
    ['the day', '2026-09-21.log', ['14:13:20', '14:23:20', '14:33:20']],
    ['its begin', 'night_20260921T141300Z.log', ['14:13:00', '14:23:00', '14:33:00'], AT - 20_000],
    ['its begin in another zone', 'night_20260921T121300Z.log', ['14:13:00', '14:23:00', '14:33:00'], AT - 7_220_000],
    ['its end', 'night_20260921T150700Z.log', ['14:13:20', '14:23:20', '14:33:20']],
    ['the year', '2026-09-22.log', ['Sep 21 14:13:20', 'Sep 21 14:23:20', 'Sep 21 14:33:20']],
    ['the begin of a count', 'night_20260921T141320Z.log', ['uptime: 600', 'uptime: 1200', 'uptime: 1800']],
  ])('have that of the path, which tells %s', async (_, name, lines, from = AT) => {
    const text = below(...lines);
    expect(await timesOf(text, name)).toEqual(tenMinutes(from));
    expect((await readFile(text, name)).problems).toEqual([]);
  });
});

it('the modification time says nothing of a snapshot above others that have a time', async () => {
  const times = await timesOf(`${snapshot}${below('2026-09-21 14:13:20', '2026-09-21 14:23:20')}`);
  expect(times.toSorted()).toEqual([AT, AT + 10 * MINUTE, undefined]);
});

describe('folders that are times of a series', () => {
  const hours = ['1300', '1330', '1400', '1430'];
  const files = (day: string): Record<string, string> =>
    Object.fromEntries(hours.map((hour) => [`${day}${hour}/smaps`, snapshot]));
  const half = (from: number): number[] => hours.map((_, i) => from + i * 30 * MINUTE);

  it('are of the day above them', async () => {
    const { snapshots, problems } = await readCaptures(captureTree(files('2026-09-21/')));
    expect(snapshots.map(({ context }) => context.takenAt)).toEqual(half(Date.UTC(2026, 8, 21, 13)));
    expect(snapshots.some(({ context }) => context.pid !== undefined)).toBe(false);
    expect(problems).toEqual([]);
  });

  it('say where they are of no day', async () => {
    const { snapshots, problems } = await readCaptures(captureTree(files('board-7/')));
    expect(snapshots.map(({ context }) => [context.device, context.takenAt])).toEqual(
      half(Date.UTC(1970, 0, 1, 13)).map((at) => ['board-7', at]),
    );
    expect(problems.map(({ code }) => code)).toEqual(hours.map(() => 'time-without-date'));
  });

  it('are so in an archive, too', async () => {
    const archive = await tarOfFiles(files('2026-09-21/'));
    const { snapshots } = await readCaptures(captureTree({ 'night.tar': archive }));
    expect(snapshots.map(({ context }) => context.takenAt)).toEqual(half(Date.UTC(2026, 8, 21, 13)));
  });
});
