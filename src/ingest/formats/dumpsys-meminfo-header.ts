/**
 * The lines above any table of `dumpsys meminfo`; the first only where dumpsys ran for several services.
 *
 *     DUMP OF SERVICE meminfo:
 *     Applications Memory Usage (in Kilobytes):
 *     Uptime: 277763066 Realtime: 766707569
 */
const HEADER_LINES = [
  /^DUMP OF SERVICE (?:[A-Z]+ )?meminfo:$/,
  /^Applications Memory Usage \((?:in Kilobytes|kB)\):$/,
  /^Uptime: \d+ Realtime: \d+$/,
] as const;

/** Whether a line is one of those; each announces a dump of its own. */
export function isDumpHeader(line: string): boolean {
  return HEADER_LINES.some((pattern) => pattern.test(line));
}

/** The first line that is neither empty nor one of those; of a text's first lines only. */
export function firstDumpLine(head: string): string {
  let rest = head;
  // The three lines and an empty one or two.
  for (let i = 0; i < 6; i++) {
    const end = rest.indexOf('\n');
    const line = end === -1 ? rest : rest.slice(0, end);
    if (line.trim() !== '' && !isDumpHeader(line)) return line;
    if (end === -1) return '';
    rest = rest.slice(end + 1);
  }
  return '';
}
