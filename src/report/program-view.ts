import type { Analysis, ErrorReport, LeakReport, ProgramReport, TimelineReport } from '../model/analysis.js';
import { groupBy } from '../model/group-by.js';
import { judgedTimeline } from '../model/judged-timeline.js';
import { type StackFrame, siteOf } from '../model/leaks.js';
import { compareLeaks, mainLeakOf } from '../model/main-leak.js';
import { compareNames } from '../model/origin.js';
import { ownItems } from '../model/own-items.js';
import type { Program } from '../model/program.js';
import { programKey } from '../model/program-key.js';
import type { Instant } from '../model/units.js';
import type { Verdict, VerdictLabel } from '../model/verdict.js';

/** All that an analysis says of one program, gathered for its part of the report. */
export interface ProgramView {
  /** The id of its section: from its place in the list, never from its name. */
  readonly id: string;
  readonly device: string;
  readonly command: string;
  readonly verdict: Verdict;
  /** Empty for a program that only a log told of. */
  readonly report: ProgramReport;
  /** The timeline that the verdict is about: of its pid, else the one with the most samples. */
  readonly timeline: TimelineReport | undefined;
  /** Worst first. */
  readonly leaks: readonly LeakReport[];
  readonly errors: readonly ErrorReport[];
}

const known = new WeakMap<Analysis, readonly ProgramView[]>();

/** The programs of an analysis, those that leak first, then by how fast they grow, then by name; gathered once. */
export function programViews(analysis: Analysis): readonly ProgramView[] {
  const views = known.get(analysis) ?? viewsOf(analysis);
  known.set(analysis, views);
  return views;
}

/** One of them; undefined where the analysis does not know the program. */
export function programView(analysis: Analysis, program: Program): ProgramView | undefined {
  return ownItems(programViews(analysis), program)[0];
}

function viewsOf(analysis: Analysis): ProgramView[] {
  const drafts = new Map<string, Draft>();
  const draftOf = (device: string, command: string): Draft => {
    const key = programKey({ device, command });
    const known = drafts.get(key);
    if (known) return known;
    const draft = {
      device,
      command,
      verdict: noVerdict(device, command),
      report: noReport(device, command),
      leaks: [],
      errors: [],
    };
    drafts.set(key, draft);
    return draft;
  };
  const extend = (one: { device: string; command: string }, part: Partial<Draft>): void => {
    drafts.set(programKey(one), { ...draftOf(one.device, one.command), ...part });
  };
  for (const report of analysis.programs) extend(report, { report });
  for (const verdict of analysis.verdicts) extend(verdict, { verdict });
  for (const [key, leaks] of grouped(analysis.leaks)) {
    const first = leaks[0];
    if (first) drafts.set(key, { ...draftOf(first.device, first.command), leaks: leaks.toSorted(compareLeaks) });
  }
  for (const [key, errors] of grouped(analysis.errors)) {
    const first = errors[0];
    if (first) drafts.set(key, { ...draftOf(first.device, first.command), errors });
  }
  return [...drafts.values()].sort(compareViews).map((draft, index) => ({
    ...draft,
    id: `program-${index + 1}`,
    // Only at need: the timelines of thousands of programs are not unpacked at once.
    get timeline() {
      return judgedTimeline(draft.report, draft.verdict);
    },
  }));
}

type Draft = Omit<ProgramView, 'id' | 'timeline'>;

/** First and last instant of a timeline's samples. */
export function periodOf(timeline: TimelineReport | undefined): { from: Instant; to: Instant } | undefined {
  const from = timeline?.samples[0]?.takenAt;
  const to = timeline?.samples.at(-1)?.takenAt;
  return from === undefined || to === undefined ? undefined : { from, to };
}

/** The loss record that a reader should look at first: the one that explains the growth, else the worst. */
export function mainLeak({ verdict, leaks }: ProgramView): LeakReport | undefined {
  return mainLeakOf(verdict, leaks);
}

/** The line of code that the main loss record points to. */
export function lossSite(view: ProgramView): StackFrame | undefined {
  const leak = mainLeak(view);
  return leak ? siteOf(leak.frames) : undefined;
}

export const LABELS: readonly VerdictLabel[] = ['leak', 'suspect', 'inconclusive', 'clean'];

/** Less than any amount; finite, because Infinity less Infinity orders nothing. */
const LEAST = -Number.MAX_SAFE_INTEGER;

function compareViews(a: Draft, b: Draft): number {
  return (
    LABELS.indexOf(a.verdict.label) - LABELS.indexOf(b.verdict.label) ||
    (b.verdict.ratePerHour ?? LEAST) - (a.verdict.ratePerHour ?? LEAST) ||
    (b.verdict.growth ?? LEAST) - (a.verdict.growth ?? LEAST) ||
    compareNames(a.device, b.device) ||
    compareNames(a.command, b.command)
  );
}

function grouped<T extends { device: string; command: string }>(items: readonly T[]): Map<string, T[]> {
  return groupBy(items, programKey);
}

function noReport(device: string, command: string): ProgramReport {
  return { device, command, timelines: [], mappings: [], vmas: [], summaries: [] };
}

function noVerdict(device: string, command: string): Verdict {
  const reason = 'the analysis holds no verdict on this program';
  return {
    device,
    command,
    label: 'inconclusive',
    explainedBy: [],
    grounds: [],
    objections: [],
    defects: [],
    missing: [{ rule: 'report', reason }],
  };
}
