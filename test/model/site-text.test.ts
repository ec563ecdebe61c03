import { expect, test } from 'vitest';
import { siteText } from '../../src/model/site-text.js';

test.each([
  ['main (leak-example.c:29)', [{ symbol: 'malloc' }, { symbol: 'main', file: '/opt/demo/leak-example.c', line: 29 }]],
  ['read_frame (sensord)', [{ symbol: 'malloc' }, { symbol: 'read_frame', module: '/usr/bin/sensord' }]],
  ['0x4011b6 (sensord)', [{ symbol: 'malloc' }, { address: '4011b6', module: '/usr/bin/sensord' }]],
  ['an unknown place', []],
])('%s', (text, frames) => {
  expect(siteText(frames)).toBe(text);
});
