import { describe, expect, it } from 'vitest';
import { lookAhead } from '../../src/report/look-ahead.js';

describe('lookAhead', () => {
  it.each([0, 1, 3, 100])('gives the results in order, %i ahead', async (ahead) => {
    const results = [];
    for await (const result of lookAhead([30, 1, 20, 2], ahead, async (ms) => later(ms, ms * 2))) results.push(result);
    expect(results).toEqual([60, 2, 40, 4]);
  });

  it('begins no more than it may before results are taken', async () => {
    let begun = 0;
    let taken = 0;
    const work = (): Promise<number> => {
      begun++;
      expect(begun - taken).toBeLessThanOrEqual(3);
      return later(1, 0);
    };
    for await (const result of lookAhead(Array.from({ length: 10 }), 2, work)) taken += 1 - result;
    expect(begun).toBe(10);
  });

  it('fails where its item fails, and leaves no failure unhandled', async () => {
    const results: number[] = [];
    const take = async (): Promise<void> => {
      const work = (n: number): Promise<number> => (n < 2 ? later(1, n) : Promise.reject(new Error(`no ${n}`)));
      for await (const result of lookAhead([0, 1, 2, 3], 3, work)) results.push(result);
    };
    await expect(take()).rejects.toThrow('no 2');
    expect(results).toEqual([0, 1]);
  });
});

function later<T>(milliseconds: number, value: T): Promise<T> {
  return new Promise((resolve) => {
    setTimeout(() => {
      resolve(value);
    }, milliseconds);
  });
}
