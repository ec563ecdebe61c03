import { describe, expect, it } from 'vitest';
import { valgrindLine } from '../../../src/ingest/formats/valgrind-prefix.js';

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
