import { describe, expect, it } from 'vitest';
import { memreport } from './run-cli.js';

const COMMANDS = ['analyze', 'diff', 'inspect', 'render', 'capture-script', 'formats', 'rules', 'explain'];

/** Two English words in a row that are no option, path or command. */
const ENGLISH = /(?<![-\w./<[])[a-z]{3,} [a-z]{2,}(?![-\w./])/;

describe('help', () => {
  it.each([[], ...COMMANDS.map((command) => [command])])('of %s has no English left in Chinese', (...words) => {
    const { stdout, status } = memreport([...words, '--help', '--lang', 'zh-CN']);
    expect(status).toBe(0);
    const lines = stdout.split('\n').filter((line) => !/^ *memreport |^ +--format|settled-usage/.test(line));
    expect(lines.filter((line) => ENGLISH.test(line))).toEqual([]);
    expect(stdout).toContain('选项：');
  });

  it('names the commands in English', () => {
    const { stdout } = memreport(['--help']);
    for (const command of COMMANDS) expect(stdout).toContain(`memreport ${command}`);
    expect(stdout).toContain('Options:');
  });

  it('tells of wrong options in the language that is asked for', () => {
    expect(memreport(['analyze', 'x', '--nope', '--lang', 'zh-CN']).stderr).toContain('未知');
    expect(memreport(['analyze', 'x', '--nope']).stderr).toContain('Unknown argument: nope');
  });
});
