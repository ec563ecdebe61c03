import { describe, expect, it } from 'vitest';
import { dumpsysMeminfoCompact } from '../../../src/ingest/formats/dumpsys-meminfo-compact.js';
import { readText } from '../read-text.js';
import { samplesIn } from './dumpsys-text.js';

// As ActivityManagerService.dumpMemItems prints it; the numbers are made up.
const ANDROID6 =
  'oom,cached,300\nproc,cached,com.example.app,7,200,e\nproc,cached,com.example.b:x,8,100,a\ncat,Native,169\n';
const A = { pid: 7, command: 'com.example.app' };
const B = { pid: 8, command: 'com.example.b:x' };
const HEADER = 'version,1\ntime,277763,766707\n';
const REST =
  'cat,Native,169,N/A\ncat,Dalvik,35,N/A\nDalvik,.Heap,35,N/A\nram,16071376,14102789,1393609\nDMA-BUF:   455,268K (        0K mapped +   455,268K unmapped)\nlostram,-479062\nzram,4,8035684,8035684\nksm,0,0,0,0\ntuning,256,768,315,high-end-gfx\n';
const table = (a: string, b: string): string =>
  `oom,native,300,N/A\nproc,native,com.example.app,7,${a},e\noom,prev,9,N/A\nproc,prev,com.example.b:x,8,${b},a\n${REST}`;

describe('dumpsys-meminfo-compact', () => {
  it.each([ANDROID6, ANDROID6.slice(ANDROID6.indexOf('proc')), HEADER + table('200,N/A', '100,N/A')])(
    'recognizes %j',
    (text) => {
      expect(dumpsysMeminfoCompact.recognizes(text)).toBe(true);
    },
  );

  it.each([
    'proc,cached,a,7\n',
    'PID,User,Command,PSS\n',
    'x\nproc,cached,a,7,200,e\n',
    'time,1,2\n',
    'proc,cached,a,7,200,ex\n',
  ])('does not recognize %j', (text) => {
    expect(dumpsysMeminfoCompact.recognizes(text)).toBe(false);
  });

  it('reads PSS up to Android 6, with the names whole', () => {
    expect(samplesIn(dumpsysMeminfoCompact, ANDROID6)).toEqual([
      { line: 2, ...A, pss: 200 },
      { line: 3, ...B, pss: 100 },
    ]);
    const { readings, problems, rest } = readText(dumpsysMeminfoCompact, ANDROID6);
    expect(readings.map(({ says }) => says.command)).toEqual(['com.example.app', 'com.example.b:x']);
    expect({ problems, rest }).toEqual({ problems: [], rest: '' });
  });

  it('reads PSS and swap up to Android 11', () => {
    const text = HEADER + table('200,50', '100,N/A');
    expect(samplesIn(dumpsysMeminfoCompact, text)).toEqual([
      { line: 4, ...A, pss: 200, swap: 50 },
      { line: 6, ...B, pss: 100 },
    ]);
    expect(readText(dumpsysMeminfoCompact, text).rest).toBe('');
  });

  it('tells the two tables of Android 12 and later: RSS, then PSS', () => {
    expect(samplesIn(dumpsysMeminfoCompact, HEADER + table('400,N/A', '150,N/A') + table('200,50', '100,0'))).toEqual([
      { line: 4, ...A, rss: 400, pss: 200, swap: 50 },
      { line: 6, ...B, rss: 150, pss: 100, swap: 0 },
    ]);
  });

  it('takes one that is cut inside the second table as it is', () => {
    const text = HEADER + table('400,N/A', '150,N/A') + table('200,50', '100,0').replace(/oom,prev.*/s, '');
    expect(samplesIn(dumpsysMeminfoCompact, text)).toEqual([
      { line: 4, ...A, rss: 400, pss: 200, swap: 50 },
      { line: 6, ...B, rss: 150 },
    ]);
  });

  it.each([
    ['divided by their headers', HEADER],
    ['of which one process grew', ''],
  ])('reads dumps of PSS after each other, %s', (_, header) => {
    const text = header + table('200,N/A', '100,N/A') + header + table('201,N/A', '90,N/A');
    expect(samplesIn(dumpsysMeminfoCompact, text)).toMatchObject([
      { ...A, pss: 200 },
      { ...B, pss: 100 },
      { ...A, pss: 201 },
      { ...B, pss: 90 },
    ]);
  });

  it('takes a table that comes again with the same amounts for another dump', () => {
    const text = table('200,N/A', '100,N/A') + table('200,N/A', '100,N/A');
    expect(samplesIn(dumpsysMeminfoCompact, text)).toMatchObject([200, 100, 200, 100].map((pss) => ({ pss })));
  });

  it('reads many dumps of Android 6 after each other', () => {
    const fewer = ANDROID6.replace('200', '190');
    expect(samplesIn(dumpsysMeminfoCompact, ANDROID6 + fewer + ANDROID6)).toMatchObject(
      [200, 100, 190, 100, 200, 100].map((pss) => ({ pss })),
    );
  });

  it('leaves other texts in the window', () => {
    const other = 'PID,User,Command,Swap,USS,PSS,RSS\n';
    expect(readText(dumpsysMeminfoCompact, ANDROID6 + other).rest).toBe(other);
  });
});
