import type { Capture, CaptureContext } from '../model/capture.js';
import type { Reading } from './format.js';

/**
 * A reading with its context. Spelled out for each kind: a gigabyte of smaps is tens of thousands of snapshots, and
 * copying objects by spreading them costs as much as a tenth of reading them.
 */
export function captureOf(
  reading: Exclude<Reading, { type: 'identity' }>,
  format: string,
  context: CaptureContext,
): Capture {
  const { type, origin } = reading;
  if (type === 'snapshot') {
    const { table, truncated } = reading;
    return truncated === undefined
      ? { type, format, context, origin, table }
      : { type, format, context, origin, table, truncated };
  }
  if (type === 'sample') return { type, format, context, origin, sample: reading.sample };
  if (type === 'device-memory') return { type, format, context, origin, lines: reading.lines };
  if (type === 'kernel') return { type, format, context, origin, finding: reading.finding };
  const { leaks, errors, summaries, heapProfiles, runs } = reading;
  return {
    type,
    format,
    context,
    origin,
    leaks,
    errors,
    summaries,
    ...(heapProfiles && { heapProfiles }),
    ...(runs && { runs }),
  };
}
