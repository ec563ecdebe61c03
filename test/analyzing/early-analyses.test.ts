import { describe, expect, it } from 'vitest';
import { EarlyAnalyses } from '../../src/analyzing/early-analyses.js';
import { emptyLedger, fold } from '../../src/correlate/ledger.js';
import { DeviceLedgers } from '../../src/reading/device-ledgers.js';
import { MINUTE, NINE, smaps } from '../correlate/build-captures.js';

/** Captures of a device, read at so many minutes past nine. */
function add(devices: DeviceLedgers, device: string, minute: number): void {
  const ledger = emptyLedger();
  fold(
    ledger,
    smaps({ device, command: 'sensord', pid: 1, takenAt: NINE + minute * MINUTE }, 100, `${device}/${minute}`),
  );
  devices.add(device, ledger);
}

/** Reads groups of devices one after the other; the devices that are known early. */
async function earlyOf(groups: readonly (readonly string[])[], device?: RegExp): Promise<string[]> {
  const devices = new DeviceLedgers();
  const early = new EarlyAnalyses({ ...(device && { device }) });
  for (const [minute, names] of groups.entries()) {
    for (const name of names) add(devices, name, minute);
    early.see({ devices, cache: undefined }, names);
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
  }
  await early.end();
  return devices.devices().filter((name) => early.of(name, devices.partsOf(name)));
}

describe('analyses that are made while others are read', () => {
  it('are of the devices whose captures have ended', async () => {
    expect(await earlyOf([['a', 'b'], ['b', 'c'], ['d']])).toEqual(['a', 'b', 'c']);
  });

  it('are of those that are wanted', async () => {
    expect(await earlyOf([['a'], ['b'], ['c']], /^b$/)).toEqual(['b']);
  });

  it('are not used where more captures came', async () => {
    expect(await earlyOf([['a'], ['b'], ['a'], ['c']])).toEqual(['b']);
  });

  it('are given up where devices come again and again', async () => {
    const days = [1, 2].flatMap(() => [['a'], ['b'], ['c'], ['d'], ['e'], ['f']]);
    expect(await earlyOf([...days, ['x'], ['y'], ['z']])).toEqual([]);
  });
});
