import type { Wrapping } from './line-prefix.js';
import { withoutEscapes } from './terminal-escapes.js';

/** What loggers call the text of a line, its time, and the device. */
const TEXTS = ['message', 'msg', 'MESSAGE', 'log', 'line', 'text', 'output'];
const TIMES = ['time', 'timestamp', '@timestamp', 'ts', 'date', '_time', '__REALTIME_TIMESTAMP'];
const DEVICES = ['host', 'hostname', '_HOSTNAME', 'device', 'node'];

/**
 * A line of a log of JSON objects (Docker's json-file, `journalctl -o json`, structured loggers), one for each line of
 * the text:
 *
 *     {"log":"Rss:                2272 kB\n","stream":"stdout","time":"2026-11-23T00:42:01.123Z"}
 */
export const jsonLine: Wrapping = (line) => {
  const fields = line.startsWith('{') ? fieldsOf(line) : undefined;
  const told = fields && textIn(fields, TEXTS)?.replace(/\r?\n$/, '');
  if (told === undefined || told.includes('\n')) return undefined;
  const time = timeOf(textIn(fields ?? {}, TIMES));
  const device = textIn(fields ?? {}, DEVICES);
  return {
    length: 0,
    text: bytesOf(told),
    ...(time !== undefined && { time }),
    ...(device !== undefined && { device }),
  };
};

/** Its bytes, one in each character as a line has them here, without what steers a terminal: JSON escapes both. */
function bytesOf(text: string): string {
  const bytes = Buffer.from(text);
  return bytes.toString('latin1', 0, withoutEscapes(bytes, 0, bytes.length));
}

function fieldsOf(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return JSON.parse(Buffer.from(line, 'latin1').toString()) as Readonly<Record<string, unknown>>;
  } catch {
    // Cut, longer than is looked at, or no JSON: a line that stands for itself.
    return undefined;
  }
}

function textIn(fields: Readonly<Record<string, unknown>>, names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = fields[name];
    if (typeof value === 'string' || typeof value === 'number') return String(value);
  }
  return undefined;
}

/** The journal counts microseconds. */
function timeOf(text: string | undefined): string | undefined {
  return text !== undefined && /^\d{16}$/.test(text) ? `${text.slice(0, 10)}.${text.slice(10)}` : text;
}
