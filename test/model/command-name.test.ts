import { describe, expect, it } from 'vitest';
import { commandName, isValgrindTool } from '../../src/model/command-name.js';

describe('the name of a program', () => {
  it.each([
    ['/usr/bin/sensord --foreground', 'sensord'],
    ['nginx: worker process', 'nginx'],
    ['nginx: worker process\0\0', 'nginx'],
    ['./a.out', 'a.out'],
    ['-bash', 'bash'],
    ['[kworker/0:1]', '[kworker/0:1]'],
    ['', ''],
    ['/usr/bin/valgrind.bin\0--leak-check=full\0./sensord\0-v\0', 'sensord'],
    ['valgrind -q --tool=massif /opt/demo/sensord 4', 'sensord'],
    ['valgrind', 'valgrind'],
    ['valgrind --help', 'valgrind'],
    ['valgrindish ./sensord', 'valgrindish'],
  ])('of %j is %j', (commandLine, name) => {
    expect(commandName(commandLine)).toBe(name);
  });

  it('is not that of the tool of valgrind in whose process it runs', () => {
    expect(['memcheck-amd64-', 'memcheck-arm64-l', 'massif-x86-linu', 'none-amd64-linu'].map(isValgrindTool)).toEqual(
      Array(4).fill(true),
    );
    expect(['memcheck', 'dhat', 'none-such', 'valgrind', 'drd-service'].map(isValgrindTool)).toEqual(
      Array(5).fill(false),
    );
  });
});
