import { setImmediate } from 'node:timers/promises';
import { deserialize, serialize } from 'node:v8';
import { analyzeDevice, type DeviceAnalysis, type DeviceOptions, RULE_FAILED } from './analyze-device.js';
import { digestOf } from './cache/value-digest.js';
import { sampledPrograms } from './correlate/records.js';
import type { SampledProgram } from './correlate/sampled-index.js';
import { type Assignment, assignLogs } from './correlate/witnesses.js';
import { groupBy } from './model/group-by.js';
import { compareNames } from './model/origin.js';
import { type PackedProgram, ProgramShelf, packProgram } from './program-shelf.js';
import type { CapturesRead } from './reading/read-captures.js';

export interface DevicesOptions extends DeviceOptions {
  /** Only matching devices. */
  readonly device?: RegExp;
}

/**
 * What was read, analyzed device by device in the order of their names, so that the captures of one alone are unpacked
 * at a time. What an earlier run made of the same captures is taken from the cache.
 */
export async function analyzeDevices(read: CapturesRead, options: DevicesOptions): Promise<DeviceAnalysis[]> {
  const logs = groupBy(await assignedLogs(read), ({ device }) => device);
  const names = new Set([...read.devices.devices(), ...logs.keys()]);
  const wanted = [...names].filter((device) => options.device?.test(device) ?? true).sort(compareNames);
  const shelf = new ProgramShelf();
  const analyses: DeviceAnalysis[] = [];
  for (const device of wanted) {
    const analysis = await analyzedDevice(device, logs.get(device) ?? [], read, options);
    analyses.push({ ...analysis, programs: analysis.programs.map((program) => shelf.add(program)) });
  }
  return analyses;
}

/** Each log with the programs that it tells of; which these are depends on all devices. */
async function assignedLogs({ diagnoses, devices }: CapturesRead): Promise<Assignment[]> {
  if (diagnoses.size === 0) return [];
  const sampled: SampledProgram[] = [];
  for (const device of devices.devices()) {
    for (const { command, pids, hasSeries } of sampledPrograms(devices.of(device)).programs) {
      sampled.push({ device, command, pids, hasSeries });
    }
    await setImmediate();
  }
  return assignLogs([...diagnoses.values()], sampled);
}

type KeptAnalysis = Omit<DeviceAnalysis, 'programs'> & { readonly programs: readonly PackedProgram[] };

async function analyzedDevice(
  device: string,
  logs: readonly Assignment[],
  read: CapturesRead,
  options: DeviceOptions,
): Promise<DeviceAnalysis | KeptAnalysis> {
  const key = keyOf(device, logs, read, options);
  const entry = key === undefined ? undefined : read.cache?.store.read(key);
  if (entry) return deserialize(entry) as KeptAnalysis;
  const { devices } = read;
  const analysis = await analyzeDevice(
    {
      ledger: devices.of(device),
      logs,
      witnesses: witnessesOf(logs).map((witness) => devices.of(witness)),
    },
    options,
  );
  if (key !== undefined && !analysis.problems.some(({ code }) => code === RULE_FAILED)) {
    const kept: KeptAnalysis = { ...analysis, programs: analysis.programs.map(packProgram) };
    read.cache?.store.write(key, serialize(kept));
  }
  return analysis;
}

/** The devices whose programs tell the cause of an error that a log of theirs shows. */
function witnessesOf(logs: readonly Assignment[]): string[] {
  const devices = logs.flatMap(({ testimony: { log, witness } }) => (log.errors.size > 0 ? (witness ?? []) : []));
  return [...new Set(devices)].sort(compareNames);
}

/** Stands for all that an analysis of the device is made of; undefined where nothing does. */
function keyOf(
  device: string,
  logs: readonly Assignment[],
  { cache, devices }: CapturesRead,
  { command, memoryLimit }: DeviceOptions,
): string | undefined {
  const parts = [device, ...witnessesOf(logs)].map((one) => devices.keysOf(one));
  if (!cache || parts.includes(undefined)) return undefined;
  return cache.key('device', device, parts, digestOf(logs), command && [command.source, command.flags], memoryLimit);
}
