import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import { sampledPrograms } from '../correlate/records.js';
import { briefly, type SampledProgram } from '../correlate/sampled-index.js';
import { type Assignment, assignLogs } from '../correlate/witnesses.js';
import { groupBy } from '../model/group-by.js';
import { compareNames } from '../model/origin.js';
import { CODE_FOLDER } from '../own-files.js';
import type { CapturesRead } from '../reading/read-captures.js';
import type { DeviceAnalysis, DeviceOptions } from './analyze-device.js';
import { DeviceCase } from './device-case.js';
import { DeviceThreads } from './device-threads.js';
import { type DeviceProgress, DeviceTurns } from './device-turns.js';
import type { EarlyAnalyses } from './early-analyses.js';
import { analysisOf, type DeviceAnalyzer } from './kept-analysis.js';
import { ProgramShelf } from './program-shelf.js';

export interface DevicesOptions extends DeviceOptions {
  /** Only matching devices. */
  readonly device?: RegExp;
  /** Threads, this one among them; by default as many as there are processors, where they are of use. */
  readonly jobs?: number;
  /** Told after each device. */
  readonly onDevice?: (progress: DeviceProgress) => void;
  /** What other threads run, and after how many milliseconds of analyzing they begin. */
  readonly help?: Partial<ThreadHelp>;
}

interface ThreadHelp {
  readonly worker: URL;
  readonly after: number;
}

/** What is done in so much time does not pay for the start of threads. */
const HELP: ThreadHelp = { worker: new URL('analyzing/device-worker.js', CODE_FOLDER), after: 2_000 };

/**
 * What was read, analyzed device by device in the order of their names, so that the captures of few are unpacked at a
 * time. What an earlier run made of the same captures is taken from the cache.
 *
 * @param early what has been made while the captures were read
 */
export async function analyzeDevices(
  read: CapturesRead,
  options: DevicesOptions,
  early?: EarlyAnalyses,
): Promise<DeviceAnalysis[]> {
  const logs = groupBy(await assignedLogs(read, early), ({ device }) => device);
  const names = new Set([...read.devices.devices(), ...logs.keys()]);
  const devices = [...names].filter((device) => options.device?.test(device) ?? true).sort(compareNames);
  const shelf = new ProgramShelf();
  const by =
    (analyzer: DeviceAnalyzer) =>
    async (device: string): Promise<DeviceAnalysis> => {
      const ofDevice = logs.get(device) ?? [];
      const known = ofDevice.length === 0 ? early?.of(device, read.devices.partsOf(device)) : undefined;
      const analysis = known ?? (await analysisOf(new DeviceCase(device, ofDevice, read, options), analyzer));
      return { ...analysis, programs: analysis.programs.map((program) => shelf.add(program)) };
    };
  const turns = new DeviceTurns(devices, options.onDevice);
  await takeTurns(turns, by, options);
  return turns.analyses;
}

/** By this thread; and by others, when it turns out that they are of use. */
async function takeTurns(
  turns: DeviceTurns,
  by: (analyzer: DeviceAnalyzer) => (device: string) => Promise<DeviceAnalysis>,
  { jobs = availableParallelism(), help }: DevicesOptions,
): Promise<void> {
  const { worker, after } = { ...HELP, ...help };
  const others = jobs - 1;
  // Run from its sources, memreport has no worker that Node could load.
  const mayHelp = others > 0 && existsSync(worker);
  let busy = 0;
  const here = by(async (device) => {
    const begin = performance.now();
    const analysis = await device.analyze();
    busy += performance.now() - begin;
    return analysis;
  });
  await turns.take(here, () => !mayHelp || busy < after);
  if (turns.areOver) return;
  const threads = await DeviceThreads.start(others, worker);
  const elsewhere = by(async (device) => threads.analyze(device.task()));
  try {
    const everywhere = [here, ...Array.from({ length: threads.places }, () => elsewhere)];
    await Promise.all(everywhere.map(async (analyze) => turns.take(analyze)));
  } finally {
    await threads.close();
  }
}

/** Each log with the programs that it tells of; which these are depends on all devices. */
async function assignedLogs({ diagnoses, devices }: CapturesRead, early?: EarlyAnalyses): Promise<Assignment[]> {
  if (diagnoses.size === 0) return [];
  const sampled: SampledProgram[] = [];
  for (const device of devices.devices()) {
    const known = early?.of(device, devices.partsOf(device))?.sampled;
    if (!known) await setImmediate();
    sampled.push(...(known ?? briefly(sampledPrograms(devices.of(device)).programs)));
  }
  return assignLogs([...diagnoses.values()], sampled);
}
