import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { smem } from '../../../src/ingest/formats/smem.js';
import { KIB } from '../../../src/model/units.js';
import { readFile } from '../capture-tree.js';
import { readText } from '../read-text.js';

const SAMPLES = new URL('../../../samples/smem/', import.meta.url);
const sample = (name: string): string => readFileSync(new URL(name, SAMPLES), 'utf8');

/** Rows with smem's own format strings. */
function rowsOf(
  ...rows: readonly (readonly [pid: number, user: string, command: string, ...amounts: number[]])[]
): string {
  return rows
    .map(([pid, user, command, ...amounts]) => {
      const name = command.slice(0, 27).padEnd(27);
      const cells = amounts.map((amount) => String(amount).padStart(8));
      return `${[String(pid).padStart(5), user.padEnd(8), name, ...cells].join(' ')} \n`;
    })
    .join('');
}

const samplesOf = (text: string): unknown[] =>
  readText(smem, text).readings.flatMap((reading) =>
    reading.type === 'sample' ? [{ ...reading.says, ...reading.sample }] : [],
  );

describe('smem -H', () => {
  it('says what the same table says with its header', () => {
    const table = sample('default.txt');
    const rows = table.slice(table.indexOf('\n') + 1);
    expect(smem.recognizes(rows)).toBe(true);
    expect(samplesOf(rows)).toEqual(samplesOf(table));
    expect(samplesOf(rows).length).toBeGreaterThan(3);
  });

  it('takes units and a line of totals', () => {
    for (const name of ['kib.txt', 'totals.txt']) {
      const table = sample(name);
      const { readings, rest, problems } = readText(smem, table.slice(table.indexOf('\n') + 1));
      expect(readings.length).toBe(readText(smem, table).readings.length);
      expect({ rest, problems }).toEqual({ rest: '', problems: [] });
    }
  });

  it('takes wide pids and users, which push the rest, and commands with blanks and numbers', () => {
    const text = rowsOf(
      [1_234_567, 'systemd-network', '/usr/bin/sleep 100 200 300 400', 0, 4, 40, 1000],
      [7, 'root', 'a 1 2 3 4', 12, 4, 40, 123_456_789],
    );
    expect(smem.recognizes(text)).toBe(true);
    expect(samplesOf(text)).toEqual([
      {
        pid: 1_234_567,
        command: '/usr/bin/sleep 100 200 300',
        swap: 0,
        uss: 4 * KIB,
        pss: 40 * KIB,
        rss: 1000 * KIB,
      },
      { pid: 7, command: 'a 1 2 3 4', swap: 12 * KIB, uss: 4 * KIB, pss: 40 * KIB, rss: 123_456_789 * KIB },
    ]);
  });

  it('reads one row for each date', async () => {
    const row = rowsOf([812, 'root', '/usr/bin/sensord', 0, 188, 246, 1192]);
    const { samples, problems } = await readFile(
      `Mon Nov 23 02:18:33 UTC 2026\n${row}Mon Nov 23 02:19:33 UTC 2026\n${row.replace('188', '200')}`,
    );
    expect(samples.map(({ context, sample }) => [context.takenAt, sample.uss])).toEqual([
      [Date.UTC(2026, 10, 23, 2, 18, 33), 188 * KIB],
      [Date.UTC(2026, 10, 23, 2, 19, 33), 200 * KIB],
    ]);
    expect(problems).toEqual([]);
  });

  it('needs two rows where the blanks at their ends are gone', () => {
    const row = rowsOf([812, 'root', '/usr/bin/sensord', 0, 188, 246, 1192]).replace(/ $/m, '');
    expect(smem.recognizes(row)).toBe(false);
    expect(smem.recognizes(row + row)).toBe(true);
  });

  it.each([
    [
      'no swap',
      [
        [1, 'root', 'a', 4, 40, 1000],
        [2, 'root', 'b', 8, 44, 1004],
      ],
    ],
    [
      'RSS before PSS',
      [
        [1, 'root', 'a', 0, 4, 1000, 40],
        [2, 'root', 'b', 0, 8, 1004, 44],
      ],
    ],
    [
      'USS PSS RSS VSS, all in the order that Swap USS PSS RSS may have',
      [
        [1, 'root', 'a', 4, 40, 1000, 5000],
        [2, 'root', 'b', 8, 44, 1004, 9000],
      ],
    ],
  ] as const)('of other columns it says only that they cannot be told: %s', async (_, rows) => {
    const text = rowsOf(...rows.map((row) => row as unknown as [number, string, string]));
    expect(smem.recognizes(text)).toBe(true);
    const { samples, problems, files } = await readFile(text);
    expect(samples).toEqual([]);
    expect(problems).toMatchObject([{ code: 'bad-value', severity: 'error', line: 1 }]);
    expect(problems[0]?.message).toContain('capture without -H');
    expect(files[0]?.lines).toEqual({ read: 2, used: 0, ignored: 0, reported: 2 });
  });

  it('a row among many that contradicts the columns is reported, the others count', () => {
    const rows = Array.from({ length: 50 }, (_, i) => [i + 1, 'root', 'a', 0, 4, i === 45 ? 2 : 40, 1000] as const);
    const { readings, problems } = readText(smem, rowsOf(...rows));
    expect(readings.length).toBe(49);
    expect(problems).toMatchObject([{ code: 'bad-value', line: 46 }]);
  });

  it('a table with a header behind it goes on by its header', () => {
    const bare = rowsOf([812, 'root', '/usr/bin/sensord', 0, 188, 246, 1192]);
    expect(samplesOf(bare + sample('columns.txt'))).toEqual([...samplesOf(bare), ...samplesOf(sample('columns.txt'))]);
  });

  it.each([
    // ps -o pid,user,args,rss; top -b; procrank; a table of numbers; a row cut short
    '  812 root     /usr/bin/sensord               1192\n  813 root     /usr/bin/sensord               1192\n',
    '  812 root      20   0    2596   1192    896 S   0.0   0.1   0:00.01 sensord\n  813 root      20   0    2596   1192    896 S   0.0   0.1   0:00.01 b\n',
    '  812     2596K    1192K     246K     188K  /usr/bin/sensord\n  813     2596K    1192K     246K     188K  b\n',
    '    1        2        3        4        5\n    1        2        3        4        5\n',
    '  812 root     /usr/bin/sensord               \n',
  ])('does not recognize %j', (text) => {
    expect(smem.recognizes(text)).toBe(false);
  });
});
