import { describe, expect, it } from 'vitest';
import { bugreport } from '../../../src/ingest/formats/bugreport.js';
import { KIB } from '../../../src/model/units.js';
import { readFile } from '../capture-tree.js';
import { processText } from '../smaps-text.js';
import { PSS_TABLE, processDump, SYSTEM_REST } from './dumpsys-text.js';

// As dumpstate prints it; the content is made up.
const HEAD = `${'='.repeat(56)}\n== dumpstate: 2012-04-25 18:30:27\n${'='.repeat(56)}\n\nBuild: EXAMPLE\nNetwork: (unknown)\n\n`;
const NOISE = `------ SYSTEM LOG (logcat -v threadtime -d *:v) ------
04-25 09:55:47.799  3064  3082 E AndroidRuntime: java.lang.Exception
Total: 7 kB
Name: something
Mon Nov 23 01:06:25 UTC 2026
==== 2026-11-23 01:06:26 pid=99 ====

------ VM TRACES AT LAST ANR (/data/anr/traces.txt: 2012-04-25 17:17:08) ------
----- pid 2887 at 2012-04-25 17:17:08 -----
Cmd line: com.example.app

`;
const MEMINFO =
  '------ MEMORY INFO (/proc/meminfo) ------\nMemTotal:         353332 kB\nMemFree:           65420 kB\n\n';
const AT = Date.UTC(2012, 3, 25, 18, 30, 27);

describe('bugreport', () => {
  it('reads what is known inside, at the time of the report, and ignores all else by rule', async () => {
    const { samples, files, problems } = await readFile(
      `${HEAD}${MEMINFO}${NOISE}------ DUMPSYS (dumpsys) ------\nDUMP OF SERVICE meminfo:\n${processDump(2611, 'com.example.app')}\nDUMP OF SERVICE wifi:\nTotal: 12\n${NOISE}`,
    );
    expect(problems).toEqual([]);
    expect(files).toMatchObject([{ format: 'bugreport+meminfo+dumpsys-meminfo-process', status: 'read' }]);
    expect(samples).toMatchObject([
      {
        type: 'sample',
        context: { pid: 2611, command: 'com.example.app', takenAt: AT, sources: { takenAt: 'header' } },
        sample: { pss: 3790 * KIB },
      },
    ]);
  });

  it('takes pid and command from the title of a process', async () => {
    const smaps = processText(100);
    const { snapshots, problems } = await readFile(
      `${HEAD}------ SHOW MAP 812 (/system/bin/netd) (showmap -q 812) ------\n${smaps}\n------ SMAPS (/proc/813/smaps) ------\n${smaps}\n${NOISE}`,
    );
    expect(snapshots.map(({ context }) => [context.pid, context.takenAt])).toEqual([
      [812, AT],
      [813, AT],
    ]);
    expect(snapshots[0]?.context.command).toBe('netd');
    expect(problems.filter(({ code }) => code === 'unexplained-lines')).toEqual([]);
  });

  it('reads one report after the other', async () => {
    const dumpsys = `DUMP OF SERVICE meminfo:\n${PSS_TABLE}${SYSTEM_REST}`;
    const next = HEAD.replace('18:30:27', '19:30:27');
    const { samples } = await readFile(`${HEAD}${dumpsys}${NOISE}${next}${dumpsys}`);
    expect(samples.map(({ context }) => [context.pid, context.takenAt])).toEqual(
      [AT, AT + 3_600_000].flatMap((at) => [2611, 625, 700].map((pid) => [pid, at])),
    );
  });

  it('knows a report of which the first line is missing', async () => {
    const { files, samples, problems } = await readFile(
      `${HEAD.slice(HEAD.indexOf('\n') + 1)}${NOISE}DUMP OF SERVICE HIGH meminfo:\n${PSS_TABLE}${SYSTEM_REST}`,
    );
    expect(files).toMatchObject([{ format: 'bugreport+dumpsys-meminfo-system', status: 'read' }]);
    expect(samples[0]?.context.takenAt).toBe(AT);
    expect(problems).toEqual([]);
  });

  it('reads the dumps of the device and of processes in either order', async () => {
    const device = `DUMP OF SERVICE meminfo:\n${PSS_TABLE}${SYSTEM_REST}`;
    const processes = `DUMP OF SERVICE HIGH meminfo:\n${processDump(2611, 'com.example.app')}${'-'.repeat(79)}\n`;
    for (const text of [device + processes, processes + device]) {
      const { samples, problems } = await readFile(HEAD + text);
      expect(samples.map(({ context }) => context.pid).sort()).toEqual([2611, 2611, 625, 700]);
      expect(problems).toEqual([]);
    }
  });

  it('reads the output of dumpsys for all services', async () => {
    const { files, problems } = await readFile(
      `Currently running services:\n  SurfaceFlinger\n  meminfo\n${'-'.repeat(79)}\nDUMP OF SERVICE SurfaceFlinger:\nanything\n${'-'.repeat(79)}\nDUMP OF SERVICE meminfo:\n${PSS_TABLE}${SYSTEM_REST}`,
    );
    expect(files).toMatchObject([{ format: 'bugreport+dumpsys-meminfo-system' }]);
    expect(problems.map(({ code }) => code)).toEqual(['time-from-modification']);
  });

  it.each([
    '========================================================\n',
    '== dumpstate:\n',
    `\n${HEAD}`.replace('\n', 'x\n'),
    '------ PROCRANK (procrank) ------\n',
    'Currently running services:\n',
    '==812== Memcheck, a memory error detector\n',
  ])('does not recognize %j', (head) => {
    expect(bugreport.recognizes(head)).toBe(false);
  });
});
