import type { Pairing } from '../model/comparison.js';
import { compareNames } from '../model/origin.js';
import type { Observation } from './observations.js';

/** How the user wants devices to be paired: `all` as one, or these with each other. */
export type PairingWish = 'all' | readonly { readonly before: string; readonly after: string }[];

/** A program as both sides know it; a side that does not have it is empty. */
export interface ProgramPair {
  readonly command: string;
  readonly commandBefore?: string;
  readonly before: readonly Observation[];
  readonly after: readonly Observation[];
}

/**
 * Which device of one side is which of the other: as the user wishes, else those of the same name, else the only one of
 * each side; else none, and programs are compared over all devices.
 */
export function pairDevices(
  before: readonly Observation[],
  after: readonly Observation[],
  wish?: PairingWish,
): Pairing {
  const earlier = devicesOf(before);
  const later = devicesOf(after);
  if (wish === 'all') return { by: 'command', devices: [], onlyBefore: [], onlyAfter: [] };
  const given = (wish ?? []).filter((pair) => earlier.includes(pair.before) && later.includes(pair.after));
  const same = earlier
    .filter(
      (device) => later.includes(device) && !given.some((pair) => pair.before === device || pair.after === device),
    )
    .map((device) => ({ before: device, after: device }));
  const devices = [...given, ...same].sort((a, b) => compareNames(a.before, b.before));
  if (devices.length > 0) {
    return {
      by: given.length > 0 ? 'given' : 'name',
      devices,
      onlyBefore: earlier.filter((device) => !devices.some((pair) => pair.before === device)),
      onlyAfter: later.filter((device) => !devices.some((pair) => pair.after === device)),
    };
  }
  const [[first], [last]] = [earlier, later];
  if (first !== undefined && last !== undefined && earlier.length === 1 && later.length === 1) {
    return { by: 'only-device', devices: [{ before: first, after: last }], onlyBefore: [], onlyAfter: [] };
  }
  return { by: 'command', devices: [], onlyBefore: [], onlyAfter: [] };
}

/** The programs of both sides put together by command, on each pair of devices; where these are not told apart, over all. */
export function pairPrograms(
  before: readonly Observation[],
  after: readonly Observation[],
  { by, devices }: Pairing,
): ProgramPair[] {
  const renamed = onlyCommands(before, after);
  if (by === 'command') return pairsOf(before, after, renamed);
  return devices.flatMap((pair) =>
    pairsOf(
      before.filter(({ device }) => device === pair.before),
      after.filter(({ device }) => device === pair.after),
      renamed,
    ),
  );
}

function pairsOf(
  before: readonly Observation[],
  after: readonly Observation[],
  renamed: { readonly before: string; readonly after: string } | undefined,
): ProgramPair[] {
  if (renamed) return [{ command: renamed.after, commandBefore: renamed.before, before, after }];
  const commands = [...new Set([...before, ...after].map(({ command }) => command))];
  return commands.map((command) => ({
    command,
    before: before.filter((one) => one.command === command),
    after: after.filter((one) => one.command === command),
  }));
}

/** Where each side has one program only, these are meant, whatever their names. */
function onlyCommands(
  before: readonly Observation[],
  after: readonly Observation[],
): { before: string; after: string } | undefined {
  const [first, ...others] = new Set(before.map(({ command }) => command));
  const [last, ...more] = new Set(after.map(({ command }) => command));
  if (first === undefined || last === undefined || others.length + more.length > 0 || first === last) return undefined;
  return { before: first, after: last };
}

function devicesOf(observations: readonly Observation[]): string[] {
  return [...new Set(observations.map(({ device }) => device))].sort(compareNames);
}
