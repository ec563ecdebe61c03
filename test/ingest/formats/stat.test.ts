import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { stat } from '../../../src/ingest/formats/stat.js';
import { expectGoldenJson } from '../../golden.js';
import { readText } from '../read-text.js';

const SAMPLES = fileURLToPath(new URL('../../../samples/stat/', import.meta.url));
/** Fields 4 to 44; field 22 is `startTicks`. */
function lineOf(name: string, startTicks = '102523'): string {
  const fields = Array.from({ length: 41 }, (_, i) => (i === 18 ? startTicks : String(i - 2)));
  return `812 (${name}) S ${fields.join(' ')}\n`;
}

describe('stat', () => {
  for (const name of readdirSync(SAMPLES)) {
    it(`reads samples/stat/${name}`, () => {
      const text = readFileSync(SAMPLES + name, 'utf8');
      expect(stat.recognizes(text)).toBe(true);
      const { readings, problems, rest } = readText(stat, text);
      expect(rest).toBe('');
      expectGoldenJson(`stat/${name}.json`, { readings, problems });
    });
  }

  it.each(['sh', '', 'a) S 1 2 3 4', '((a b ) ( c d)', 'a\nb\nc', ') R 1'])('finds the end of the name %j', (name) => {
    const text = lineOf(name);
    expect(stat.recognizes(text)).toBe(true);
    const says = name === '' ? { pid: 812, startTicks: 102523 } : { pid: 812, command: name, startTicks: 102523 };
    const origin = { file: 'test.txt', line: 1 };
    const sample = { minorFaults: 4, majorFaults: 6 };
    expect(readText(stat, text).readings).toEqual([{ type: 'sample', says, origin, sample }]);
  });

  it('takes the page faults of the process, not those of its children', () => {
    const text = `812 (a) S 1 2 3 0 -1 4194304 187 5000 11 600 0 0 0 0 20 0 1 0 102523${' 0'.repeat(30)}`;
    expect(readText(stat, text).readings).toMatchObject([{ sample: { minorFaults: 187, majorFaults: 11 } }]);
  });

  it('leaves out faults whose count is not exact', () => {
    const text = `812 (a) S 1 2 3 0 -1 4194304 9007199254740993 0 11 0 0 0 0 0 20 0 1 0 102523${' 0'.repeat(30)}`;
    expect(readText(stat, text).readings).toMatchObject([{ type: 'identity', says: { pid: 812 } }]);
  });

  it('reads many after each other', () => {
    const { readings } = readText(stat, `${lineOf('a\nb')}${lineOf('c')}\n${lineOf('d')}`);
    expect(readings.map(({ says, origin }) => [says.command, origin.line])).toEqual([
      ['a\nb', 1],
      ['c', 3],
      ['d', 5],
    ]);
  });

  it('marks a name of 15 bytes as perhaps cut', () => {
    const { readings } = readText(stat, lineOf('telemetry-uploa') + lineOf('sensord'));
    expect(readings.map(({ says }) => says.commandMayBeCut)).toEqual([true, undefined]);
  });

  it('leaves out a start time that is not exact', () => {
    expect(readText(stat, lineOf('a', '18446744073709551615')).readings[0]?.says).toEqual({ pid: 812, command: 'a' });
  });

  it('reports a line that is cut', () => {
    const { readings, problems } = readText(stat, `${lineOf('a')}813 (b) S 1 2 3\n`);
    expect(readings).toHaveLength(1);
    expect(problems).toMatchObject([{ severity: 'error', code: 'truncated-capture', line: 2 }]);
  });

  it.each([
    ['43 fields', lineOf('a').replace(/ \d+\n/, '\n')],
    ['/proc/stat', 'cpu  2255 34 2290 22625563 6290 127 456 0 0 0\n'],
    ['statm', '784 568 363 1 0 254 0\n'],
    ['prose', '12 (twelve) Some people say so\n'],
    ['an epoch before it', `1795395985 ${lineOf('a')}`],
  ])('does not recognize %s', (_, text) => {
    expect(stat.recognizes(text)).toBe(false);
  });
});
