import { expect } from 'vitest';
import { type FoundInBytes, type FoundReading, readBytes } from './read-bytes.js';

/** A record as it was read: its first line, and what it says. */
interface FoundRecord {
  readonly line: number;
  readonly says: string;
}

/** Every VMA, sample, loss record, error and finding, in the order of the text. */
function recordsOf({ readings }: FoundInBytes): FoundRecord[] {
  return readings.flatMap(recordsOfReading).sort((a, b) => a.line - b.line);
}

function recordsOfReading(reading: FoundReading): FoundRecord[] {
  if (reading.type === 'snapshot') {
    const { count, line, start, end, permissions, path, paths, counters } = reading.table;
    return Array.from({ length: count }, (_, i) => {
      const amounts = [...counters].map(([name, column]) => [name, column[i]]);
      const says = JSON.stringify([start[i], end[i], permissions[i], paths[path[i] ?? -1], amounts]);
      return { line: line[i] ?? 0, says };
    });
  }
  if (reading.type === 'diagnosis') {
    return [...reading.leaks, ...reading.errors].map((record) => ({
      line: record.origin.line,
      says: JSON.stringify(record),
    }));
  }
  if (reading.type === 'identity') return [];
  const { line } = reading.origin;
  if (reading.type === 'device-memory') return [{ line, says: JSON.stringify(reading.lines) }];
  return [{ line, says: JSON.stringify(reading.type === 'sample' ? [reading.says, reading.sample] : reading.finding) }];
}

export interface Cut {
  readonly bytes: Buffer;
  readonly at: number;
  readonly found: FoundInBytes;
  /** What was read of the text before the cut, as it is (`text`), and by its last, perhaps broken, line. */
  readonly text: string;
}

/**
 * Cuts a text at every byte. Of each part, what is said must be what the whole text says up to there; only the last
 * record may be less than whole, where its end cannot be told. No record that the whole text has, and that is over before the cut, may be missing.
 */
export async function expectPrefixes(
  bytes: Buffer,
  check: (cut: Cut) => void,
  lastRecord: 'is whole' | 'may be cut' = 'may be cut',
): Promise<void> {
  const all = await readBytes(bytes);
  const whole = recordsOf(all);
  const formats = all.formats.join();
  for (let at = 1; at < bytes.length; at++) {
    const part = bytes.subarray(0, at);
    const found = await readBytes(part);
    const text = part.toString('latin1');
    const wholeLines = text.split('\n').length - 1;
    // Before the format can be told there is nothing to compare.
    if (found.formats.length === 0) continue;
    const records = recordsOf(found);
    const isWhole = lastRecord === 'is whole' && found.formats.join() === formats;
    const settled = (isWhole ? records : records.slice(0, -1)).map(({ says }) => says);
    const over = whole.filter((_, i) => (whole[i + 1]?.line ?? Number.POSITIVE_INFINITY) <= wholeLines).length;
    const expected = whole.slice(0, settled.length).map(({ says }) => says);
    if (settled.join('\n') !== expected.join('\n')) expect(settled, `cut at byte ${at}`).toEqual(expected);
    if (records.length < over) expect(records.length, `records before byte ${at}`).toBeGreaterThanOrEqual(over);
    check({ bytes, at, found, text });
  }
}

/** The codes of the problems, which tell that something is missing. */
export function codesOf({ found }: Cut): string[] {
  return found.problems.map(({ code }) => code);
}

export function lastLineOf({ text }: Cut): string {
  return text.slice(text.lastIndexOf('\n', text.length - 2) + 1).trimEnd();
}
