import { findClock } from './clock-text.js';
import { fromTime, type SectionHeader } from './section-header.js';

/** The name of a host, maybe with a user before it and a port behind it. */
const HOST = String.raw`(?:[\w.-]+@)?(?<device>[A-Za-z\d][\w.-]{0,63})(?::\d{1,5})?`;

const PATTERNS: readonly RegExp[] = [
  // ansible: board-7 | CHANGED | rc=0 >>
  new RegExp(`^${HOST} \\| [A-Z]{2,16}!? \\| rc=\\d+ >>$`),
  // pssh: [1] 11:07:40 [SUCCESS] root@board-7:22
  new RegExp(`^\\[\\d+\\] (?<time>\\d\\d:\\d\\d:\\d\\d) \\[[A-Z]+\\] ${HOST}(?: .*)?$`),
  // fabric: [board-7] run: cat /proc/812/smaps
  new RegExp(`^\\[${HOST}\\] (?:Executing task|run:|sudo:) .*$`),
];

const LONGEST_LINE = 256;

/** The device that a tool names, which runs a command on many of them, above what each printed. */
export function hostHeaderOf(line: string): SectionHeader | undefined {
  if (line.length > LONGEST_LINE || !(line.startsWith('[') || line.endsWith('>>'))) return undefined;
  for (const pattern of PATTERNS) {
    const { device, time } = pattern.exec(line)?.groups ?? {};
    if (device !== undefined) return { ...(time !== undefined && fromTime(findClock(time))), device };
  }
  return undefined;
}

/**
 * The device whose name stands between two rules: `clush -b`, `dshbak`.
 *
 * @param before the line above it
 * @param below the text below it
 */
export function deviceBetweenRules(before: string | undefined, line: string, below: () => string): string | undefined {
  if (before === undefined || !RULE.test(before) || line.length > LONGEST_LINE) return undefined;
  const { device } = BETWEEN_RULES.exec(line.trim())?.groups ?? {};
  return device !== undefined && RULE.test(below().split('\n', 1)[0] ?? '') ? device : undefined;
}

const BETWEEN_RULES = new RegExp(`^${HOST}(?: \\(\\d+\\))?$`);
const RULE = /^-{8,80}\s*$/;
