import { statSync } from 'node:fs';
import { numbered } from '../ingest/archives/member-path.js';
import { type ArchiveVisitor, walkArchive } from '../ingest/archives/walk-archive.js';
import { type ByteSource, DamagedSource } from '../ingest/byte-source.js';
import { type OpenedFile, openCaptureFile } from '../ingest/capture-file.js';
import type { InputFile } from '../ingest/captures-folder.js';
import { ShownText } from '../ingest/shown-text.js';
import type { Analysis } from '../model/analysis.js';
import type { Origin } from '../model/origin.js';
import { visible } from '../model/problem.js';
import { statementsOf } from '../model/statements-of.js';
import type { Statement, Verdict } from '../model/verdict.js';

/** Of each statement, as many as the report names. */
const OF_EACH_STATEMENT = 3;
/** Of a run; the worst verdicts come first. */
const MOST_QUOTES = 200;
const MOST_CHARACTERS = 200;
/** How far into a file, and into all of them, lines are looked for: a log may have gigabytes. */
const MOST_BYTES_OF_FILE = 64 * 1024 ** 2;
const MOST_BYTES = 256 * 1024 ** 2;
/** Packed; a larger archive would cost as much again as reading it did. */
const MOST_BYTES_OF_ARCHIVE = 32 * 1024 ** 2;

/**
 * The analysis with the quoted line at each origin of a verdict's evidence: whoever reads the report need not have the
 * captures. What cannot be read any more stays without.
 */
export async function withQuotes(analysis: Analysis, inputs: readonly InputFile[]): Promise<Analysis> {
  const wanted = wantedLines(analysis.verdicts);
  if (wanted.size === 0) return analysis;
  const quotes = new Quotes(wanted);
  for (const input of inputs) {
    if (quotes.isIn(input.path)) await readQuotes(input, quotes);
  }
  return { ...analysis, verdicts: analysis.verdicts.map((verdict) => quotedVerdict(verdict, quotes)) };
}

async function readQuotes({ path, absolute }: InputFile, quotes: Quotes): Promise<void> {
  try {
    const opened = await openCaptureFile(absolute);
    if ('source' in opened) {
      try {
        await quotes.read(path, opened.source);
      } finally {
        opened.source.close();
      }
    } else if ('archive' in opened) {
      if (statSync(absolute).size > MOST_BYTES_OF_ARCHIVE) opened.archive.close();
      else await readArchive(path, opened, quotes);
    }
  } catch (error) {
    // It was there when it was read; what happened to it since is not the report's concern.
    if (!(error instanceof Error && ('syscall' in error || error instanceof DamagedSource))) throw error;
  }
}

async function readArchive(
  path: string,
  { archive, level }: Extract<OpenedFile, { archive: unknown }>,
  quotes: Quotes,
): Promise<void> {
  const paths = new Set<string>();
  const visitor: ArchiveVisitor = {
    member: async (place, _member, opened) => {
      const file = numbered(`${path}/${place.join('/')}`, paths);
      if ('source' in opened) await quotes.read(file, opened.source);
      if (!quotes.isIn(path)) throw new AllFound();
    },
    ended: () => undefined,
  };
  await walkArchive(archive, level, visitor).catch((error: unknown) => {
    if (!(error instanceof AllFound)) throw error;
  });
}

/** Ends the walk through an archive that has nothing more to give. */
class AllFound extends Error {}

/** The lines that are looked for, and those that were found. */
class Quotes {
  private readonly found = new Map<string, ReadonlyMap<number, string>>();
  private bytesLeft = MOST_BYTES;
  /** The wanted files at and below each path: of a hundred thousand inputs, a hundred lead to any. */
  private readonly below = new Map<string, string[]>();

  constructor(private readonly wanted: ReadonlyMap<string, ReadonlySet<number>>) {
    for (const file of wanted.keys()) {
      for (let end = file.length; end > 0; end = file.lastIndexOf('/', end - 1)) {
        const path = file.slice(0, end);
        this.below.set(path, [...(this.below.get(path) ?? []), file]);
      }
    }
  }

  /** Whether a line of this file, or of one inside it, is still to be found. */
  isIn(path: string): boolean {
    return (this.below.get(path) ?? []).some((file) => !this.found.has(file));
  }

  of({ file, line }: Origin): string | undefined {
    return this.found.get(file)?.get(line);
  }

  async read(file: string, source: ByteSource): Promise<void> {
    const lines = this.wanted.get(file);
    if (!lines) return;
    const { found, bytes } = await quotesIn(source, lines, Math.min(MOST_BYTES_OF_FILE, this.bytesLeft));
    this.found.set(file, found);
    this.bytesLeft -= bytes;
  }
}

/** The quotes of some lines, and how many bytes were read to find them. */
async function quotesIn(
  source: ByteSource,
  lines: ReadonlySet<number>,
  most: number,
): Promise<{ found: Map<number, string>; bytes: number }> {
  const found = new Map<number, string>();
  const last = Math.max(...lines);
  const buffer = Buffer.allocUnsafe(1 << 16);
  let [line, bytes, beginning] = [1, 0, ''];
  /** The line of the VMA whose counters are being passed. */
  let vma: number | undefined;
  const isWanted = (): boolean => line <= last || vma !== undefined;
  const take = (from: number, to: number): void => {
    if (!(lines.has(line) || vma !== undefined) || beginning.length > MOST_LINE_BYTES) return;
    // Bytes as characters: the buffer may end amidst one of UTF-8.
    beginning += buffer.toString('latin1', from, Math.min(to, from + MOST_LINE_BYTES));
  };
  const endLine = (): void => {
    // Of millions of lines a few are wanted.
    if (vma === undefined && !lines.has(line)) {
      line++;
      return;
    }
    const whole = Buffer.from(beginning, 'latin1');
    const text = whole.toString('utf8', 0, new ShownText().of(whole, 0, whole.length));
    const isHeader = VMA_HEADER.test(text);
    if (vma !== undefined && TELLING_COUNTER.test(text)) {
      found.set(vma, quoteOf(`${found.get(vma) ?? ''} … ${unpadded(text)}`));
    } else if (!COUNTER.test(text)) vma = undefined;
    if (lines.has(line) && text !== '') {
      if (isHeader) vma = line;
      found.set(line, quoteOf(isHeader ? unpadded(text) : text));
    }
    beginning = '';
    line++;
  };
  while (isWanted() && bytes < most) {
    const count = await source.read(buffer, 0);
    if (count === 0) {
      endLine();
      break;
    }
    bytes += count;
    const chunk = buffer.subarray(0, count);
    let from = 0;
    for (let at = chunk.indexOf(NEWLINE); at !== -1 && isWanted(); at = chunk.indexOf(NEWLINE, from)) {
      take(from, at);
      endLine();
      from = at + 1;
    }
    take(from, count);
  }
  return { found, bytes };
}

const NEWLINE = 10;
/** Of a VMA, whose header alone says where it is and not what it holds. */
const VMA_HEADER = /^[0-9a-f]{4,16}-[0-9a-f]{4,16} [-rwxsp]{4} /;
const COUNTER = /^\w+:/;
const TELLING_COUNTER = /^(?:Rss|Private_Dirty):/;
/** UTF-8 needs at most 4 bytes for a character. */
const MOST_LINE_BYTES = 4 * MOST_CHARACTERS;

/** Without the padding that makes columns of its words. */
function unpadded(line: string): string {
  return line.trim().replace(/ {2,}/g, ' ');
}

function quoteOf(line: string): string {
  const text = visible(line.trim().replaceAll('\t', ' '));
  // Not half of a character.
  return text.length > MOST_CHARACTERS
    ? `${text.slice(0, MOST_CHARACTERS - 1).replace(/[\ud800-\udbff]$/, '')}…`
    : text;
}

/** By file; the first origins of each statement, leaks before suspects before the rest. */
function wantedLines(verdicts: readonly Verdict[]): Map<string, Set<number>> {
  const wanted = new Map<string, Set<number>>();
  let left = MOST_QUOTES;
  for (const { file, line } of originsOf(verdicts)) {
    const lines = wanted.get(file) ?? new Set();
    if (line === 0 || lines.has(line)) continue;
    if (left-- === 0) break;
    wanted.set(file, lines.add(line));
  }
  return wanted;
}

function* originsOf(verdicts: readonly Verdict[]): Generator<Origin> {
  const isWorst = ({ label }: Verdict): number => WORST_FIRST.indexOf(label);
  for (const verdict of verdicts.toSorted((a, b) => isWorst(a) - isWorst(b))) {
    for (const { origins } of statementsOf(verdict)) yield* origins.slice(0, OF_EACH_STATEMENT);
  }
}

const WORST_FIRST: readonly Verdict['label'][] = ['leak', 'suspect', 'inconclusive', 'clean'];

function quotedVerdict(verdict: Verdict, quotes: Quotes): Verdict {
  const one = <T extends Statement>(statement: T): T => ({
    ...statement,
    origins: statement.origins.map((origin) => quotedOrigin(origin, quotes)),
  });
  const { grounds, objections, defects, cause } = verdict;
  return {
    ...verdict,
    grounds: grounds.map(one),
    objections: objections.map(one),
    defects: defects.map(one),
    ...(cause && {
      cause: {
        ...cause,
        sites: cause.sites.map((site) => ({
          ...site,
          agreements: site.agreements.map(one),
          conflicts: site.conflicts.map(one),
        })),
        conflicts: cause.conflicts.map(one),
        ...(cause.elsewhere && { elsewhere: one(cause.elsewhere) }),
      },
    }),
  };
}

function quotedOrigin(origin: Origin, quotes: Quotes): Origin {
  const quote = quotes.of(origin);
  return quote === undefined || quote === '' ? origin : { ...origin, quote };
}
