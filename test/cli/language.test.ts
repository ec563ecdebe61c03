import { describe, expect, it } from 'vitest';
import { comparisonText } from '../../src/cli/comparison-text.js';
import { cutToWidth, displayWidth } from '../../src/cli/display-width.js';
import { problemLine } from '../../src/cli/problem-line.js';
import { Terminal } from '../../src/cli/terminal.js';
import { textTable } from '../../src/cli/text-table.js';
import { verdictTable } from '../../src/cli/verdict-table.js';
import { wrapped } from '../../src/cli/wrapped.js';
import { diff } from '../../src/diff.js';
import { loadLanguage } from '../../src/language.js';
import type { Verdict } from '../../src/model/verdict.js';

const CHINESE = await loadLanguage('zh-CN');

const VERDICT: Verdict = {
  explainedBy: [],
  objections: [],
  defects: [],
  missing: [],
  device: 'board-7',
  command: 'sensord',
  label: 'leak',
  ratePerHour: 1024 * 1024,
  where: '[heap]',
  shape: 'steps',
  exhaustion: { ceiling: 'device', room: 1, hours: 105.5 },
  grounds: [
    {
      rule: 'private-growth',
      statement:
        'Unreclaimable memory kept growing in steps: 1.4 MiB in 24 samples over 23 s, 1 MiB per hour, p < 0.0001; most of it in "[heap]"',
      origins: [],
    },
  ],
};

describe('text in columns', () => {
  it('counts two for a Chinese character', () => {
    expect(displayWidth('a内存')).toBe(5);
    expect(displayWidth('，')).toBe(2);
    expect(displayWidth('𠀀')).toBe(2);
    expect(cutToWidth('内存泄漏', 5)).toBe('内存');
  });

  it('is aligned and cut by them', () => {
    const columns = [{ title: '判定' }, { title: 'A', most: 6 }, { title: 'B' }];
    expect(textTable(columns, [['ok', '内存泄漏', 'x']])).toBe(['判定  A      B', 'ok    内存…  x'].join('\n'));
  });

  it('is wrapped between any two of them, but not before a stop', () => {
    expect(wrapped('内存泄漏，12 KiB', '', '', 8)).toBe('内存泄\n漏，12\nKiB');
    expect(wrapped('one two three', '  ', '', 9)).toBe('one two\n  three');
  });

  it('is not broken behind an opening bracket, nor before a closing one', () => {
    expect(wrapped('甲乙（丙）丁', '', '', 6)).toBe('甲乙\n（丙）\n丁');
    expect(wrapped('甲 Kass（1995）：', '', '', 8)).toBe('甲 Kass\n（1995）：');
    expect(wrapped('见“（a）”。', '', '', 4)).toBe('见\n“（a）”。');
    expect(wrapped('（'.repeat(50_000), '', '', 8)).toHaveLength(50_000);
  });
});

describe('the terminal in Chinese', () => {
  it('has the table of verdicts', () => {
    const [head = '', row = ''] = verdictTable(
      { verdicts: [VERDICT, { ...VERDICT, device: 'board-8', label: 'clean' }], leaks: [] },
      {
        columns: undefined,
        paint: (text) => text,
        language: CHINESE,
      },
    ).split('\n');
    expect(head.split(/ {2,}/)).toEqual(['判定', '程序', '设备', '增长速度', '位置', '可维持', '走势', '理由']);
    expect(row.split(/ {2,}/)).toEqual([
      '泄漏',
      'sensord',
      'board-7',
      '1 MiB/h',
      '[heap]',
      '4 天 9 小时',
      '呈阶梯',
      '不可回收内存持续增长（呈阶梯）：24 个样本（23 秒）中增长 1.4 MiB，每小时 1 MiB，p < 0.0001',
    ]);
  });

  it('has problems and comparisons', async () => {
    const problem = {
      severity: 'error',
      code: 'unreadable',
      message: 'expected text, found binary data',
      file: 'a',
      line: 2,
    } as const;
    expect(problemLine(problem, CHINESE)).toBe('a:2: 错误: 应为文本，实为二进制数据');
    const side = (name: string): string => `samples/pairs/heap-${name}.tar.gz`;
    const { comparison } = await diff({ before: side('leaky'), after: side('repaired') });
    const terminal = new Terminal({ quiet: false, verbose: false, color: false, language: CHINESE });
    expect(comparisonText(terminal, comparison)).toMatch(
      /^heap-repaired 不再泄漏；原增长速度 [\d.]+ MiB\/h。\n\n变化 +程序/,
    );
  });
});
