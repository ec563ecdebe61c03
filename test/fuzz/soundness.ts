import type { VmaTable } from '../../src/model/vma-table.js';
import type { FoundInBytes } from './read-bytes.js';

/** How many lines a text has. */
export function lineCount(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) count++;
  return bytes.length > 0 && bytes.at(-1) !== 10 ? count + 1 : count;
}

/**
 * What in a result no capture can mean, or no JSON can carry: a number that is NaN, infinite, negative or -0, an
 * amount beyond what is exact, an undefined where a field should be absent, an origin or problem outside of the text.
 * @returns paths into the result, like `readings.0.sample.rss = NaN`.
 */
export function unsound({ readings, problems, lines }: FoundInBytes, lastLine: number): string[] {
  const found: string[] = [];
  for (const [i, reading] of readings.entries()) {
    if (reading.type === 'snapshot') {
      const { table, ...rest } = reading;
      visit(rest, `readings.${i}`, lastLine, found);
      visitTable(table, `readings.${i}.table`, lastLine, found, reading.format === 'showmap');
    } else visit(reading, `readings.${i}`, lastLine, found);
  }
  for (const { line, message, severity, code } of problems) {
    if (line < 0 || line > lastLine || !Number.isInteger(line)) found.push(`problem ${code} at line ${line}`);
    if (severity !== 'error' && severity !== 'warning') found.push(`problem ${code} is ${String(severity)}`);
    if (/undefined|NaN|\[object/.test(message.replace(/".*"/s, ''))) found.push(`problem ${code}: ${message}`);
  }
  if (lines.used + lines.ignored + lines.reported !== lines.read) found.push(`lines ${JSON.stringify(lines)}`);
  return found;
}

function visit(value: unknown, path: string, lastLine: number, found: string[]): void {
  if (typeof value === 'number') {
    if (!(value >= 0 && value <= Number.MAX_SAFE_INTEGER) || Object.is(value, -0)) found.push(`${path} = ${value}`);
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, part] of Object.entries(value)) {
      if (name === 'origin') visitOrigin(part, path, lastLine, found);
      else visit(part, `${path}.${name}`, lastLine, found);
    }
  } else if (typeof value !== 'string' && typeof value !== 'boolean') found.push(`${path} = ${String(value)}`);
}

function visitOrigin(origin: unknown, path: string, lastLine: number, found: string[]): void {
  const { line } = origin as { line: number };
  if (!(Number.isInteger(line) && line >= 1 && line <= lastLine)) found.push(`${path}.origin is line ${line}`);
}

/** @param sharesLines showmap's JSON has all rows on one line */
function visitTable(table: VmaTable, path: string, lastLine: number, found: string[], sharesLines: boolean): void {
  const { count, start, end, offset, inode, line, permissions, counters, paths } = table;
  // Addresses are exact beyond 2^53, since they are whole pages; an inode of 20 digits counts nothing.
  const columns = [...counters, ['start', start], ['end', end], ['offset', offset], ['inode', inode]] as const;
  for (const [name, column] of columns) {
    const highest = counters.has(name) ? Number.MAX_SAFE_INTEGER : name === 'inode' ? 2 ** 67 : 2 ** 64;
    for (let row = 0; row < count; row++) {
      const value = column[row] ?? Number.NaN;
      if (!(value >= 0 && value <= highest)) found.push(`${path}.${name}.${row} = ${value}`);
    }
  }
  for (let row = 0; row < count; row++) {
    const at = line[row] ?? 0;
    if (at < 1 || at > lastLine) found.push(`${path}.line.${row} = ${at}`);
    if (row > 0 && at <= (line[row - 1] ?? 0) - (sharesLines ? 1 : 0))
      found.push(`${path}.line.${row} = ${at}, not below the one before`);
    if (paths[table.path[row] ?? -1] === undefined) found.push(`${path}.path.${row} has no name`);
    if ((permissions[row] ?? 16) > 15) found.push(`${path}.permissions.${row} = ${permissions[row]}`);
  }
  if (count === 0) found.push(`${path} has no row`);
}

/** The same as plain JSON, as a report has it; tables by their columns. */
export function plain({ readings, problems }: FoundInBytes): unknown {
  return {
    readings: readings.map((reading) => ({ ...reading, ...('table' in reading && { table: columns(reading.table) }) })),
    problems,
  };
}

function columns({ count, start, end, offset, inode, line, permissions, path, paths, counters }: VmaTable): unknown {
  const of = (column: Float64Array | Uint32Array | Uint8Array): number[] => [...column.subarray(0, count)];
  return {
    start: of(start),
    end: of(end),
    offset: of(offset),
    inode: of(inode),
    line: of(line),
    permissions: of(permissions),
    names: of(path).map((id) => paths[id]),
    counters: Object.fromEntries([...counters].map(([name, column]) => [name, of(column)])),
  };
}
