import { type HeapProfile, type HeapSite, largestSites } from '../../model/heap-profile.js';
import type { StackFrame } from '../../model/leaks.js';
import type { LineReader, Says, Section } from '../format.js';
import { LIMITS } from '../limits.js';
import { parseMemcheckFrame } from '../stack-frames.js';

/** Reads one DHAT file: its text is gathered and parsed at its end, since the frames stand behind what refers to them. */
export class DhatReader implements LineReader {
  private lines: string[] = [];
  private length = 0;
  private firstLine = 1;
  private lastLine = 1;
  private isOver = false;

  constructor(private readonly section: Section) {}

  line(text: string, number: number): boolean {
    const isFirst = this.length === 0;
    if (this.isOver || !(isFirst || JSON_LINE.test(text)) || (!isFirst && text.startsWith(BEGIN))) return false;
    if (isFirst) this.firstLine = number;
    this.lastLine = number;
    this.length += text.length + 1;
    if (this.length <= LIMITS.dhat.value) this.lines.push(text);
    else this.lines = [];
    this.isOver = text.startsWith('}') || (text.startsWith('{"') && text.endsWith('}'));
    return true;
  }

  end(): void {
    if (this.length > LIMITS.dhat.value) {
      const message = `expected at most ${LIMITS.dhat.value} bytes of DHAT's JSON, found more: not read`;
      this.section.problem('error', 'over-limit', message, this.firstLine);
      return;
    }
    const document = parsed(this.lines.join('\n'));
    this.lines = [];
    if (document === undefined) {
      const message = 'expected whole JSON, found text that is none: it is cut or damaged, and nothing of it is used';
      this.section.problem('error', 'truncated-capture', message, this.lastLine);
      return;
    }
    const profile = this.profileOf(document);
    if (!profile) return;
    const { cmd } = document;
    const says: Says = { ...(profile.pid !== undefined && { pid: profile.pid }) };
    if (typeof cmd === 'string' && cmd !== '') says.command = cmd;
    const { origin } = profile;
    this.section.emit({
      type: 'diagnosis',
      says,
      origin,
      leaks: [],
      errors: [],
      summaries: [],
      heapProfiles: [profile],
    });
  }

  private profileOf({ mode, pid, pps, ftbl }: JsonObject): HeapProfile | undefined {
    const points = (Array.isArray(pps) ? pps : []).filter(isObject);
    if (points.length > 0 && points.every(({ gb, eb }) => bytesOf(gb) === undefined && bytesOf(eb) === undefined)) {
      const found = typeof mode === 'string' ? mode.slice(0, 40) : 'none';
      const message = `expected DHAT's mode "heap", found ${JSON.stringify(found)}, which tells no memory in use`;
      this.section.problem('error', 'refused-format', message, this.firstLine);
      return undefined;
    }
    const frames = (Array.isArray(ftbl) ? ftbl : []).map(frameOf);
    const sites = points.map((point) => siteOf(point, frames));
    return {
      tool: 'dhat',
      ...(typeof pid === 'number' && Number.isSafeInteger(pid) && pid > 0 && { pid }),
      peak: sumOf(sites, 'atPeak'),
      end: sumOf(sites, 'atEnd'),
      ...largestSites(sites),
      origin: { file: this.section.file, line: this.firstLine },
    };
  }
}

const BEGIN = '{"dhatFileVersion"';
/** Outside of strings, each line of the JSON that valgrind and Rust's dhat write begins so. */
const JSON_LINE = /^\s*(?:[{}[\],"]|$)/;

type JsonObject = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parsed(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function bytesOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

/** Frames are listed innermost first; the first of the table, `[root]`, is in no stack of valgrind's. */
function siteOf({ gb, eb, fs }: JsonObject, known: readonly (StackFrame | undefined)[]): Omit<HeapSite, 'fingerprint'> {
  const atPeak = bytesOf(gb);
  const atEnd = bytesOf(eb);
  return {
    frames: (Array.isArray(fs) ? fs : []).flatMap((index) => known[bytesOf(index) ?? -1] ?? []),
    ...(atPeak !== undefined && { atPeak }),
    ...(atEnd !== undefined && { atEnd }),
  };
}

function frameOf(text: unknown): StackFrame | undefined {
  if (typeof text !== 'string' || text === '[root]') return undefined;
  return parseMemcheckFrame(`at ${text}`) ?? { symbol: text };
}

/** No sum of amounts is larger than is exact: no machine has so much memory. */
function sumOf(sites: readonly Omit<HeapSite, 'fingerprint'>[], part: 'atPeak' | 'atEnd'): number {
  return Math.min(
    Number.MAX_SAFE_INTEGER,
    sites.reduce((sum, site) => sum + (site[part] ?? 0), 0),
  );
}
