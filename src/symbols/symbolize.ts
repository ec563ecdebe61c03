import type { StackCapture } from '../model/capture.js';
import type { StackFrame } from '../model/leaks.js';
import { VALGRIND_LOAD_ADDRESS } from '../model/load-address.js';
import type { Problem, ProblemCode } from '../model/problem.js';
import { stacksOf, withStacks } from './capture-stacks.js';
import type { Location, Locations } from './location.js';
import { isUnresolved, type PlacedFrame, type Unplaced } from './place-frame.js';
import { Places, type TablesOf } from './places.js';
import { SymbolFiles } from './symbol-files.js';
import { findSymbolizer, locate } from './symbolizer.js';
import { Tally } from './tally.js';

export interface SymbolOptions {
  /** Where the unstripped binaries are, also in the layout of `.build-id/`. */
  readonly folder: string;
  /** What stands before `addr2line` in the name of the target's own: `aarch64-linux-gnu-`. */
  readonly toolchainPrefix?: string;
}

/**
 * The captures with the functions and lines of those frames that have only an address, inlined functions each with a
 * frame of its own. What cannot be named stays as it is, and a problem says why, once for each module.
 *
 * @param report told once for each module and reason
 */
export async function symbolize(
  captures: readonly StackCapture[],
  { folder, toolchainPrefix }: SymbolOptions,
  tablesOf: TablesOf,
  report: (problem: Problem) => void,
): Promise<StackCapture[]> {
  if (!captures.some((capture) => stacksOf(capture).some(([frames]) => frames.some(isUnresolved))))
    return [...captures];
  const tally = new Tally();
  const places = new Places(captures, new SymbolFiles(folder, report), tablesOf);
  const located = await locateAll(questionsOf(captures, places, tally), folder, toolchainPrefix, report);
  for (const problem of tally.problems()) report(problem);
  const names = new Names(located);
  return captures.map((capture) =>
    withStacks(capture, (frames) => frames.flatMap((frame) => names.of(frame, places.of(frame, capture)))),
  );
}

/** What each file says of its addresses, by the file's path. */
type Located = ReadonlyMap<string, Locations>;

/** Asks each file's addresses. */
async function locateAll(
  byFile: ReadonlyMap<string, ReadonlySet<string>>,
  folder: string,
  toolchainPrefix: string | undefined,
  report: (problem: Problem) => void,
): Promise<Located> {
  const located = new Map<string, Locations>();
  if (byFile.size === 0) return located;
  const fail = (message: string, file: string): void => {
    report({ severity: 'warning', code: 'no-symbolizer', message, file, line: 0 });
  };
  const symbolizer = await findSymbolizer(folder, toolchainPrefix);
  if (typeof symbolizer === 'string') {
    fail(`addresses keep no names: ${symbolizer}`, folder);
    return located;
  }
  for (const [file, addresses] of byFile) {
    // In one order, whatever the order of the captures.
    const sorted = [...addresses].sort();
    const failed = (why: string): void => {
      fail(`its addresses keep no names: ${why}`, file);
    };
    located.set(file, await locate(symbolizer, file, sorted, failed));
  }
  return located;
}

/** The addresses to ask of each file, by its path; and told to the tally why others are not asked. */
function questionsOf(captures: readonly StackCapture[], places: Places, tally: Tally): Map<string, Set<string>> {
  const questions = new Map<string, Set<string>>();
  for (const capture of captures) {
    for (const [frames, origin] of stacksOf(capture)) {
      for (const frame of frames) {
        const place = places.of(frame, capture);
        if (place === undefined) continue;
        // Frames of the C library have symbols mostly; that their lines are not known is no news.
        const count = (code: ProblemCode, what: string): void => {
          if (frame.symbol === undefined) tally.add(code, frame.module ?? '', what, origin);
        };
        if ('why' in place) {
          count('unresolved-frames', place.why);
          continue;
        }
        const addresses = questions.get(place.file.absolute) ?? new Set();
        questions.set(place.file.absolute, addresses.add(place.address));
        if (place.isAssumed) count('assumed-load-address', ASSUMED);
      }
    }
  }
  return questions;
}

/** The frames with names; equal ones are one object, as those that were read are. */
class Names {
  private readonly known = new WeakMap<PlacedFrame, StackFrame[]>();

  constructor(private readonly located: Located) {}

  /** A frame with its name or, where functions were inlined, several frames. */
  of(frame: StackFrame, place: PlacedFrame | Unplaced | undefined): StackFrame[] {
    if (place === undefined || 'why' in place) return [frame];
    let named = this.known.get(place);
    if (named === undefined) {
      named = this.name(frame, place);
      this.known.set(place, named);
    }
    return named;
  }

  private name(frame: StackFrame, place: PlacedFrame): StackFrame[] {
    const at = this.located.get(place.file.absolute)?.get(place.address) ?? [];
    // A symbol without a line says no more than the tool's own.
    const isBetter = at.some(({ line }) => line !== undefined) || (frame.symbol === undefined && at.length > 0);
    return isBetter ? at.map((location) => frameAt(frame, place, location)) : [frame];
  }
}

const ASSUMED = `taken to be loaded at 0x${VALGRIND_LOAD_ADDRESS.toString(16)}, where valgrind loads executables that may be loaded anywhere`;

function frameAt(frame: StackFrame, { address }: PlacedFrame, { symbol, file, line }: Location): StackFrame {
  const told = symbol ?? frame.symbol;
  return {
    ...(told !== undefined && { symbol: told }),
    ...(file !== undefined && { file }),
    ...(line !== undefined && { line }),
    ...(frame.module !== undefined && { module: frame.module }),
    ...(frame.address !== undefined && { address: frame.address }),
    offset: address,
    ...(frame.buildId !== undefined && { buildId: frame.buildId }),
  };
}
