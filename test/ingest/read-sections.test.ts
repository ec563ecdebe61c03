import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { CaptureFormat } from '../../src/ingest/format.js';
import { Ingest } from '../../src/ingest/ingest.js';
import { lineReader } from '../../src/ingest/line-reader.js';
import { totalsOf } from '../../src/model/memory.js';
import type { Problem } from '../../src/model/problem.js';
import { captureTree, type ReadCaptures, readFile } from './capture-tree.js';
import { processText } from './smaps-text.js';

const AT = Date.UTC(2026, 10, 23, 1, 6, 25);
const ONE = processText(100);
const TWO = processText(200);
const STATUS =
  'Name:\tsensord\nTgid:\t812\nPid:\t812\nVmSize:\t    3136 kB\nVmRSS:\t    2272 kB\nVmSwap:\t       0 kB\n';
const MEMINFO = 'MemTotal:       24684092 kB\nMemFree:        23021348 kB\nActive(anon):      12 kB\n';
const ROLLUP =
  '00400000-7fffa2bee000 ---p 00000000 00:00 0                          [rollup]\nRss:                2272 kB\nPss:                 916 kB\nPrivate_Clean:        12 kB\nPrivate_Dirty:       820 kB\nSwap:                  0 kB\nLocked:                0 kB\n';

/** Of each capture: its format, pid, time after AT in s, and Rss in kB. */
function outline({ captures }: ReadCaptures): unknown[] {
  return captures.map((capture) => {
    const { format, context } = capture;
    const rss =
      capture.type === 'snapshot' ? totalsOf(capture.table).rss : capture.type === 'sample' ? capture.sample.rss : 0;
    return [
      format,
      context.pid,
      context.takenAt === undefined ? undefined : (context.takenAt - AT) / 1000,
      (rss ?? 0) / 1024,
    ];
  });
}

describe('sections', () => {
  it.each([
    ['dates', `Mon Nov 23 01:06:25 UTC 2026\n${ONE}Mon Nov 23 01:06:26 UTC 2026\n${TWO}`, undefined],
    ['epochs', `1795395985\n${ONE}1795395986\n${TWO}`, undefined],
    ['banners', `==== 2026-11-23 01:06:25 pid=7 ====\n${ONE}\n==== 2026-11-23 01:06:26 pid=7 ====\n${TWO}`, 7],
    ['banners below dates', `1795395985\n==> /proc/7/smaps <==\n${ONE}\n1795395986\n==> /proc/7/smaps <==\n${TWO}`, 7],
    ['prompts', `1795395985\n# cat /proc/7/smaps\n${ONE}1795395986\n# cat /proc/7/smaps\n${TWO}`, 7],
    [
      'dates and grep -H',
      `1795395985\n${ONE.replace(/^(?=.)/gm, '/proc/7/smaps:')}1795395986\n${TWO.replace(/^(?=.)/gm, '/proc/7/smaps:')}`,
      7,
    ],
  ])('are divided by %s', async (_, text, pid) => {
    const read = await readFile(text);
    expect(outline(read)).toEqual([
      ['smaps', pid, 0, 112],
      ['smaps', pid, 1, 212],
    ]);
    expect(read.problems).toEqual([]);
    expect(read.files).toMatchObject([{ format: 'smaps', status: 'read', snapshots: 2 }]);
  });

  it.each([
    ['Jira', 'h3. ', '{noformat}\n', '{noformat}\n'],
    ['Markdown', '## ', '```console\n', '```\n'],
  ])('are divided by dates above what %s shows as code', async (_, mark, begin, end) => {
    const read = await readFile(
      `${mark}2026-11-23 01:06:25\n${begin}${ONE}${end}${mark}2026-11-23 01:06:26\n${begin}${TWO}${end}`,
    );
    expect(outline(read)).toEqual([
      ['smaps', undefined, 0, 112],
      ['smaps', undefined, 1, 212],
    ]);
    expect(read.problems).toEqual([]);
  });

  it('are divided by nothing but addresses that begin again', async () => {
    const read = await readFile(ONE + TWO + ONE);
    expect(outline(read)).toEqual([112, 212, 112].map((rss) => ['smaps', undefined, undefined, rss]));
    expect(read.captures.map(({ origin }) => origin.line)).toEqual([1, 40, 79]);
    expect(read.problems).toEqual([]);
  });

  it('of two processes are told apart by tail -n +1', async () => {
    const read = await readFile(`==> /proc/7/smaps <==\n${ONE}\n==> /proc/8/smaps <==\n${TWO}`);
    expect(outline(read).map((capture) => (capture as unknown[])[1])).toEqual([7, 8]);
  });

  it('of two processes are told apart by grep -H', async () => {
    const text = `${ONE.replace(/^(?=.)/gm, '/proc/7/smaps:')}${TWO.replace(/^(?=.)/gm, '/proc/8/smaps:')}`;
    expect(outline(await readFile(`1795395985\n${text}`))).toEqual([
      ['smaps', 7, 0, 112],
      ['smaps', 8, 0, 212],
    ]);
  });

  it('of which grep -H left one line of each process are told apart by their files', async () => {
    const round = '/proc/7/status:VmRSS:\t    1000 kB\n/proc/8/status:VmRSS:\t    2000 kB\n';
    expect(outline(await readFile(`1795395985\n${round}1795396045\n${round}`))).toEqual([
      ['status', 7, 0, 1000],
      ['status', 8, 0, 2000],
      ['status', 7, 60, 1000],
      ['status', 8, 60, 2000],
    ]);
  });

  it('of several formats follow each other without separators', async () => {
    const read = await readFile(
      `1795395985\n${ONE}${STATUS}${MEMINFO}${ROLLUP}1795395986\n${TWO}${STATUS}${MEMINFO}${ROLLUP}`,
    );
    expect(outline(read)).toEqual([
      ['smaps', undefined, 0, 112],
      ['status', 812, 0, 2272],
      ['meminfo', undefined, 0, 0],
      ['smaps_rollup', undefined, 0, 2272],
      ['smaps', undefined, 1, 212],
      ['status', 812, 1, 2272],
      ['meminfo', undefined, 1, 0],
      ['smaps_rollup', undefined, 1, 2272],
    ]);
    expect(read.problems).toEqual([]);
    expect(read.files).toMatchObject([{ format: 'smaps+status+meminfo+smaps_rollup', status: 'read' }]);
  });

  it('survive lines of noise between fields, and count them', async () => {
    const noise = '[ 1180.040713] usb 1-1: new high-speed USB device number 3 using ci_hdrc\n';
    const read = await readFile(ONE.replaceAll('Swap:', `${noise}Swap:`));
    expect(outline(read)).toMatchObject([['smaps', undefined, expect.anything(), 112]]);
    expect(read.snapshots[0]?.truncated).toBeUndefined();
    expect(read.problems).toMatchObject(
      [{ code: 'time-from-modification' }, { code: 'unexplained-lines', severity: 'warning', line: 11 }].toSorted(
        (a, b) => b.code.localeCompare(a.code),
      ),
    );
    expect(read.files).toMatchObject([{ status: 'read' }]);
  });

  it('that begin inside a snapshot make no sample of it', async () => {
    const read = await readFile(`${ONE.slice(ONE.indexOf('Pss'))}${TWO}`);
    expect(read.snapshots.map(({ truncated, table }) => [truncated, table.count])).toEqual([
      [true, 2],
      [undefined, 3],
    ]);
    expect(read.problems.filter(({ severity }) => severity === 'error')).toMatchObject([{ code: 'truncated-capture' }]);
  });

  it('that lose a header in their middle make no sample of it', async () => {
    const lines = ONE.split('\n');
    lines.splice(13, 1);
    const read = await readFile(lines.join('\n') + TWO);
    expect(read.snapshots.map(({ truncated, table }) => [truncated, table.count])).toEqual([
      [true, 2],
      [undefined, 3],
    ]);
  });

  it('of no known format are passed over', async () => {
    const read = await readFile(`Hello\n${ONE}Bye\n`);
    expect(outline(read)).toHaveLength(1);
    expect(read.problems).toContainEqual(expect.objectContaining({ code: 'unexplained-lines', line: 1 }));
  });

  it('that two formats claim are read by neither', async () => {
    const format = (id: string): CaptureFormat => ({
      id,
      name: id,
      specification: '',
      howToCapture: '',
      recognizes: (head) => head.startsWith('x'),
      open: () => lineReader({ line: () => true, end: () => undefined }),
    });
    const problems: Problem[] = [];
    const root = captureTree({ file: 'x\n' });
    const sink = {
      capture: () => undefined,
      file: () => undefined,
      problem: (problem: Problem) => problems.push(problem),
    };
    await new Ingest([format('a'), format('b')], sink).read({
      absolute: `${root}/file`,
      path: 'file',
      below: 'file',
      rootName: 'r',
    });
    expect(problems).toMatchObject([{ code: 'ambiguous-format', line: 1 }]);
  });
});

describe('the series of samples/smaps', () => {
  const folder = new URL('../../samples/smaps/', import.meta.url);
  it.each([
    ['series.log', 5, 1],
    ['series-bare.log', 4, 1],
    ['series-banner.log', 2, 2],
    ['grep-h.log', 2, 2],
  ])('%s has %i snapshots of %i processes', async (name, snapshots, processes) => {
    expect(readdirSync(folder)).toContain(name);
    const read = await readFile(readFileSync(new URL(name, folder)), name);
    expect(read.snapshots).toHaveLength(snapshots);
    const pids = new Set(read.snapshots.map(({ context }) => context.pid));
    expect(pids.size).toBe(processes);
    expect(read.snapshots.every(({ table }) => table.count > 20)).toBe(true);
    if (name.startsWith('series') && processes === 1) {
      const rss = read.snapshots.map(({ table }) => totalsOf(table).rss ?? 0);
      expect(rss.slice(1).map((value, i) => value - (rss[i] ?? 0))).toEqual(Array(snapshots - 1).fill(12 * 1024));
    }
    const times = read.snapshots.map(({ context }) => context.takenAt).filter((time) => time !== undefined);
    if (name === 'series.log') expect(new Set(times).size).toBe(5);
    if (name === 'series-bare.log') expect(times).toEqual([]);
  });
});
