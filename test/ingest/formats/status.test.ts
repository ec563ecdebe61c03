import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { status } from '../../../src/ingest/formats/status.js';
import { KIB } from '../../../src/model/units.js';
import { expectGoldenJson } from '../../golden.js';
import { readText } from '../read-text.js';

const SAMPLES = fileURLToPath(new URL('../../../samples/status/', import.meta.url));
const ONE = 'Name:\tsensord\nTgid:\t812\nPid:\t812\nVmSize:\t    3136 kB\nVmRSS:\t    2272 kB\nVmSwap:\t       0 kB\n';

describe('status', () => {
  for (const name of readdirSync(SAMPLES)) {
    it(`reads samples/status/${name}`, () => {
      const text = readFileSync(SAMPLES + name, 'utf8');
      expect(status.recognizes(text)).toBe(true);
      const { readings, problems, rest } = readText(status, text);
      expect(rest).toBe('');
      expectGoldenJson(`status/${name}.json`, { readings, problems });
    });
  }

  it('divides a concatenation at the name', () => {
    const { readings } = readText(status, ONE + ONE.replace('2272', '2752'));
    expect(readings).toMatchObject([
      { type: 'sample', origin: { line: 1 }, sample: { rss: 2272 * KIB } },
      { type: 'sample', origin: { line: 7 }, sample: { rss: 2752 * KIB } },
    ]);
  });

  it('divides grepped lines where a key comes again', () => {
    const text = 'VmSize:\t    3136 kB\nVmRSS:\t    2272 kB\nVmSize:\t    3664 kB\nVmRSS:\t    2752 kB\n';
    expect(status.recognizes(text)).toBe(true);
    expect(readText(status, text).readings).toEqual([
      { type: 'sample', says: {}, origin: { file: 'test.txt', line: 1 }, sample: { vss: 3136 * KIB, rss: 2272 * KIB } },
      { type: 'sample', says: {}, origin: { file: 'test.txt', line: 3 }, sample: { vss: 3664 * KIB, rss: 2752 * KIB } },
    ]);
  });

  it('tells only who a kernel thread or a zombie is', () => {
    expect(
      readText(status, 'Name:\tkthreadd\nState:\tS (sleeping)\nTgid:\t2\nPid:\t2\nThreads:\t1\n').readings,
    ).toEqual([{ type: 'identity', says: { pid: 2, command: 'kthreadd' }, origin: { file: 'test.txt', line: 1 } }]);
  });

  it("gives a thread's totals to its process, without the thread's name", () => {
    const { readings } = readText(status, ONE.replace('Pid:\t812', 'Pid:\t815'));
    expect(readings[0]?.says).toEqual({ pid: 812 });
  });

  it('marks a name of 15 bytes as perhaps cut', () => {
    const { readings } = readText(status, ONE.replace('sensord', 'telemetry-uploa') + ONE);
    expect(readings.map(({ says }) => says.commandMayBeCut)).toEqual([true, undefined]);
  });

  it('undoes the escapes of a name, and believes no field inside it', () => {
    const { readings } = readText(status, ONE.replace('sensord', 'a\\nVmRSS:\t9 \\\\n'));
    expect(readings).toMatchObject([{ says: { command: 'a\nVmRSS:\t9 \\n' }, sample: { rss: 2272 * KIB } }]);
  });

  it('takes the unknown keys of a later kernel, and blanks for tabs', () => {
    const text = `${ONE}x86_Thread_features:\t\nSomethingNew:\t7\n`;
    expect(readText(status, text)).toMatchObject({ rest: '', problems: [] });
    expect(readText(status, ONE.replaceAll('\t', '   ')).readings).toHaveLength(1);
  });

  it('reports an amount that is none', () => {
    const { readings, problems } = readText(status, ONE.replace('2272 kB', '22x2 kB'));
    expect(readings).toMatchObject([{ sample: { vss: 3136 * KIB, swap: 0 } }]);
    expect(readings[0]).not.toHaveProperty('sample.rss');
    expect(problems).toMatchObject([{ code: 'bad-value', line: 5 }]);
  });

  it('stops at meminfo', () => {
    expect(readText(status, `${ONE}MemTotal:         353332 kB\n`).rest).toBe('MemTotal:         353332 kB\n');
  });

  it.each([
    ["Android's smaps", 'Name:           [anon:libc_malloc]\nSize:                  4 kB\n'],
    ['meminfo', 'MemTotal:         353332 kB\nMemFree:          353332 kB\n'],
    ['vmalloc of meminfo', 'VmallocTotal:   34359738367 kB\nVmallocUsed:       12345 kB\n'],
    ['VmFlags of smaps', 'VmFlags: rd mr mw me\n'],
    ['a ticket', 'Name: sensord\nState: open\n\nPid: yes\n'],
    ['a list', 'Name: sensord\nPid: 812\n'],
    ['a name alone', 'Name:\tsensord\n'],
  ])('does not recognize %s', (_, text) => {
    expect(status.recognizes(text)).toBe(false);
  });
});
