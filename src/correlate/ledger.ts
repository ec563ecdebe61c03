import type { Capture, DiagnosisCapture, SampleCapture, SnapshotCapture } from '../model/capture.js';
import type { Program } from '../model/program.js';
import { programKey } from '../model/program-key.js';
import { type DeviceBuilds, foldBuild, mergeBuilds } from './device/builds.js';
import { type DeviceReadings, foldDeviceMemory, mergeDeviceMemory } from './device/device-memory.js';
import { foldKernelFinding, type KernelFindings, mergeKernelFindings } from './device/kernel-findings.js';
import { addDiagnosis, type DiagnosisLog, emptyDiagnosisLog, mergeDiagnosisLogs } from './diagnosis-log.js';
import { type MappingNames, numberOfMapping } from './mapping-names.js';
import { renumberRuns } from './mapping-runs.js';
import { MappingSums } from './mapping-sums.js';
import {
  addReading,
  addSnapshot,
  emptyProcessLog,
  mergeProcessLogs,
  type ProcessLog,
  type SnapshotTools,
} from './process-log.js';
import { readingOfSample } from './readings.js';
import { TableCopier } from './table-copier.js';

/**
 * All that was read so far, by process and by log: plain data, so that it can be sent between threads.
 *
 * Folding captures A, then B gives the same records as folding A and B into two ledgers and merging those, in any
 * order: whatever depends on order is decided in `recordsOf`, from sorted data. It grows with processes × samples, and
 * with processes × mappings × 1,000 snapshots, not with the bytes read.
 */
export interface Ledger {
  readonly processes: Map<string, ProcessLog>;
  readonly diagnoses: Map<string, DiagnosisLog>;
  readonly mappings: MappingNames;
  /** Programs of snapshots that broke off: they are there, though such a snapshot is no sample. */
  readonly cutShort: Map<string, Program>;
  readonly kernelFindings: KernelFindings;
  readonly deviceMemory: DeviceReadings;
  readonly builds: DeviceBuilds;
}

export function emptyLedger(): Ledger {
  return {
    processes: new Map(),
    diagnoses: new Map(),
    mappings: { names: [], numbers: new Map() },
    cutShort: new Map(),
    kernelFindings: new Map(),
    deviceMemory: new Map(),
    builds: new Map(),
  };
}

/** Takes what the capture says; the capture, and the table of a snapshot, may be used again afterwards. */
export function fold(ledger: Ledger, capture: Capture): void {
  foldBuild(ledger.builds, capture.context);
  if (capture.type === 'diagnosis') foldDiagnosis(ledger, capture);
  else if (capture.type === 'kernel') foldKernelFinding(ledger.kernelFindings, capture);
  else if (capture.type === 'device-memory') foldDeviceMemory(ledger.deviceMemory, capture);
  else if (capture.type === 'snapshot' && capture.truncated) foldCutShort(ledger, capture);
  else foldReading(ledger, capture);
}

/** Adds `other` to `ledger` and returns that. `other` must not be used any more: its parts now belong to `ledger`. */
export function merge(ledger: Ledger, other: Ledger): Ledger {
  const renumbered = other.mappings.names.map(({ label, kind }) => numberOfMapping(ledger.mappings, label, kind));
  for (const [key, theirs] of other.processes) {
    const ours = ledger.processes.get(key) ?? emptyProcessLog(theirs);
    mergeProcessLogs(ours, theirs, renumbered);
    ledger.processes.set(key, ours);
  }
  mergeDiagnoses(ledger.diagnoses, other.diagnoses);
  for (const [key, program] of other.cutShort) ledger.cutShort.set(key, program);
  mergeKernelFindings(ledger.kernelFindings, other.kernelFindings);
  mergeDeviceMemory(ledger.deviceMemory, other.deviceMemory);
  mergeBuilds(ledger.builds, other.builds);
  return ledger;
}

export function mergeDiagnoses(into: Ledger['diagnoses'], from: Ledger['diagnoses']): void {
  for (const [key, theirs] of from) {
    const ours = into.get(key);
    if (ours) mergeDiagnosisLogs(ours, theirs);
    else into.set(key, theirs);
  }
}

/**
 * The ledger of each device, but for the logs, which may tell of programs of others and stay. `ledger` must not be used
 * any more: its parts belong to the others now.
 */
export function ledgersByDevice(ledger: Ledger): Map<string, Ledger> {
  const ledgers = new Map<string, Ledger>();
  const of = (device: string): Ledger => {
    let own = ledgers.get(device);
    if (own === undefined) {
      own = emptyLedger();
      ledgers.set(device, own);
    }
    return own;
  };
  for (const [key, log] of ledger.processes) {
    const own = of(log.device);
    renumberRuns(log.runs, ledger.mappings, own.mappings);
    own.processes.set(key, log);
  }
  for (const [key, program] of ledger.cutShort) of(program.device).cutShort.set(key, program);
  for (const [key, finding] of ledger.kernelFindings) of(finding.device).kernelFindings.set(key, finding);
  for (const [key, reading] of ledger.deviceMemory) of(reading.device).deviceMemory.set(key, reading);
  for (const [device, builds] of ledger.builds) of(device).builds.set(device, builds);
  return ledgers;
}

function foldCutShort(ledger: Ledger, { context: { device, command } }: SnapshotCapture): void {
  if (command !== undefined) ledger.cutShort.set(programKey({ device, command }), { device, command });
}

function foldReading(ledger: Ledger, capture: SnapshotCapture | SampleCapture): void {
  const { device, command, pid, startTicks, layout } = capture.context;
  const key = JSON.stringify([device, command, pid, startTicks, layout]);
  let log = ledger.processes.get(key);
  if (log === undefined) {
    log = emptyProcessLog(capture.context);
    ledger.processes.set(key, log);
  }
  if (capture.type === 'sample') addReading(log, readingOfSample(capture));
  else addSnapshot(log, capture, toolsOf(ledger));
}

function foldDiagnosis(ledger: Ledger, capture: DiagnosisCapture): void {
  const { device, command, pid } = capture.context;
  // Logs that name no command are told apart, since each may turn out to be of another program.
  const key = JSON.stringify(command === undefined ? [device, null, pid, capture.origin.file] : [device, command]);
  let log = ledger.diagnoses.get(key);
  if (log === undefined) {
    log = emptyDiagnosisLog(capture);
    ledger.diagnoses.set(key, log);
  }
  addDiagnosis(log, capture);
}

/** The scratch memory of a ledger that is being folded into. It is nothing that the ledger knows, so not in its data. */
const scratch = new WeakMap<Ledger, SnapshotTools>();

function toolsOf(ledger: Ledger): SnapshotTools {
  let tools = scratch.get(ledger);
  if (tools === undefined) {
    tools = { sums: new MappingSums(ledger.mappings), copier: new TableCopier() };
    scratch.set(ledger, tools);
  }
  return tools;
}
