import type { KernelFindingReport } from '../../model/analysis.js';
import { COMM_LENGTH } from '../../model/capture.js';
import type { EndedProcess, Program } from '../../model/program.js';
import type { SampledProgram } from '../sampled-index.js';

/**
 * What the kernel of its device said of processes of a program that it ended since memory had run out. The pid is left
 * out where it is of no process that was sampled: in a container it is another, and who comes after was not seen.
 *
 * @param programs all of the device that were sampled
 */
export function endedProcessesOf(
  program: SampledProgram,
  programs: readonly SampledProgram[],
  findings: readonly KernelFindingReport[],
): EndedProcess[] {
  return findings.flatMap((finding) => {
    const { kind, pid, ...rest } = finding;
    if (kind !== 'out-of-memory' || !isNamed(program, finding)) return [];
    if (pid !== undefined && program.pids.has(pid)) return [finding];
    return programs.some((other) => other !== program && isNamed(other, finding)) ? [] : [rest];
  });
}

/** The kernel has no more than 15 characters of a name: the first, of an Android app the last. */
function isNamed({ device, command }: Program, { device: place, command: told }: KernelFindingReport): boolean {
  if (told === undefined || device !== place) return false;
  return command === told || (told.length === COMM_LENGTH && (command.startsWith(told) || command.endsWith(told)));
}
