import { expect, test } from 'vitest';
import { ParsedLines } from '../../src/ingest/parsed-lines.js';

test('equal texts are parsed once', () => {
  let count = 0;
  const lines = new ParsedLines((text) => {
    count++;
    return { symbol: text };
  });
  expect(lines.get('main')).toBe(lines.get('main'));
  expect(lines.get('f')).toEqual({ symbol: 'f' });
  expect(count).toBe(2);
});
