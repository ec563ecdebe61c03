import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { meminfo } from '../../../src/ingest/formats/meminfo.js';
import { readText } from '../read-text.js';

const SETS = new URL('../../../samples/sets/', import.meta.url);
const START = 'MemTotal:       24684092 kB\nMemFree:        23021348 kB\n';

describe('meminfo', () => {
  it('is recognized in all sets, and says nothing of a process', () => {
    const files = readdirSync(SETS, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('/meminfo'));
    expect(files.length).toBeGreaterThan(20);
    for (const file of files) {
      const text = readFileSync(new URL(file, SETS), 'utf8');
      expect(meminfo.recognizes(text)).toBe(true);
      expect(readText(meminfo, text)).toEqual({ readings: [], problems: [], rest: '' });
    }
  });

  it('takes names with brackets and numbers without a unit', () => {
    expect(readText(meminfo, `${START}Active(anon):      12 kB\nHugePages_Total:       0\n`).rest).toBe('');
  });

  it('ends where something else begins', () => {
    const next = 'Name:\tsensord\n';
    expect(readText(meminfo, START + next).rest).toBe(next);
  });

  it.each([
    ['a field of smaps', 'Rss:                2272 kB\nPss:                 916 kB\n'],
    ['one line', 'MemTotal:       24684092 kB\n'],
    ['meminfo of a process', 'Applications Memory Usage (in Kilobytes):\nUptime: 1 Realtime: 1\n'],
  ])('is not %s', (_, text) => {
    expect(meminfo.recognizes(text)).toBe(false);
  });
});
