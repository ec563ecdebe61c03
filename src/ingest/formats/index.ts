import type { CaptureFormat } from '../format.js';
import { bugreport } from './bugreport.js';
import { dhat } from './dhat.js';
import { dumpsysMeminfoCompact } from './dumpsys-meminfo-compact.js';
import { dumpsysMeminfoProcess } from './dumpsys-meminfo-process.js';
import { dumpsysMeminfoSystem } from './dumpsys-meminfo-system.js';
import { dumpsysMeminfoTotals } from './dumpsys-meminfo-totals.js';
import { kernelLog } from './kernel-log.js';
import { librank } from './librank.js';
import { maps } from './maps.js';
import { massif } from './massif.js';
import { memcheck } from './memcheck.js';
import { memcheckXml } from './memcheck-xml.js';
import { meminfo } from './meminfo.js';
import { numaMaps } from './numa-maps.js';
import { pmap } from './pmap.js';
import { pmapTotals } from './pmap-totals.js';
import { procLine } from './proc-line.js';
import { procrank } from './procrank.js';
import { rusage } from './rusage.js';
import { sanitizer } from './sanitizer.js';
import { showmap } from './showmap.js';
import { smaps } from './smaps.js';
import { smapsRollup } from './smaps-rollup.js';
import { smem } from './smem.js';
import { smemCsv } from './smem-csv.js';
import { stat } from './stat.js';
import { statm } from './statm.js';
import { status } from './status.js';
import { time } from './time.js';
import { valgrindOther } from './valgrind-tool.js';

/** Every format that memreport reads. The order is that of `memreport formats` and means nothing else. */
export const captureFormats: readonly CaptureFormat[] = [
  smaps,
  smapsRollup,
  maps,
  numaMaps,
  status,
  stat,
  statm,
  procLine,
  meminfo,
  pmap,
  pmapTotals,
  smem,
  smemCsv,
  procrank,
  librank,
  showmap,
  dumpsysMeminfoProcess,
  dumpsysMeminfoTotals,
  dumpsysMeminfoSystem,
  dumpsysMeminfoCompact,
  bugreport,
  memcheck,
  memcheckXml,
  sanitizer,
  valgrindOther,
  massif,
  dhat,
  kernelLog,
  time,
  rusage,
];
