import { describe, expect, it } from 'vitest';
import { memreport } from './run-cli.js';

describe('inspect says what was read of', () => {
  it('a kernel log', () => {
    const { stdout } = memreport(['inspect', 'samples/kernel-log/segfaults.txt']);
    expect(stdout.match(/^ {2}segfault: /gm)).toHaveLength(6);
  });

  it('a heap profile', () => {
    const { stdout } = memreport(['inspect', 'samples/dhat/leak-example.json']);
    expect(stdout).toContain('  DHAT: heap of 49 KiB at its peak, 48 KiB at the end\n');
    const chinese = memreport(['inspect', '--lang', 'zh-CN', 'samples/dhat/leak-example.json']);
    expect(chinese.stdout).toContain('  DHAT：堆峰值 49 KiB，结束时 48 KiB\n');
  });
});
