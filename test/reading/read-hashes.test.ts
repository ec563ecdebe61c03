import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { analyze } from '../../src/analyze.js';
import { withHashes } from '../../src/reading/read-hashes.js';
import { fixtureAnalysis } from '../report/fixture-analysis.js';

const ARCHIVE = 'samples/pairs/heap-leaky.tar.gz';

describe('withHashes', () => {
  it('tells the SHA-256 of an archive for the files in it, as sha256sum does', async () => {
    const { hashes } = await analyze({ captures: [ARCHIVE], jobs: 1 });
    expect(hashes).toEqual([
      {
        path: 'heap-leaky.tar.gz',
        bytes: statSync(ARCHIVE).size,
        sha256: createHash('sha256').update(readFileSync(ARCHIVE)).digest('hex'),
      },
    ]);
  });

  it('hashes only what a ticket names', async () => {
    const { hashes = [], files } = await analyze({ captures: ['samples/sets/leak-example'], jobs: 1 });
    expect(hashes.length).toBeGreaterThan(1);
    expect(hashes.length).toBeLessThan(files.length);
    const clean = await analyze({ captures: ['samples/sets/sawtooth'], jobs: 1 });
    expect(clean.verdicts.map(({ label }) => label)).toEqual(['clean']);
    expect(clean).not.toHaveProperty('hashes');
  });

  it('says nothing of a file that is gone', () => {
    const input = { absolute: '/nowhere/at/all', path: 'lab/valgrind.4711.log', below: '', rootName: '' };
    expect(withHashes(fixtureAnalysis(), [input])).not.toHaveProperty('hashes');
  });
});
