import Papa from 'papaparse';
import type { Analysis } from '../../model/analysis.js';
import type { Comparison } from '../../model/comparison.js';
import { siteOf } from '../../model/leaks.js';
import { visible } from '../../model/problem.js';
import { programKey } from '../../model/program-key.js';
import { sampleCountOf } from '../../model/sample-count.js';
import type { Instant } from '../../model/units.js';
import { isInstant } from './format-value.js';
import { analysisOf } from './output.js';

type Value = string | number | undefined;
type Line = Readonly<Record<string, Value>>;

/** One line per program: its verdict and what it rests on. Amounts in bytes, times in UTC as ISO 8601; empty: not known. */
export function programsCsv(data: Analysis | Comparison): string {
  const { programs, verdicts, leaks } = analysisOf(data);
  const samplesOf = new Map(
    programs.map((program) => [
      programKey(program),
      program.timelines.reduce((sum, timeline) => sum + sampleCountOf(timeline), 0),
    ]),
  );
  const leakOf = new Map(leaks.toReversed().map((leak) => [leak.fingerprint, leak]));
  return csvOf(
    PROGRAM_COLUMNS,
    verdicts.map((verdict): Line => {
      const [explained] = verdict.explainedBy;
      const leak = explained && leakOf.get(explained.fingerprint);
      const site = leak && siteOf(leak.frames);
      return {
        device: verdict.device,
        command: verdict.command,
        verdict: verdict.label,
        growth: verdict.growth,
        rate_per_hour: verdict.ratePerHour,
        rate_low: verdict.rateInterval?.[0],
        rate_high: verdict.rateInterval?.[1],
        rate_per_sample: verdict.ratePerSample,
        p_value: verdict.pValue,
        course: verdict.shape,
        where: verdict.where,
        since: instantText(verdict.since),
        lasts_hours: verdict.exhaustion?.hours,
        samples: samplesOf.get(programKey(verdict)),
        pid: verdict.pid,
        allocated_at: site?.symbol,
        allocated_file: site?.file,
        allocated_line: site?.line,
        share: explained?.share,
        reason: (verdict.grounds[0] ?? verdict.objections[0])?.statement ?? verdict.missing[0]?.reason,
      };
    }),
  );
}

const PROGRAM_COLUMNS = [
  'device',
  'command',
  'verdict',
  'growth',
  'rate_per_hour',
  'rate_low',
  'rate_high',
  'rate_per_sample',
  'p_value',
  'course',
  'where',
  'since',
  'lasts_hours',
  'samples',
  'pid',
  'allocated_at',
  'allocated_file',
  'allocated_line',
  'share',
  'reason',
];

/** One line per loss record. */
export function leaksCsv(data: Analysis | Comparison): string {
  const { leaks } = analysisOf(data);
  return csvOf(
    LEAK_COLUMNS,
    leaks.map((leak): Line => {
      const site = siteOf(leak.frames);
      const [origin] = leak.origins;
      return {
        device: leak.device,
        command: leak.command,
        tool: leak.tool,
        kind: leak.kind,
        bytes: leak.bytes,
        blocks: leak.blocks,
        indirect_bytes: leak.indirectBytes,
        allocated_at: site?.symbol,
        allocated_file: site?.file,
        allocated_line: site?.line,
        fingerprint: leak.fingerprint,
        log: origin?.file,
        log_line: origin?.line,
      };
    }),
  );
}

const LEAK_COLUMNS = [
  'device',
  'command',
  'tool',
  'kind',
  'bytes',
  'blocks',
  'indirect_bytes',
  'allocated_at',
  'allocated_file',
  'allocated_line',
  'fingerprint',
  'log',
  'log_line',
];

/** One line per VMA of each program's last snapshot. */
export function vmasCsv(data: Analysis | Comparison): string {
  const { programs } = analysisOf(data);
  return csvOf(
    VMA_COLUMNS,
    programs.flatMap(({ device, command, vmas }) => vmas.map((vma): Line => ({ device, command, ...vma }))),
  );
}

const VMA_COLUMNS = [
  'device',
  'command',
  'start',
  'end',
  'permissions',
  'pathname',
  'kind',
  'category',
  'size',
  'rss',
  'pss',
  'uss',
  'swap',
  'growth',
];

/** One line per leak over the devices of the run. Rates in bytes per hour. */
export function rollUpsCsv(data: Analysis | Comparison): string {
  const { rollups = [] } = analysisOf(data);
  return csvOf(
    ROLL_UP_COLUMNS,
    rollups.map(
      ({
        command,
        label,
        devices,
        ofDevices,
        mapping,
        site,
        fingerprint,
        ratePerHour,
        worst,
        firstSeen,
        examples,
      }): Line => ({
        command,
        verdict: label,
        devices,
        of_devices: ofDevices,
        where: mapping,
        allocated_at: site?.symbol,
        allocated_file: site?.file,
        allocated_line: site?.line,
        fingerprint,
        rate_median: ratePerHour?.median,
        rate_low: ratePerHour?.least,
        rate_high: ratePerHour?.most,
        worst_device: worst.device,
        since: instantText(firstSeen),
        examples: examples.join(', '),
      }),
    ),
  );
}

const ROLL_UP_COLUMNS = [
  'command',
  'verdict',
  'devices',
  'of_devices',
  'where',
  'allocated_at',
  'allocated_file',
  'allocated_line',
  'fingerprint',
  'rate_median',
  'rate_low',
  'rate_high',
  'worst_device',
  'since',
  'examples',
];

/** In UTC as ISO 8601; nothing for what is no date. */
function instantText(value: Instant | undefined): string | undefined {
  return value === undefined || !isInstant(value) ? undefined : new Date(value).toISOString();
}

/**
 * Lines of RFC 4180 for spreadsheets, which take text that begins as a formula for one: there an apostrophe stands
 * before it. Also behind what other locales divide columns by.
 * Source: https://owasp.org/www-community/attacks/CSV_Injection
 */
function csvOf(columns: readonly string[], lines: readonly Line[]): string {
  const data = lines.map((line) => columns.map((column) => cellOf(line[column])));
  const text = Papa.unparse({ fields: [...columns], data }, { escapeFormulae: FORMULA, newline: '\r\n' });
  // Of no lines at all, it ends the first.
  return text.endsWith('\r\n') ? text : `${text}\r\n`;
}

function cellOf(value: Value): string | number {
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) return '';
    return Number.isInteger(value) ? value : Number(value.toPrecision(DIGITS));
  }
  return visible(value ?? '').replace(FORMULA_BEHIND, "$&'");
}

/** More are noise of the arithmetic, but whole numbers of bytes are exact. */
const DIGITS = 15;

/** The wide forms too: spreadsheets of East Asia take them for the narrow ones. */
const FORMULA = /^[=+\-@＝＋－＠]/;
const FORMULA_BEHIND = /;(?="?[=+\-@＝＋－＠])/g;
