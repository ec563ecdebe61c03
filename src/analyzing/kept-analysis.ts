import { deserialize, serialize } from 'node:v8';
import { type DeviceAnalysis, RULE_FAILED } from './analyze-device.js';
import type { DeviceCase } from './device-case.js';
import { type PackedProgram, packProgram } from './packed-program.js';

/** The analysis of a device as it waits, is kept in the cache, and comes from a thread. */
export type KeptAnalysis = Omit<DeviceAnalysis, 'programs'> & { readonly programs: readonly PackedProgram[] };

export function keptAnalysis(analysis: DeviceAnalysis | KeptAnalysis): KeptAnalysis {
  return isKept(analysis) ? analysis : { ...analysis, programs: analysis.programs.map(packProgram) };
}

function isKept(analysis: DeviceAnalysis | KeptAnalysis): analysis is KeptAnalysis {
  return analysis.programs.every((program) => 'bytes' in program);
}

export type DeviceAnalyzer = (device: DeviceCase) => Promise<DeviceAnalysis | KeptAnalysis>;

/** The analysis of an earlier run, else one that is kept for the next. */
export async function analysisOf(device: DeviceCase, analyze: DeviceAnalyzer): Promise<DeviceAnalysis | KeptAnalysis> {
  const key = device.key();
  const store = device.read.cache?.store;
  const entry = key === undefined ? undefined : store?.read(key);
  if (entry) return deserialize(entry) as KeptAnalysis;
  const analysis = await analyze(device);
  if (key === undefined || analysis.problems.some(({ code }) => code === RULE_FAILED)) return analysis;
  const kept = keptAnalysis(analysis);
  store?.write(key, serialize(kept));
  return kept;
}
