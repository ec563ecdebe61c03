import type { KernelFindingReport } from '../../model/analysis.js';
import type { FaultCause } from '../../model/fault-cause.js';
import { groupBy } from '../../model/group-by.js';
import type { ProgramError, ProgramRecord } from '../../model/program.js';
import { causeOf } from './cause.js';
import { processOf } from './process.js';
import { faultOfError, faultOfFinding } from './told.js';

/** What the samples of a program tell. */
export type SampledRecord = Pick<ProgramRecord, 'program' | 'timelines'>;

/**
 * The records with the cause of each error that is a fault.
 *
 * @param witnesses programs of other devices from which logs come
 */
export function withCauses(
  records: readonly ProgramRecord[],
  witnesses: readonly SampledRecord[] = [],
): ProgramRecord[] {
  const devices = byDevice([...records, ...witnesses]);
  return records.map((record) => {
    const { program, errors } = record;
    if (errors.length === 0) return record;
    return {
      ...record,
      errors: errors.map((error) => {
        const fault = faultOfError(error, errors);
        // The pids of a log are those of the device that it comes from.
        const candidates = devices.get(error.witness ?? program.device) ?? [];
        return fault ? caused(error, causeOf(fault, processOf(fault, program.command, candidates))) : error;
      }),
    };
  });
}

/** The findings with the cause of each process's fault. */
export function explainedFindings(
  findings: readonly KernelFindingReport[],
  records: readonly SampledRecord[],
): KernelFindingReport[] {
  const devices = byDevice(records);
  return findings.map((finding) => {
    const fault = faultOfFinding(finding);
    const candidates = devices.get(finding.device) ?? [];
    return fault ? caused(finding, causeOf(fault, processOf(fault, finding.command, candidates))) : finding;
  });
}

function byDevice(records: readonly SampledRecord[]): Map<string, SampledRecord[]> {
  return groupBy(records, ({ program }) => program.device);
}

function caused<T extends ProgramError | KernelFindingReport>(told: T, cause: FaultCause | undefined): T {
  return cause === undefined ? told : { ...told, cause };
}
