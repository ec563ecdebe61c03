import { describe, expect, it } from 'vitest';
import { verdictTable } from '../../src/cli/verdict-table.js';
import type { LeakReport } from '../../src/model/analysis.js';
import type { Verdict } from '../../src/model/verdict.js';

const none = { explainedBy: [], grounds: [], objections: [], defects: [], missing: [] };
const leak: Verdict = {
  ...none,
  device: 'a-device-with-a-long-name',
  command: 'a-daemon-with-a-name-that-does-not-end',
  label: 'leak',
  ratePerHour: 45 * 1024 * 1024,
  where: '/opt/demo/lib/libdemo-with-a-long-name.so.1',
  shape: 'one-time-step',
  exhaustion: { ceiling: 'device', room: 1, hours: 105.5 },
  grounds: [{ rule: 'private-growth', statement: 'Unreclaimable memory kept growing', origins: [] }],
};
const brief: Verdict = {
  ...none,
  device: 'board-7',
  command: 'briefd',
  label: 'inconclusive',
  missing: [{ rule: 'private-growth', reason: '2 of at least 3 samples; take 1 more, better 20' }],
};

const linesOf = (verdicts: readonly Verdict[], columns?: number): string[] =>
  verdictTable({ verdicts, leaks: [] }, { columns, paint: (text) => text }).split('\n');

describe('the table of verdicts', () => {
  it('has all names and reasons where it goes to a file', () => {
    const [head, first, second] = linesOf([brief, leak]);
    expect(head?.split(/ {2,}/)).toEqual(['VERDICT', 'PROGRAM', 'DEVICE', 'GROWS BY', 'IN', 'LASTS', 'COURSE', 'WHY']);
    expect(first).toContain('45 MiB/h');
    expect(first).toContain('4 d 9 h  one step');
    expect(first).toContain('Unreclaimable memory kept growing');
    expect(second).toMatch(/ take 1 more +2 of at least 3 samples$/);
  });

  it('keeps its figures within 100 columns on a narrow terminal, whatever the names', () => {
    const lines = linesOf([leak, brief], 80);
    expect(lines[0]).not.toContain('WHY');
    expect(lines[1]).toContain('one step');
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(100);
  });

  it('has reasons where there is room for more than their beginnings', () => {
    const widest = Math.max(...linesOf([leak, brief], 120).map((line) => line.length));
    expect(linesOf([leak, brief], 120)[0]).not.toContain('WHY');
    expect(linesOf([leak, brief], widest + 39)[0]).not.toContain('WHY');
    expect(linesOf([leak, brief], widest + 40)[0]).toContain('WHY');
  });

  it('tells of memory errors below the row where there is no room for reasons', () => {
    const defects = [{ rule: 'memory-errors', statement: 'heap-use-after-free', origins: [] }];
    const lines = linesOf([leak, { ...brief, defects }], 80);
    expect(lines.slice(2)).toEqual([expect.stringContaining('briefd'), '  1 memory error']);
  });

  it('fits 80 columns with names as they mostly are', () => {
    const usual = { ...leak, device: 'board-7', command: 'sensord', where: '[heap]', shape: 'rising-floor' as const };
    for (const line of linesOf([usual, brief], 80)) expect(line.length).toBeLessThanOrEqual(80);
  });

  it('has no column of what no verdict knows, or what is too far off', () => {
    const far = { ...leak, exhaustion: { ceiling: 'device' as const, room: 1, hours: 1e6 } };
    expect(linesOf([brief])[0]).not.toContain('LASTS');
    expect(linesOf([far])[0]).not.toContain('LASTS');
  });

  const loss: LeakReport = {
    device: leak.device,
    command: leak.command,
    tool: 'memcheck',
    kind: 'definite',
    bytes: 100,
    blocks: 1,
    fingerprint: 'f',
    frames: [{ symbol: 'malloc' }, { symbol: 'make_node', file: '/opt/demo/list.c', line: 7 }, { symbol: 'main' }],
    origins: [],
  };
  const explained: Verdict = { ...leak, explainedBy: [{ fingerprint: 'f', share: 0.976, basis: 'rate' }] };
  const told = (verdicts: readonly Verdict[], columns?: number): string[] => {
    const other = { ...loss, kind: 'possible' as const, fingerprint: 'g', frames: [{ symbol: 'elsewhere' }] };
    return verdictTable({ verdicts, leaks: [other, loss] }, { columns, paint: (text) => text }).split('\n');
  };

  it('tells which line of code loses it, with its share where that is known', () => {
    expect(told([explained])[0]).toContain('  LOST AT');
    expect(told([explained])[1]).toContain('  make_node (list.c:7), 98 %');
    expect(told([leak])[1]).toMatch(/ {2}make_node \(list\.c:7\) {2}/);
    expect(told([brief])[0]).not.toContain('LOST AT');
  });

  it('tells so below the row on a narrow terminal', () => {
    const lines = told([brief, explained], 80);
    expect(lines[0]).not.toContain('LOST AT');
    expect(lines[2]).toBe('  98 % of it lost at make_node (list.c:7)');
    expect(lines[3]).toMatch(/^inconclusive/);
    expect(told([leak], 30)[2]).toBe('  lost at make_node (list.c:7)');
    expect(told([leak], 20)[2]).toBe('  lost at make_node ');
  });

  it('has the device only where there are several', () => {
    expect(linesOf([leak, { ...brief, device: leak.device }])[0]).not.toContain('DEVICE');
  });

  it('paints the label alone', () => {
    const painted = verdictTable(
      { verdicts: [brief], leaks: [] },
      { columns: 80, paint: (text, label) => `<${label}:${text.trim()}>` },
    );
    expect(painted).toContain('<inconclusive:inconclusive>  briefd');
    expect(painted.match(/</g)).toHaveLength(1);
  });
});
