import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { WaitingShare } from '../../src/reading/waiting-share.js';

const LONG = 900;

function work(milliseconds: number): void {
  const begin = performance.now();
  while (performance.now() - begin < milliseconds);
}

describe('a thread that coordinates', () => {
  it('asks for another reader where it waits, with much to come', async () => {
    const share = new WaitingShare();
    await setTimeout(20);
    expect(share.isWorthAnother(0.01)).toBe(false);
    await setTimeout(LONG);
    expect(share.isWorthAnother(0.1)).toBe(true);
    expect(share.isWorthAnother(0.99)).toBe(false);
  });

  it('asks for none where it has enough to do', async () => {
    const share = new WaitingShare();
    share.isWorthAnother(0.01);
    await setTimeout(1);
    work(LONG);
    await setTimeout(1);
    expect(share.isWorthAnother(0.1)).toBe(false);
  });
});
