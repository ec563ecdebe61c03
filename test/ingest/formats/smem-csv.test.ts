import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Reading } from '../../../src/ingest/format.js';
import { smemCsv } from '../../../src/ingest/formats/smem-csv.js';
import { KIB } from '../../../src/model/units.js';
import { expectGoldenJson } from '../../golden.js';
import { readText } from '../read-text.js';

const SAMPLES = fileURLToPath(new URL('../../../samples/smem/', import.meta.url));
const HEADER = 'PID,User,Command,Swap,USS,PSS,RSS\n';

function rowsOf(readings: readonly Reading[]): unknown[] {
  return readings.map((reading) =>
    reading.type === 'sample' ? { line: reading.origin.line, ...reading.says, ...reading.sample } : reading.type,
  );
}

describe('smem-csv', () => {
  for (const name of readdirSync(SAMPLES).filter((file) => /\.[ct]sv$/.test(file))) {
    it(`reads samples/smem/${name}`, () => {
      const text = readFileSync(SAMPLES + name, 'utf8');
      expect(smemCsv.recognizes(text)).toBe(true);
      const { readings, problems, rest } = readText(smemCsv, text);
      expect(rest).toBe('');
      expectGoldenJson(`smem-csv/${name}.json`, { rows: rowsOf(readings), problems });
    });
  }

  it.each([
    [',', 'PID,User,Command,Swap,USS,PSS,RSS\n7,root,./a.out,0,68,76,1028\n'],
    [';', 'PID;User;Command;Swap;USS;PSS;RSS\n7;root;./a.out;0;68;76;1028\n'],
    ['tab', 'PID\tUser\tCommand\tSwap\tUSS\tPSS\tRSS\n7\troot\t./a.out\t0\t68\t76\t1028\n'],
    ['|', 'PID|User|Command|Swap|USS|PSS|RSS\n7|root|./a.out|0|68|76|1028\n'],
  ])('finds the delimiter %s', (_, text) => {
    expect(smemCsv.recognizes(text)).toBe(true);
    expect(rowsOf(readText(smemCsv, text).readings)).toEqual([
      { line: 2, pid: 7, command: './a.out', swap: 0, uss: 68 * KIB, pss: 76 * KIB, rss: 1028 * KIB },
    ]);
  });

  it.each([
    ['pid,name,uss(kB),pss\n', { uss: 2 * KIB }],
    ['pid,name,USS KiB,pss\n', { uss: 2 * KIB }],
    ['pid,name,uss_mb,pss\n', { uss: 2 * KIB * KIB }],
    ['pid,name,USS [bytes],rss,pss\n', { uss: 2 }],
  ])('honours the unit in %j', (header, expected) => {
    const row = header.includes('rss') ? '7,a,2,1,1\n' : '7,a,2,1\n';
    const text = header.includes('rss') ? header + row : header.replace('pss', 'pss,rss') + row.replace('\n', ',1\n');
    expect(smemCsv.recognizes(text)).toBe(true);
    expect(rowsOf(readText(smemCsv, text).readings)).toMatchObject([expected]);
  });

  it.each([
    ['2026-11-23T02:18:33Z', '2026-11-23T02:18:33.000Z'],
    ['2026-11-23 02:18:33', '2026-11-23T02:18:33.000Z'],
    ['20261123T021833Z', '2026-11-23T02:18:33.000Z'],
    ['2026-11-23T03:18:33.25+01:00', '2026-11-23T02:18:33.250Z'],
    ['1795400313', '2026-11-23T02:18:33.000Z'],
    ['1795400313250', '2026-11-23T02:18:33.250Z'],
  ])('reads the time %s', (time, expected) => {
    const { readings } = readText(smemCsv, `time,pid,command,uss,rss\n${time},7,a,1,2\n`);
    expect(new Date(readings[0]?.says.takenAt ?? 0).toISOString()).toBe(expected);
  });

  it.each(['2026-02-30T00:00:00Z', 'noon', '12', '2026-13-01 00:00:00'])(
    'reports the time %s and keeps the row',
    (time) => {
      const { readings, problems } = readText(smemCsv, `time,pid,command,uss,rss\n${time},7,a,1,2\n`);
      expect(readings).toHaveLength(1);
      expect(readings[0]?.says).not.toHaveProperty('takenAt');
      expect(problems).toMatchObject([{ code: 'bad-value', line: 2 }]);
    },
  );

  it('gives each row the line in the file, over blank lines and repeated headers', () => {
    const { readings } = readText(smemCsv, `${HEADER}7,root,a,0,1,2,3\n\n${HEADER}\n7,root,a,0,2,3,4\n`);
    expect(readings.map((reading) => reading.origin.line)).toEqual([2, 6]);
  });

  it('takes a later header that has other columns', () => {
    const { readings } = readText(smemCsv, `${HEADER}7,root,a,0,1,2,3\nRSS,PID,USS\n30,7,10\n`);
    expect(rowsOf(readings)).toMatchObject([{ rss: 3 * KIB }, { rss: 30 * KIB, uss: 10 * KIB }]);
  });

  it('gives unquoted delimiters to the command', () => {
    const { readings, problems } = readText(smemCsv, `${HEADER}7,root,/opt/a, 1, 2,0,1,2,3\n`);
    expect(rowsOf(readings)).toMatchObject([{ command: '/opt/a,1,2', rss: 3 * KIB }]);
    expect(problems).toEqual([]);
  });

  it('reports a row broken by a line feed in quotes, and reads on', () => {
    const { readings, problems, rest } = readText(smemCsv, `${HEADER}7,root,"a\nb",0,1,2,3\n8,root,c,0,1,2,3\n`);
    expect(readings.map((reading) => reading.says.pid)).toEqual([8]);
    expect(problems.map(({ code, line }) => [code, line])).toEqual([
      ['bad-value', 2],
      ['bad-value', 3],
    ]);
    expect(rest).toBe('');
  });

  it('reports a row with too few cells, and reads on', () => {
    const { readings, problems } = readText(smemCsv, `${HEADER}7,root,a,0\n8,root,c,0,1,2,3\n`);
    expect(readings.map((reading) => reading.says.pid)).toEqual([8]);
    expect(problems).toMatchObject([{ code: 'bad-value', line: 2 }]);
  });

  it('makes no amount of percentages, and says so once', () => {
    const { readings, problems } = readText(
      smemCsv,
      `${HEADER}7,root,a,0,0.01%,0.02%,0.02%\n8,root,a,0,0.01%,0.02%,0.02%\n`,
    );
    expect(readings).toEqual([]);
    expect(problems).toMatchObject([{ code: 'bad-value', line: 2 }]);
  });

  it('leaves an empty cell absent', () => {
    const { readings } = readText(smemCsv, `${HEADER}7,root,a,,1,2,3\n`);
    expect(rowsOf(readings)[0]).not.toHaveProperty('swap');
  });

  it('reads no number beyond what is exact', () => {
    const { readings, problems } = readText(smemCsv, `${HEADER}7,root,a,0,99999999999999999999,2,3\n`);
    expect(readings).toEqual([]);
    expect(problems).toMatchObject([{ code: 'bad-value', line: 2 }]);
  });

  it('marks a command of 27 characters, not a longer one', () => {
    const at27 = '/usr/lib/at-spi2-core/at-sp';
    const { readings } = readText(smemCsv, `${HEADER}7,r,${at27},0,1,2,3\n8,r,${at27}i,0,1,2,3\n`);
    expect(readings.map((reading) => reading.says.commandMayBeCut)).toEqual([true, undefined]);
  });

  it.each([
    ['blanks', '  PID User     Command                         Swap      USS      PSS      RSS \n'],
    ['a table of mappings', 'map,pids,avgpss,pss\n'],
    ['ps as CSV', 'pid,rss,command\n'],
    ['no header', '9022,root,/opt/demo/leak-example,0,188,242,1192\n'],
    ['prose', 'PSS, USS, RSS and what they mean\n'],
  ])('does not recognize %s', (_, text) => {
    expect(smemCsv.recognizes(text)).toBe(false);
  });
});
