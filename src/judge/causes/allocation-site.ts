import { groupBy } from '../../model/group-by.js';
import { type LeakTool, type LossKind, rootOf, type StackFrame } from '../../model/leaks.js';
import type { Leak, LossTelling } from '../../model/program.js';

/** A call stack that allocates, with all that leak checkers said of its blocks. */
export interface AllocationSite {
  readonly fingerprint: string;
  readonly frames: readonly StackFrame[];
  readonly tools: readonly LeakTool[];
  /** The worst kind of its records. */
  readonly kind: LossKind;
  /** Most bytes first, by tool and kind. */
  readonly leaks: readonly Leak[];
  /** Of the log that tells the most. */
  readonly bytes: number;
  readonly blocks: number;
  /** Where its stack begins; absent where that is not told. */
  readonly root?: 'main' | 'thread';
}

const KINDS: readonly LossKind[] = ['definite', 'possible', 'indirect', 'reachable'];

/**
 * The records of one call stack are one leak, whichever tool told of them and whatever kind it called them. Two call
 * sites of one function have stacks alike by name: then what one tool tells of them adds up.
 */
export function sitesOf(leaks: readonly Leak[]): AllocationSite[] {
  const groups = groupBy(leaks, ({ fingerprint }) => fingerprint);
  return [...groups.values()].flatMap((group) => siteOfGroup(group) ?? []);
}

function siteOfGroup(group: readonly Leak[]): AllocationSite | undefined {
  const leaks = group.toSorted((a, b) => b.bytes - a.bytes || rankOf(a.kind) - rankOf(b.kind));
  const [largest] = leaks;
  if (!largest) return undefined;
  const root = rootOf(largest.frames);
  const most = runsOf(leaks).reduce((a, b) => (b.bytes > a.bytes ? b : a));
  return {
    fingerprint: largest.fingerprint,
    frames: largest.frames,
    tools: [...new Set(leaks.map(({ tool }) => tool))].sort(),
    kind: leaks.reduce<LossKind>((worst, { kind }) => (rankOf(kind) < rankOf(worst) ? kind : worst), 'reachable'),
    leaks,
    bytes: most.bytes,
    blocks: most.blocks,
    ...(root === undefined ? {} : { root }),
  };
}

function rankOf(kind: LossKind): number {
  return KINDS.indexOf(kind);
}

/** What one run of a process under one tool said of a site, in all kinds together. */
export interface SiteRun extends LossTelling {
  readonly tool: LeakTool;
  /** The log was found with another device: its pids are not this device's. */
  readonly elsewhere: boolean;
}

export function runsOf(leaks: readonly Leak[]): SiteRun[] {
  const runs = new Map<string, SiteRun>();
  for (const { tool, witness, tellings } of leaks) {
    for (const telling of tellings) {
      const key = `${tool} ${telling.pid ?? ''} ${telling.origin.file}`;
      const known = runs.get(key);
      runs.set(key, {
        ...telling,
        ...(known && {
          bytes: known.bytes + telling.bytes,
          blocks: known.blocks + telling.blocks,
          origin: known.origin,
        }),
        tool,
        elsewhere: witness !== undefined,
      });
    }
  }
  return [...runs.values()];
}
