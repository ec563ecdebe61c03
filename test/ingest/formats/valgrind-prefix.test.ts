import { describe, expect, it } from 'vitest';
import { PidPrefix, valgrindLine } from '../../../src/ingest/formats/valgrind-prefix.js';

describe('the prefix of a line of valgrind', () => {
  it('tells the process', () => {
    expect(valgrindLine('==3978== HEAP SUMMARY:')).toEqual({ pid: 3978, text: 'HEAP SUMMARY:' });
    expect(valgrindLine('==00:00:00:00.479 19684== x')).toEqual({ pid: 19_684, elapsed: 479, text: 'x' });
    expect(valgrindLine('==01:02:03:04.005 7== x')).toEqual({ pid: 7, elapsed: 93_784_005, text: 'x' });
    expect(valgrindLine('==9999999999== x')).toEqual({ pid: 9_999_999_999, text: 'x' });
  });

  it('is none with a number that no process has', () => {
    expect(valgrindLine('==10000000000== x')).toBeUndefined();
    expect(valgrindLine('==9999999999911456== HEAP SUMMARY:')).toBeUndefined();
    expect(valgrindLine('==0== x')).toBeUndefined();
  });
});

describe('the same by its bytes', () => {
  const prefix = new PidPrefix();
  const reads = (line: string): boolean => {
    const buffer = Buffer.from(line);
    return prefix.read(buffer, 0) || prefix.readTimed(buffer, 0);
  };

  it.each([
    '==3978== HEAP SUMMARY:',
    '==3978==',
    '==9999999999== x',
    '==0003== x',
    '==00:00:00:00.479 19684== x',
    '==01:02:03:04.005 7== x',
    '==153:7== x',
  ])('%j', (line) => {
    const told = valgrindLine(line);
    expect(reads(line)).toBe(true);
    expect([prefix.pid, prefix.elapsed]).toEqual([told?.pid, told?.elapsed]);
    expect(line.slice(prefix.end + 1)).toBe(told?.text);
  });

  it.each(['==10000000000== x', '==0== x', '==== x', '==', '=', '', '==12', '==1:', ' ==12== x', 'x'])(
    'is none in %j',
    (line) => {
      expect(reads(line)).toBe(false);
    },
  );
});
