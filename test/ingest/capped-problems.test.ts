import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../src/ingest/limits.js';
import { readBytes } from '../fuzz/read-bytes.js';
import { readFile } from './capture-tree.js';

const MOST = LIMITS.problems.value;
const HEADER = '  PID       Vss      Rss      Pss      Uss  cmdline\n';
const BAD = '  812     720K     720K ****    261K     212K /opt/demo/sensord\n';

describe('problems of one kind in one file', () => {
  it('are told one by one up to the limit, then as one with their count', async () => {
    const { problems, lines } = await readBytes(Buffer.from(HEADER + BAD.repeat(MOST + 5000)));
    const bad = problems.filter(({ code }) => code === 'bad-value');
    expect(bad).toHaveLength(MOST + 1);
    expect(bad.at(-1)).toMatchObject({
      severity: 'error',
      line: MOST + 2,
      message: 'expected few problems of this kind, found 5000 more from here on',
    });
    expect(lines.used + lines.ignored + lines.reported).toBe(lines.read);
    expect(lines.reported).toBeGreaterThanOrEqual(MOST + 5000);
  });

  it('are all told where they are as many as the limit', async () => {
    const { problems } = await readBytes(Buffer.from(HEADER + BAD.repeat(MOST)));
    expect(problems.filter(({ code }) => code === 'bad-value')).toHaveLength(MOST);
  });

  it('are counted for each file', async () => {
    for (let i = 0; i < 2; i++) {
      const { problems } = await readFile(HEADER + BAD.repeat(MOST));
      expect(problems.filter(({ code }) => code === 'bad-value')).toHaveLength(MOST);
    }
  });

  it('do not hide those of another kind', async () => {
    const vma = (start: string): string =>
      `${start}-00002000 rw-p 00000000 00:00 0 \nSize:                  4 kB\nRss:                   x kB\n`;
    const { problems } = await readBytes(Buffer.from(vma('00001000').repeat(MOST + 10) + vma('00003000')));
    const codes = new Set(problems.map(({ code }) => code));
    expect(codes.has('inverted-range')).toBe(true);
    expect(problems.length).toBeLessThan((codes.size + 1) * (MOST + 1));
  });
});
