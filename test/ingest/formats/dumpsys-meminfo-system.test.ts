import { describe, expect, it } from 'vitest';
import { dumpsysMeminfoSystem } from '../../../src/ingest/formats/dumpsys-meminfo-system.js';
import { readFile } from '../capture-tree.js';
import { readText } from '../read-text.js';
import { DUMP_HEADER, PSS_TABLE, processDump, RSS_TABLE, SYSTEM_REST, samplesIn } from './dumpsys-text.js';

describe('dumpsys-meminfo-system', () => {
  it('joins the tables of RSS and PSS by pid, and counts no row of the others', () => {
    const text = `${DUMP_HEADER}${RSS_TABLE}${PSS_TABLE}${SYSTEM_REST}`;
    const { problems, rest } = readText(dumpsysMeminfoSystem, text);
    expect(dumpsysMeminfoSystem.recognizes(text)).toBe(true);
    expect(samplesIn(dumpsysMeminfoSystem, text)).toEqual([
      { line: 5, pid: 2611, command: 'com.example.app', rss: 553_516, pss: 1_269_662, swap: 1_282_633 },
      { line: 6, pid: 625, command: 'system', rss: 14_020, pss: 11_020, swap: 0 },
      { line: 11, pid: 700, command: '.dataservices', pss: 1020 },
    ]);
    expect({ problems, rest }).toEqual({ problems: [], rest: '' });
  });

  it.each([
    ['   79963 kB: com.example.app (pid 2611 / activities)', { pss: 79_963 }],
    ['    79,963K: com.example.app (pid 2611)(    1,234K in swap)', { pss: 79_963, swap: 1234 }],
    ['    79,963K: com.example.app(pid 2611 / activities)', { pss: 79_963 }],
    ['    79,963K: com.example.app (pid 2611 user 10)', { pss: 79_963 }],
  ])('reads the row %j', (row, totals) => {
    expect(samplesIn(dumpsysMeminfoSystem, `Total PSS by process:\n${row}\n`)).toEqual([
      { line: 2, pid: 2611, command: 'com.example.app', ...totals },
    ]);
  });

  it('takes the same table again for the next dump', () => {
    const next = PSS_TABLE.replace('1,269,662K', '1,300,000K');
    expect(samplesIn(dumpsysMeminfoSystem, PSS_TABLE + next)).toMatchObject([
      { pid: 2611, pss: 1_269_662 },
      { pid: 625 },
      { pid: 700 },
      { pid: 2611, pss: 1_300_000 },
      { pid: 625 },
      { pid: 700 },
    ]);
  });

  it('does not take rows that are no processes, nor amounts that are not exact', () => {
    for (const row of ['    79,963K: .so mmap', '    99999999999999999999K: a (pid 7)', '    1K: (pid 7)']) {
      const { readings, rest } = readText(dumpsysMeminfoSystem, `Total PSS by process:\n${row}\n`);
      expect(readings, row).toEqual([]);
      expect(rest, row).toBe(`${row}\n`);
    }
  });

  it('follows the tables of single processes in one dump', async () => {
    const { samples, files, problems } = await readFile(
      `Mon Nov 23 01:06:25 UTC 2026\n${DUMP_HEADER}${processDump(2611, 'com.example.app')}${PSS_TABLE}${SYSTEM_REST}`,
    );
    expect(files).toMatchObject([{ format: 'dumpsys-meminfo-process+dumpsys-meminfo-system', status: 'read' }]);
    expect(samples.map(({ format, context }) => [format, context.pid, context.command])).toEqual([
      ['dumpsys-meminfo-process', 2611, 'com.example.app'],
      ['dumpsys-meminfo-system', 2611, 'com.example.app'],
      ['dumpsys-meminfo-system', 625, 'system'],
      ['dumpsys-meminfo-system', 700, '.dataservices'],
    ]);
    expect(problems).toEqual([]);
  });

  it.each(['Total PSS by user:\n', 'x\nTotal PSS by process:\n', DUMP_HEADER, `${DUMP_HEADER}${processDump(7, 'a')}`])(
    'does not recognize %j',
    (text) => {
      expect(dumpsysMeminfoSystem.recognizes(text)).toBe(false);
    },
  );

  it('takes its time over no line of any length', () => {
    const long = ['(pid 1'.repeat(10_000), `${' '.repeat(60_000)}x`, `a (pid 1) ${'( 1K in swa'.repeat(5000)}`];
    const started = performance.now();
    for (const line of long) readText(dumpsysMeminfoSystem, `Total PSS by process:\n  1K: ${line}\n`);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
