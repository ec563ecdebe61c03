import { mergedLedger } from '../reading/device-ledgers.js';
import { analyzeDevice } from './analyze-device.js';
import type { DeviceTask } from './device-threads.js';
import { type KeptAnalysis, keptAnalysis } from './kept-analysis.js';

/** What a thread of the pool runs: the analysis of one device. */
export default async function analyzePacked({ ledgers, logs, witnesses, options }: DeviceTask): Promise<KeptAnalysis> {
  const captures = { ledger: mergedLedger(ledgers), logs, witnesses: witnesses.map(mergedLedger) };
  return keptAnalysis(await analyzeDevice(captures, options));
}
