import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { analyze } from '../../src/analyze.js';
import { render } from '../../src/render.js';
import { processesBelow } from './process-tree.js';

const hasEmbedded = process.platform === 'linux' && process.arch === 'x64';

describe.skipIf(!hasEmbedded)('whoever stops taking files, as where the disk is full', () => {
  it('leaves no browser behind, though more tickets were to be printed', async () => {
    const analysis = await analyze({ captures: ['samples/pairs'], jobs: 1 });
    const taken: string[] = [];
    for await (const { name } of render(analysis, {
      formats: ['pdf'],
      browser: 'embedded',
      onMessage: () => undefined,
    })) {
      taken.push(name);
      break;
    }
    expect(taken).toEqual(['report.pdf']);
    // What was begun may still end; nothing starts a browser again.
    await setTimeout(500);
    const seen = new Set<string>();
    for (let look = 0; look < 30; look++) {
      for (const { name } of processesBelow(process.pid)) seen.add(name);
      await setTimeout(50);
    }
    expect([...seen].filter((name) => name.startsWith('chrom'))).toEqual([]);
  }, 60_000);
});
