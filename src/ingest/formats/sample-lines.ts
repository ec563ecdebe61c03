import type { Sample } from '../../model/memory.js';
import { findClock } from '../clock-text.js';
import type { LineReader, Says, Section } from '../format.js';
import { findTime } from '../time-text.js';

/** What stands in front of the amounts of a line. */
export interface InFront {
  /** All of it: it may tell the time. */
  readonly inFront: string;
  readonly pid?: number;
  /** A number that nothing calls a pid. */
  readonly number?: number;
  readonly command?: string;
}

/** A line that is a whole sample. */
export interface SampleLine extends InFront {
  readonly sample: Sample;
}

export const LONGEST_SAMPLE_LINE = 512;

export function firstLineOf(head: string): string {
  return head.slice(0, Math.max(0, head.search(/\r?\n|$/)));
}

/**
 * What a script has printed in front: a time, the pid, a name. Undefined where there is more, or what a logger
 * prints (`sampler[77]:`).
 */
export function inFrontOf(text: string): InFront | undefined {
  const time = findTime(text) ?? findClock(text);
  const around = time ? `${text.slice(0, time.start)} ${text.slice(time.end)}` : text;
  if (time?.dayOnly || /\w\[/.test(around)) return undefined;
  const words = around.split(/[\s,;:|=[\](){}"]+/).filter((word) => /\w/.test(word));
  const numbers = words.filter((word) => /^\d{1,7}$/.test(word)).map(Number);
  const names = words.filter((word) => /^[a-z_/.][\w.+@/-]*$/i.test(word) && !LABEL.test(word));
  const labels = words.filter((word) => LABEL.test(word));
  if (numbers.length > 1 || names.length > 1 || numbers.length + names.length + labels.length < words.length) {
    return undefined;
  }
  const [number] = numbers;
  const [command] = names;
  const isPid = labels.some((label) => /^pid$/i.test(label));
  return {
    inFront: text,
    ...(number !== undefined && (isPid ? { pid: number } : { number })),
    ...(command !== undefined && { command }),
  };
}

const LABEL = /^(?:pid|process|cmd|comm|command|name|time|date|epoch)$/i;

interface PlacedLine extends SampleLine {
  readonly line: number;
}

/** Reads lines that are a sample each. A number in front of several of them is a pid where it comes again. */
export class SampleLinesReader implements LineReader {
  private lines: PlacedLine[] = [];

  constructor(
    private readonly section: Section,
    private readonly sampleLineOf: (line: string) => SampleLine | undefined,
  ) {}

  line(text: string, number: number): boolean {
    if (text.trim() === '') return true;
    const sampled = this.sampleLineOf(text);
    if (!sampled) return false;
    this.lines.push({ ...sampled, line: number });
    if (this.lines.length >= MOST_HELD) this.tell();
    return true;
  }

  end(): void {
    this.tell();
  }

  private tell(): void {
    const { lines, section } = this;
    this.lines = [];
    const numbers = lines.flatMap(({ number }) => number ?? []);
    const arePids = new Set(numbers).size * 2 <= numbers.length;
    for (const { sample, inFront, pid, number, command, line } of lines) {
      const told = pid ?? (arePids ? number : undefined);
      const says: Says = {
        inFront,
        ...(told !== undefined && { pid: told }),
        ...(command !== undefined && { command }),
      };
      section.emit({ type: 'sample', says, origin: { file: section.file, line }, sample });
    }
  }
}

const MOST_HELD = 10_000;
