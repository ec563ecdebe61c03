import { describe, expect, test } from 'vitest';
import { withOtherDevices } from '../../../src/judge/causes/elsewhere.js';
import type { Verdict } from '../../../src/model/verdict.js';

function verdict(device: string, parts: Partial<Verdict> = {}): Verdict {
  return {
    device,
    command: 'sensord',
    label: 'clean',
    explainedBy: [],
    grounds: [],
    objections: [],
    defects: [],
    missing: [],
    ...parts,
  };
}

const MIB = 1024 * 1024;

function growing(device: string, mibPerHour: number, where = '[heap]'): Verdict {
  return verdict(device, { label: 'leak', growth: MIB, ratePerHour: mibPerHour * MIB, where });
}

function statementsOf(verdicts: readonly Verdict[]): (string | undefined)[] {
  return withOtherDevices(verdicts).map(({ cause }) => cause?.elsewhere?.statement);
}

describe('the same program on other devices', () => {
  test('that grow too: how many, where and how fast', () => {
    const told =
      'it grows on 2 of 3 devices with this program that could be judged, on all of them in "[heap]", by 1 MiB to 3 MiB per hour';
    expect(statementsOf([growing('a', 1), verdict('b'), growing('c', 3)])).toEqual([told, undefined, told]);
  });

  test('that grow elsewhere in memory', () => {
    expect(statementsOf([growing('a', 1), growing('b', 1, '[anonymous]')])[0]).toContain('on 1 in "[heap]"');
  });

  test('that do not grow', () => {
    expect(statementsOf([growing('a', 1), verdict('b')])[0]).toBe(
      'of 2 devices with this program that could be judged, it grows on this one only',
    );
  });

  test('that could not be judged do not count', () => {
    const open = verdict('c', { label: 'inconclusive' });
    expect(statementsOf([growing('a', 1), growing('b', 2), open])[0]).toContain('2 of 2 devices');
  });

  test('of which there are none: nothing is said', () => {
    expect(statementsOf([growing('a', 1), { ...growing('b', 1), command: 'other' }])).toEqual([undefined, undefined]);
  });

  test('a name of a mapping is quoted, not printed raw', () => {
    expect(statementsOf([growing('a', 1, 'x\u001b[2J'), growing('b', 1, 'x\u001b[2J')])[0]).not.toContain('\u001b');
  });
});
