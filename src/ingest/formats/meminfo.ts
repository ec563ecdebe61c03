import { quote } from '../../model/problem.js';
import type { CaptureFormat, LineReader, Section } from '../format.js';
import { lineReader } from '../line-reader.js';
import { bytesOfKib } from './kib.js';

/**
 * /proc/meminfo: the memory of the whole device, one or many after each other.
 *
 *     MemTotal:       24684092 kB
 *     MemFree:        23021348 kB
 *     …
 *     HugePages_Total:       0
 *
 * All lines are taken by the kernel's names: bytes, but for the numbers of huge pages. Which lines there are differs
 * from kernel to kernel.
 * Source: https://docs.kernel.org/filesystems/proc.html
 */
export const meminfo: CaptureFormat = {
  id: 'meminfo',
  name: '/proc/meminfo',
  specification: 'https://docs.kernel.org/filesystems/proc.html',
  howToCapture: 'cat /proc/meminfo',
  firstLine: /^MemTotal:/,
  recognizes: (head) => /^MemTotal: +\d+ kB\nMemFree: +\d+ kB\n/.test(head),
  open: (section) => lineReader(meminfoReader(section)),
};

const LINE = /^(?<name>[A-Z]\w*(?:\(\w+\))?): +(?<number>\d+)(?<unit> kB)?$/;

function meminfoReader(section: Section): LineReader {
  let lines: Record<string, number> = {};
  let firstLine = 0;

  const finish = (): void => {
    const origin = { file: section.file, line: firstLine };
    if (Object.keys(lines).length > 0) section.emit({ type: 'device-memory', says: {}, origin, lines });
    lines = {};
    firstLine = 0;
  };

  return {
    line(text, number) {
      const { name, number: digits = '', unit } = LINE.exec(text)?.groups ?? {};
      if (name === undefined) return false;
      if (name === 'MemTotal') finish();
      if (firstLine === 0) firstLine = number;
      // Only counts have no unit: any other number without it may have been cut.
      const value = unit === undefined ? countOf(name, digits) : bytesOfKib(digits);
      if (value !== undefined) lines[name] = value;
      else section.problem('warning', 'bad-value', `expected an amount in kB, found ${quote(text)}`, number);
      return true;
    },
    end: finish,
  };
}

function countOf(name: string, digits: string): number | undefined {
  const count = Number(digits);
  return name.startsWith('HugePages_') && Number.isSafeInteger(count) ? count : undefined;
}
