import { COMM_LENGTH } from '../../model/capture.js';
import { compareOrigins } from '../../model/origin.js';
import type { ProgramRecord, Timeline } from '../../model/program.js';
import { AddressSpace } from './address-space.js';
import type { Fault } from './told.js';

/** The areas of the process that faulted, as far as it was sampled. */
export interface FaultedProcess {
  /** By its last snapshot: a fault mostly ends the process. */
  readonly last: AddressSpace;
  /** The latest first. */
  readonly earlier: readonly AddressSpace[];
}

/**
 * The process in which a fault happened. Addresses of another one say nothing, so it must have the fault's pid, and
 * code where the fault's stack has some; else it may be of the same program, if its code is in all the same places.
 *
 * @param command of the program, as far as the fault's teller knows it
 * @param records of all programs of the device: under valgrind, the kernel knows the process by valgrind's name
 */
export function processOf(
  fault: Fault,
  command: string | undefined,
  records: readonly Pick<ProgramRecord, 'program' | 'timelines'>[],
): FaultedProcess | undefined {
  const ofPid = records.flatMap(({ timelines }) =>
    timelines.filter(({ pid }) => pid !== undefined && pid === fault.pid),
  );
  const own = nearest(ofPid, fault, (matching) => fault.code.length === 0 || matching > 0);
  if (own || fault.code.length === 0) return own;
  const alike = records.filter(({ program }) => isSame(program.command, command));
  return nearest(
    alike.flatMap(({ timelines }) => timelines),
    fault,
    (matching) => matching === fault.code.length,
  );
}

function isSame(command: string, told: string | undefined): boolean {
  return told !== undefined && (command === told || (told.length === COMM_LENGTH && command.startsWith(told)));
}

/** The last of the timelines whose last snapshot has as much of the fault's code as it takes. */
function nearest(
  timelines: readonly Timeline[],
  fault: Fault,
  suffices: (matching: number) => boolean,
): FaultedProcess | undefined {
  for (const { first, peak, last } of timelines.toReversed()) {
    if (last === undefined) continue;
    const space = new AddressSpace(last, fault.underMemcheck);
    if (!suffices(space.executable(fault.code))) continue;
    const earlier = [peak ?? last, first ?? last].filter(({ origin }) => compareOrigins(origin, last.origin) !== 0);
    return { last: space, earlier: earlier.map((one) => new AddressSpace(one, fault.underMemcheck)) };
  }
  return undefined;
}
