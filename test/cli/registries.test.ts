import { describe, expect, it } from 'vitest';
import { explainCommand } from '../../src/cli/commands/explain.js';
import { formatsCommand } from '../../src/cli/commands/formats.js';
import { rulesCommand } from '../../src/cli/commands/rules.js';
import { displayWidth } from '../../src/cli/display-width.js';
import type { Terminal } from '../../src/cli/terminal.js';
import { captureFormats } from '../../src/ingest/formats/index.js';
import { LIMITS } from '../../src/ingest/limits.js';
import { verdictRules } from '../../src/judge/rules/index.js';
import { type LanguageId, loadLanguage } from '../../src/language.js';

/** The lines that a command prints to stdout. */
async function printed(id: LanguageId, command: (terminal: Terminal) => number): Promise<string[]> {
  const texts: string[] = [];
  const terminal: Pick<Terminal, 'data' | 'style' | 'language'> = {
    data: (text) => void texts.push(text),
    style: (_, text) => text,
    language: await loadLanguage(id),
  };
  expect(command(terminal as Terminal)).toBe(0);
  return texts.join('\n').split('\n');
}

/** Where the last of `columns` columns begins, for each line of a table. */
function lastColumns(lines: readonly string[], columns: number): Set<number> {
  return new Set(
    lines.map((line) => {
      const parts = line.split(/( {2,})/);
      return displayWidth(parts.slice(0, 2 * columns - 2).join(''));
    }),
  );
}

const formats = (terminal: Terminal): number => formatsCommand(terminal, { json: false, limits: false });
const limits = (terminal: Terminal): number => formatsCommand(terminal, { json: false, limits: true });
const rules = (terminal: Terminal): number => rulesCommand(terminal, { json: false });

describe('formats in Chinese', () => {
  it('are a table with aligned columns, commands as they are', async () => {
    const lines = await printed('zh-CN', formats);
    const table = lines.slice(0, captureFormats.length + 1);
    expect(table[0]?.split(/ {2,}/)).toEqual(['格式', '说明', '采集方法']);
    expect(lastColumns(table, 3).size).toBe(1);
    expect(table.find((line) => line.startsWith('memcheck '))).toContain('valgrind memcheck 日志  ');
    expect(table.find((line) => line.startsWith('pmap'))).toMatch(/ {2}pmap -XX PID$/);
    expect(table.find((line) => line.startsWith('valgrind-other'))).toContain('其他 valgrind 工具的日志（不予读取）');
  });

  it('end in a paragraph that is wrapped by its width', async () => {
    const paragraph = (await printed('zh-CN', formats)).slice(captureFormats.length + 2);
    expect(paragraph.length).toBeGreaterThan(1);
    expect(paragraph.join('')).toContain('格式按内容识别');
    for (const line of paragraph) expect(displayWidth(line)).toBeLessThanOrEqual(100);
  });

  it('have limits with aligned reasons', async () => {
    const [head = '', ...rows] = await printed('zh-CN', limits);
    expect(head.trim().split(/ {2,}/)).toEqual(['上限', '限制对象', '理由']);
    expect(rows).toHaveLength(Object.values(LIMITS).length);
    expect(rows.find((row) => row.includes('嵌套层数'))).toMatch(/^ +2 层 {2}\S/);
    // Amounts are right-aligned: they end where the column does.
    const ends = rows.map((row) => displayWidth(/^ *\S+ \S+(?= {2})/.exec(row)?.[0] ?? ''));
    expect(new Set(ends)).toEqual(new Set([displayWidth('100,000 个文件')]));
  });

  it('are explained', async () => {
    const explained = (word: string) => printed('zh-CN', (terminal) => explainCommand(terminal, word));
    expect((await explained('memcheck-xml'))[0]).toMatch(
      /^memcheck-xml：valgrind memcheck 的 XML。采集方法：valgrind /,
    );
    expect((await explained('kernel-log'))[0]).toMatch(/^kernel-log：内核日志（KASAN/);
  });
});

describe('rules in Chinese', () => {
  it('tell titles, thresholds with their sources, and the table that settles them', async () => {
    const lines = await printed('zh-CN', rules);
    const text = lines.map((line) => line.trim()).join('');
    for (const { id } of verdictRules) expect(lines.some((line) => line.startsWith(`${id}: `))).toBe(true);
    expect(text).toContain('最少丢失字节数 = 1 字节（丢失的块无论大小都不可能再释放）');
    expect(text).toContain('最小增长 = 4 个 VMA（首次调用');
    expect(lines.slice(-4).map((line) => line.split(/ {2,}/))).toEqual([
      ['依据', '无', '弱', '强'],
      ['无', '未定', '正常', '正常'],
      ['弱', '疑似', '疑似', '正常'],
      ['强', '泄漏', '泄漏', '泄漏'],
    ]);
    for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(102);
  });

  it('and are English otherwise', async () => {
    const lines = await printed('en', rules);
    expect(lines).toContain('  - least bytes lost = 1 byte (a lost block cannot be freed any more, whatever its size)');
    expect(lines.at(-4)).toMatch(/^grounds +none +weak +strong$/);
    expect(lines.join('\n')).not.toMatch(/\p{Script=Han}/u);
  });
});
