import { describe, expect, it } from 'vitest';
import { dumpsysMeminfoProcess } from '../../../src/ingest/formats/dumpsys-meminfo-process.js';
import { KIB } from '../../../src/model/units.js';
import { readFile } from '../capture-tree.js';
import { readText } from '../read-text.js';
import { DUMP_HEADER, processDump, samplesIn, TABLES } from './dumpsys-text.js';

const OLD = { pss: 3790, privateDirty: 2938 };
const KITKAT = { ...OLD, swap: 162, uss: 2938 + 184 };
const NEW = { ...KITKAT, rss: 4296 };

describe('dumpsys-meminfo-process', () => {
  it.each([
    ['android12', NEW],
    ['android12a', NEW],
    ['android6', KITKAT],
    ['android4', OLD],
    ['android2', OLD],
  ] as const)('reads the table of %s', (version, totals) => {
    const text = `** MEMINFO in pid 7 [com.example.app] **\n${TABLES[version]}`;
    const { problems, rest } = readText(dumpsysMeminfoProcess, text);
    expect(samplesIn(dumpsysMeminfoProcess, text)).toEqual([
      { pid: 7, command: 'com.example.app', line: 1, ...totals },
    ]);
    expect({ problems, rest }).toEqual({ problems: [], rest: '' });
  });

  it('tells columns by their order where blanks were lost', () => {
    const text = processDump(7, 'a', TABLES.android12.replace(/ +/g, ' '));
    expect(samplesIn(dumpsysMeminfoProcess, text)).toEqual([{ pid: 7, command: 'a', line: 1, ...NEW }]);
  });

  it('reads many processes with all their details, and no number of these', () => {
    const text = DUMP_HEADER + processDump(7, 'com.example.app:remote') + processDump(8, 'system');
    const { problems, rest } = readText(dumpsysMeminfoProcess, text);
    expect(dumpsysMeminfoProcess.recognizes(text)).toBe(true);
    expect(samplesIn(dumpsysMeminfoProcess, text)).toMatchObject([
      { pid: 7, command: 'com.example.app:remote', line: 4, ...NEW },
      { pid: 8, command: 'system', ...NEW },
    ]);
    expect({ problems, rest }).toEqual({ problems: [], rest: '' });
  });

  it('leaves absent what is N/A', () => {
    const table = TABLES.android12.replace(/( +TOTAL +3790 +2938 +)184( +)162/, '$1N/A$2N/A');
    const text = `** MEMINFO in pid 7 [a] **\n${table}`;
    expect(samplesIn(dumpsysMeminfoProcess, text)).toEqual([{ pid: 7, command: 'a', line: 1, ...OLD, rss: 4296 }]);
  });

  it.each([
    ['TOTAL PSS:     3790            TOTAL RSS:     4296       TOTAL SWAP PSS:      162', { rss: 4296 }],
    ['TOTAL:     3790      TOTAL SWAP (KB):      162', {}],
  ])('reads the summary of -s: %s', (line, more) => {
    const text = `** MEMINFO in pid 7 [a] **\n App Summary\n                       Pss(KB)\n                        ------\n           Java Heap:      716\n \n           ${line}\n`;
    const { problems, rest } = readText(dumpsysMeminfoProcess, text);
    expect(samplesIn(dumpsysMeminfoProcess, text)).toEqual([
      { pid: 7, command: 'a', line: 1, pss: 3790, swap: 162, ...more },
    ]);
    expect({ problems, rest }).toEqual({ problems: [], rest: '' });
  });

  it('reads what is left of a dump that begins inside', async () => {
    const text = processDump(7, 'a').slice(processDump(7, 'a').indexOf(' App Summary'));
    expect(dumpsysMeminfoProcess.recognizes(text)).toBe(true);
    const { samples, problems, files } = await readFile(text);
    expect(samples.map(({ sample }) => sample)).toEqual([{ pss: 9999 * KIB, rss: 8888 * KIB, swap: 7777 * KIB }]);
    expect(problems.filter(({ severity }) => severity === 'error')).toMatchObject([
      { code: 'truncated-capture', line: 1 },
    ]);
    expect(files).toMatchObject([{ status: 'partial' }]);
  });

  it('makes no sample of a process without its totals', () => {
    const text = `${processDump(7, 'a', TABLES.android12.replace(/ +TOTAL.*\n/, '')).split(' \n Dalvik')[0]}${processDump(8, 'b')}`;
    const { problems } = readText(dumpsysMeminfoProcess, text);
    expect(samplesIn(dumpsysMeminfoProcess, text)).toMatchObject([{ pid: 8 }]);
    expect(problems).toMatchObject([{ code: 'truncated-capture', severity: 'error', line: 1 }]);
  });

  it('reports a row TOTAL with fewer cells than columns', () => {
    const text = `** MEMINFO in pid 7 [a] **\n${TABLES.android12.replace(/ +2098\n$/, '\n')}`;
    const { problems, readings } = readText(dumpsysMeminfoProcess, text);
    expect(readings).toEqual([]);
    expect(problems).toMatchObject([{ code: 'bad-value', line: 7 }]);
  });

  it('leaves other texts in the window', () => {
    const other = '  PID       Vss      Rss      Pss      Uss  cmdline\n';
    expect(readText(dumpsysMeminfoProcess, processDump(7, 'a') + other).rest).toBe(other);
  });

  it.each([
    '** Graphics info for pid 7 [com.example.app] **\n',
    '** MEMINFO in pid x [com.example.app] **\n',
    'Applications Memory Usage (in Kilobytes):\nUptime: 1 Realtime: 2\n\nTotal PSS by process:\n',
    ` a\n** MEMINFO in pid 7 [a] **\n`,
    ' App Summary\n of something else\n',
    '',
  ])('does not recognize %j', (text) => {
    expect(dumpsysMeminfoProcess.recognizes(text)).toBe(false);
  });

  it('keeps names whole', async () => {
    const { samples } = await readFile(processDump(7, 'com.example.app:remote') + processDump(8, '.dataservices'));
    expect(samples.map(({ context }) => [context.command, context.pid])).toEqual([
      ['com.example.app:remote', 7],
      ['.dataservices', 8],
    ]);
  });

  it('takes its time over no line of any length', () => {
    const long = [`A${' '.repeat(60_000)}x`, `TOTAL${' 1'.repeat(30_000)}x`, `  ${'a: '.repeat(20_000)}x`];
    const started = performance.now();
    for (const line of long) readText(dumpsysMeminfoProcess, processDump(7, 'a', line) + line);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
