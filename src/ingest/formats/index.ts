import type { CaptureFormat } from '../format.js';
import { maps } from './maps.js';
import { memcheck } from './memcheck.js';
import { meminfo } from './meminfo.js';
import { pmap } from './pmap.js';
import { sanitizer } from './sanitizer.js';
import { smaps } from './smaps.js';
import { smapsRollup } from './smaps-rollup.js';
import { smem } from './smem.js';
import { smemCsv } from './smem-csv.js';
import { stat } from './stat.js';
import { status } from './status.js';
import { valgrindOther } from './valgrind-tool.js';

/** Every format that memreport reads. The order is that of `memreport formats` and means nothing else. */
export const captureFormats: readonly CaptureFormat[] = [
  smaps,
  smapsRollup,
  maps,
  status,
  stat,
  meminfo,
  pmap,
  smem,
  smemCsv,
  memcheck,
  sanitizer,
  valgrindOther,
];
