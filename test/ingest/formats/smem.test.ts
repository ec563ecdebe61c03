import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Reading } from '../../../src/ingest/format.js';
import { smem } from '../../../src/ingest/formats/smem.js';
import { KIB } from '../../../src/model/units.js';
import { expectGoldenJson } from '../../golden.js';
import { readText } from '../read-text.js';

const SAMPLES = fileURLToPath(new URL('../../../samples/smem/', import.meta.url));
const HEADER = '  PID User     Command                         Swap      USS      PSS      RSS \n';
const ROW = ' 9022 root     /opt/demo/leak-example             0      188      246     1192 \n';

function rowsOf(readings: readonly Reading[]): unknown[] {
  return readings.map((reading) =>
    reading.type === 'sample' ? { line: reading.origin.line, ...reading.says, ...reading.sample } : reading.type,
  );
}

describe('smem', () => {
  for (const name of readdirSync(SAMPLES).filter((file) => file.endsWith('.txt') && !/loop-dated/.test(file))) {
    it(`reads samples/smem/${name}`, () => {
      const text = readFileSync(SAMPLES + name, 'utf8');
      expect(smem.recognizes(text.slice(0, 4096))).toBe(true);
      const { readings, problems, rest } = readText(smem, text);
      expect(rest).toBe('');
      expectGoldenJson(`smem/${name.replace('.txt', '.json')}`, { rows: rowsOf(readings), problems });
    });
  }

  it('leaves a date line between two rounds to the driver', () => {
    const dated = readFileSync(`${SAMPLES}loop-dated.txt`, 'utf8');
    const { readings, rest } = readText(smem, dated.slice(dated.indexOf('\n') + 1));
    expect(rowsOf(readings)).toEqual([
      {
        line: 2,
        pid: 9022,
        command: '/opt/demo/leak-example',
        swap: 0,
        uss: 200 * KIB,
        pss: 258 * KIB,
        rss: 1204 * KIB,
      },
    ]);
    expect(rest.startsWith('Mon ')).toBe(true);
  });

  it('tells rounds apart by their lines', () => {
    const { readings } = readText(smem, `${HEADER}${ROW}\n${HEADER}${ROW.replace('188', '200')}`);
    expect(readings.map((reading) => reading.origin.line)).toEqual([2, 5]);
  });

  it('finds the columns by the header, in any order', () => {
    const { readings } = readText(
      smem,
      '  PID      PSS Command                     \n   14      163 sleep 80                    \n',
    );
    expect(rowsOf(readings)).toEqual([{ line: 2, pid: 14, command: 'sleep 80', pss: 163 * KIB }]);
  });

  it('takes a name with blanks and digits beside a command', () => {
    const { readings } = readText(
      smem,
      '  PID User     Name                     Command                          USS \n' +
        '    7 root     pool 2 12                /opt/demo/a 7 9                  132 \n',
    );
    expect(rowsOf(readings)).toEqual([{ line: 2, pid: 7, command: '/opt/demo/a 7 9', uss: 132 * KIB }]);
  });

  it('takes a name behind the amounts, as smem2 puts it', () => {
    const { readings, problems } = readText(
      smem,
      '  PID User     Command                         Swap      USS      PSS      RSS Name            \n' +
        '-----------------------------------------------------------------------------------------------\n' +
        '    6 nobody   sleep 60                           0      144      230     1760 a 1 2 3 4 5     \n',
    );
    expect(rowsOf(readings)).toEqual([
      { line: 3, pid: 6, command: 'sleep 60', swap: 0, uss: 144 * KIB, pss: 230 * KIB, rss: 1760 * KIB },
    ]);
    expect(problems).toEqual([]);
  });

  it('marks a command that fills its 27 columns', () => {
    const { readings } = readText(
      smem,
      `${HEADER}    2 root     bash /mnt/research/tools/in        0      132      285     1644 \n${ROW}`,
    );
    expect(readings.map((reading) => reading.says.commandMayBeCut)).toEqual([true, undefined]);
  });

  it('reads amounts wider than their columns', () => {
    const { readings } = readText(
      smem,
      `${HEADER}4194303 longusername /opt/demo/leak-example             0 12345678 123456789 1234567890 \n`,
    );
    expect(rowsOf(readings)).toEqual([
      {
        line: 2,
        pid: 4194303,
        command: '/opt/demo/leak-example',
        swap: 0,
        uss: 12345678 * KIB,
        pss: 123456789 * KIB,
        rss: 1234567890 * KIB,
      },
    ]);
  });

  it('joins a row that a line feed in the command broke', () => {
    const { readings, problems } = readText(
      smem,
      `${HEADER}   14 root     a\tTab\nNL  80                 0      108      163     1812 \n${ROW}`,
    );
    expect(readings.map((reading) => [reading.origin.line, reading.says.pid, reading.says.command])).toEqual([
      [2, 14, 'a\tTab\nNL  80'],
      [4, 9022, '/opt/demo/leak-example'],
    ]);
    expect(problems).toEqual([]);
  });

  it('takes the rest of a command in the last column as its own', () => {
    const { readings, rest } = readText(
      smem,
      '  PID      PSS Command                     \n   14      163 a\tTab\nNL  80          \n   31      166 sleep 80                    \n',
    );
    expect(readings.map((reading) => reading.says.pid)).toEqual([14, 31]);
    expect(rest).toBe('');
  });

  it('reports a row that is cut, and reads on', () => {
    const { readings, problems } = readText(smem, `${HEADER}   14 root     sleep 80      \n${ROW}`);
    expect(readings).toHaveLength(1);
    expect(problems).toMatchObject([{ code: 'bad-value', severity: 'warning', line: 2 }]);
  });

  it('takes decimals without a unit for an amount that is cut', () => {
    const row = '24833 qemu     /usr/bin/qemu-system-x86_64        0    71.6M    74.3M    105.2\n';
    const { readings, problems } = readText(smem, HEADER + row);
    expect(readings).toEqual([]);
    expect(problems).toMatchObject([{ code: 'bad-value', line: 2 }]);
  });

  it('makes no amount of a percentage, and says so once', () => {
    const row = ' 9022 root     /opt/demo/leak-example             0    0.00%    0.00%    0.01% \n';
    const { readings, problems } = readText(smem, HEADER + row + row);
    expect(readings).toEqual([]);
    expect(problems).toMatchObject([{ code: 'bad-value', line: 2 }]);
    expect(problems[0]?.message).toContain('capture without -p');
  });

  it('leaves out what is N/A and keeps the rest', () => {
    const { readings } = readText(smem, HEADER + ROW.replace('          0 ', '        N/A '));
    expect(rowsOf(readings)).toMatchObject([{ uss: 188 * KIB }]);
    expect(rowsOf(readings)[0]).not.toHaveProperty('swap');
  });

  it('takes no totals for a process where the rule above them was left out', () => {
    const totals = '  110 6                                      281.6M     2.0G     2.0G     2.3G\n';
    const { readings, problems, rest } = readText(smem, HEADER + totals);
    expect([readings, problems, rest]).toEqual([[], [], '']);
  });

  it('passes over the totals, whatever their unit', () => {
    const rule = `${'-'.repeat(79)}\n`;
    const totals = '   33 2                                           0   378.7M   585.0M     1.2G \n';
    const { readings, problems, rest } = readText(smem, HEADER + ROW + rule + totals + HEADER + ROW);
    expect(readings.map((reading) => reading.says.pid)).toEqual([9022, 9022]);
    expect([problems, rest]).toEqual([[], '']);
  });

  it('passes over the views that are not of processes', () => {
    const views = [
      'Map                                       PIDs   AVGPSS      PSS \n[vsyscall]                                  32        0        0 \n',
      'User     Count     Swap      USS      PSS      RSS \nroot        29        0   403.0M   589.4M     1.2G \n',
      'Area                           Used      Cache   Noncache \nuserspace memory             652768     199704     453064 \n',
      'Command                      PIDs     Swap      USS      PSS      RSS \nperl                            2        0     1976    26750    53932 \n',
    ];
    for (const view of views) {
      expect(smem.recognizes(view)).toBe(true);
      expect(readText(smem, view)).toEqual({ readings: [], problems: [], rest: '' });
    }
  });

  it('does not mind what stty says before the header', () => {
    const text = `stty: 'standard input': Inappropriate ioctl for device\n${HEADER}${ROW}`;
    expect(smem.recognizes(text)).toBe(true);
    expect(readText(smem, text).readings).toHaveLength(1);
  });

  it('stops at a line that is not its own', () => {
    expect(readText(smem, `${HEADER}${ROW}done.\n`).rest).toBe('done.\n');
  });

  it.each([
    ['ps', '    PID   RSS\n   1234  5678\n'],
    ['ps aux', 'USER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND\n'],
    ['procrank', '  PID       Vss      Rss      Pss      Uss  cmdline\n'],
    ['top', '    PID USER      PR  NI    VIRT    RES    SHR S  %CPU  %MEM     TIME+ COMMAND\n'],
    ['tabs', 'PID\tUser\tCommand\tSwap\tUSS\tPSS\tRSS\n'],
    ['prose', 'PSS and USS of Command PID\n'],
    ['a title', 'User\n'],
  ])('does not recognize %s', (_, text) => {
    expect(smem.recognizes(text)).toBe(false);
  });
});
