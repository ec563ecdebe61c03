import type { DeviceAnalysis } from './analyze-device.js';
import { type PackedProgram, packProgram } from './program-shelf.js';

/** The analysis of a device as it is kept in the cache and comes from a thread. */
export type KeptAnalysis = Omit<DeviceAnalysis, 'programs'> & { readonly programs: readonly PackedProgram[] };

export function keptAnalysis(analysis: DeviceAnalysis): KeptAnalysis {
  return { ...analysis, programs: analysis.programs.map(packProgram) };
}
