import type { KernelFindingReport } from '../../model/analysis.js';
import type { FaultCause } from '../../model/fault-cause.js';
import { groupBy } from '../../model/group-by.js';
import type { ProgramError, ProgramRecord } from '../../model/program.js';
import { causeOf } from './cause.js';
import { processOf } from './process.js';
import { faultOfError, faultOfFinding } from './told.js';

/** The records with the cause of each error that is a fault. */
export function withCauses(records: readonly ProgramRecord[]): ProgramRecord[] {
  const devices = byDevice(records);
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
  records: readonly ProgramRecord[],
): KernelFindingReport[] {
  const devices = byDevice(records);
  return findings.map((finding) => {
    const fault = faultOfFinding(finding);
    const candidates = devices.get(finding.device) ?? [];
    return fault ? caused(finding, causeOf(fault, processOf(fault, finding.command, candidates))) : finding;
  });
}

function byDevice(records: readonly ProgramRecord[]): Map<string, ProgramRecord[]> {
  return groupBy(records, ({ program }) => program.device);
}

function caused<T extends ProgramError | KernelFindingReport>(told: T, cause: FaultCause | undefined): T {
  return cause === undefined ? told : { ...told, cause };
}
