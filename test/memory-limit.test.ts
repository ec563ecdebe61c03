import { expect, it } from 'vitest';
import { analyze } from '../src/analyze.js';

it('a memory limit stands in the analysis, and only where one is given', async () => {
  const captures = ['samples/smaps/series.log'];
  expect(await analyze({ captures, memoryLimit: 2 ** 29 })).toMatchObject({ memoryLimit: 2 ** 29 });
  expect(await analyze({ captures })).not.toHaveProperty('memoryLimit');
});
