import { expect, it } from 'vitest';
import { LIMITS } from '../../src/ingest/limits.js';
import { memreport } from './run-cli.js';

it('formats --limits prints every limit with its reason', () => {
  const { stdout, status } = memreport(['formats', '--limits']);
  expect(status).toBe(0);
  for (const { name, reason } of Object.values(LIMITS)) expect(stdout).toMatch(new RegExp(`\\d.*${name} +${reason}`));
  expect(JSON.parse(memreport(['formats', '--limits', '--json']).stdout)).toEqual(Object.values(LIMITS));
});
