import { expect, it } from 'vitest';
import { addressLayout } from '../../src/ingest/address-layout.js';
import { tableOf, type VmaRow } from '../correlate/build-captures.js';

const PROGRAM: VmaRow = {
  start: 0x5581_0000_0000,
  end: 0x5581_0000_1000,
  permissions: 'r-xp',
  name: '/usr/bin/sensord',
};
const LIBRARY: VmaRow = {
  start: 0x7f00_0000_0000,
  end: 0x7f00_0000_1000,
  permissions: 'r-xp',
  name: '/usr/lib/libc.so.6',
};
const STACK: VmaRow = { start: 0x7ffd_0000_0000, end: 0x7ffd_0002_1000, name: '[stack]' };

it('stays while libraries come and the stack grows, and is another of another process', () => {
  const layout = addressLayout(tableOf([PROGRAM, STACK]));
  expect(layout).toBe('558100000000 7ffd00021000');
  expect(addressLayout(tableOf([PROGRAM, LIBRARY, { ...STACK, start: 0x7ffc_ffff_0000 }]))).toBe(layout);
  expect(addressLayout(tableOf([{ ...PROGRAM, start: 0x5592_0000_0000 }, STACK]))).not.toBe(layout);
  expect(addressLayout(tableOf([PROGRAM, { ...STACK, end: 0x7ffe_0002_1000 }]))).not.toBe(layout);
});

it('is not known of a part of a process', () => {
  expect(addressLayout(tableOf([PROGRAM, LIBRARY]))).toBeUndefined();
  expect(addressLayout(tableOf([]))).toBeUndefined();
});
