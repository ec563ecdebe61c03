import { describe, expect, it } from 'vitest';
import { startedEarly } from '../../src/report/started-early.js';

async function* counting(to: number, made: number[], failsAt?: number): AsyncGenerator<number, void> {
  for (let item = 0; item < to; item++) {
    if (item === failsAt) throw new Error('no more');
    made.push(item);
    await Promise.resolve();
    yield item;
  }
}

async function collected(items: AsyncIterable<number>, into: number[] = []): Promise<number[]> {
  for await (const item of items) into.push(item);
  return into;
}

describe('what is started early', () => {
  it('makes the first items before it is asked, and no more', async () => {
    const made: number[] = [];
    const items = startedEarly(counting(9, made), 3);
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(made).toEqual([0, 1, 2]);
    expect(await collected(items)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('ends where there are fewer', async () => {
    expect(await collected(startedEarly(counting(2, []), 5))).toEqual([0, 1]);
    expect(await collected(startedEarly(counting(0, []), 5))).toEqual([]);
    expect(await collected(startedEarly(counting(3, []), 0))).toEqual([0, 1, 2]);
  });

  it.each([2, 5])('fails in its turn, and not before: at item %i', async (failsAt) => {
    const items = startedEarly(counting(9, [], failsAt), 4);
    await new Promise((resolve) => setTimeout(resolve, 5));
    const seen: number[] = [];
    await expect(collected(items, seen)).rejects.toThrow('no more');
    expect(seen).toEqual([0, 1, 2, 3, 4].slice(0, failsAt));
  });
});
