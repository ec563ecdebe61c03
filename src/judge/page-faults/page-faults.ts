import type { PageFaultKind, PageFaults } from '../../model/page-faults.js';
import type { ProgramRecord, Timeline } from '../../model/program.js';
import { PAGE } from '../../model/units.js';
import { assignKnown } from '../../model/vma-table.js';
import { countText, memoryText } from '../amounts.js';
import { type FaultCounts, type FaultSum, faultCountsOf, perHour, perSecond, sumOf } from './fault-counts.js';
import { type Course, courseOf } from './fault-course.js';
import { FAULT_LIMITS } from './fault-limits.js';
import { countsText, majorText, minorText, spanText } from './fault-text.js';
import { thrashingText } from './thrashing.js';

/** What page faults say of each life of a program; without the field where no two samples count them. */
export function pageFaultsOf({ timelines, runs = [] }: ProgramRecord): { pageFaults?: PageFaults[] } {
  const sizes = new Set(runs.flatMap(({ pageSize, witness }) => (witness === undefined ? (pageSize ?? []) : [])));
  const [told = PAGE] = sizes;
  const pageFaults = timelines.flatMap((timeline, index) => {
    const faults = faultsOf(timeline, sizes.size === 1 ? told : PAGE);
    return faults ? [{ ...faults, timeline: index }] : [];
  });
  return pageFaults.length === 0 ? {} : { pageFaults };
}

/** Whether RSS fell because the kernel took pages away that were needed: such a fall is no rest. */
export function isThrashing(timeline: Timeline): boolean {
  return faultsOf(timeline, PAGE)?.kind === 'thrashing';
}

function faultsOf(timeline: Timeline, page: number): Omit<PageFaults, 'timeline'> | undefined {
  const counts = faultCountsOf(timeline);
  if (!counts) return undefined;
  const sum = sumOf(counts.intervals);
  const word = wordOn(counts, sum, page);
  return {
    ...(timeline.pid === undefined ? {} : { pid: timeline.pid }),
    minor: sum.minor,
    major: sum.major,
    ...assignKnown<Rates>({}, { minorPerHour: perHour(sum.minor, sum), majorPerHour: perHour(sum.major, sum) }),
    ...word,
    origins: counts.origins,
  };
}

type Rates = Pick<PageFaults, 'minorPerHour' | 'majorPerHour'>;

interface Word {
  readonly kind?: PageFaultKind;
  readonly statement: string;
}

function wordOn(counts: FaultCounts, sum: FaultSum, page: number): Word {
  const course = courseOf(counts.intervals);
  if (!course) {
    return { statement: `${countsText(sum)}; no RSS was captured to compare them with` };
  }
  const thrashing = thrashingText(counts, course, page);
  if (thrashing !== undefined) return { kind: 'thrashing', statement: thrashing };
  return (
    grown(counts, sum, course, page) ??
    churning(counts, sum, course, page) ??
    started(counts, sum, page) ?? {
      kind: 'quiet',
      statement: `${countsText(sum)}, while RSS ${changeText(course.growth)}`,
    }
  );
}

function grown(counts: FaultCounts, sum: FaultSum, { growth, ownGrowth }: Course, page: number): Word | undefined {
  if (growth < FAULT_LIMITS.leastPages * page) return undefined;
  const grew = `RSS grew by ${memoryText(growth)}`;
  const read = sum.major * page;
  if (read * 2 >= growth) {
    const statement = `${grew} while ${majorText(sum)} read ${memoryText(read)} from disk or swap: memory that is read in, not new`;
    return started(counts, sum, page) ?? { kind: 'read-in', statement };
  }
  const touched = sum.minor * page;
  const aside = asideText(counts, sum);
  const inLarge = touched * FAULT_LIMITS.mostPerPage < growth;
  const each = inLarge && sum.minor > 0 ? `, ${memoryText(growth / sum.minor)} for each` : '';
  const over = `${grew} over ${minorText(sum)}${each}`;
  if (ownGrowth !== undefined && ownGrowth * 2 < growth) {
    const several = inLarge ? ', several with one fault' : '';
    const own = `of which ${memoryText(Math.max(0, ownGrowth))} is memory that the kernel cannot drop`;
    return {
      kind: 'read-in',
      statement: `${over}, ${own}: the rest is pages of files that were mapped${several}${aside}`,
    };
  }
  if (inLarge) {
    return { kind: 'new-memory', statement: `${over}: new memory in huge pages, or mapped ahead of its use${aside}` };
  }
  if (touched <= FAULT_LIMITS.mostPerPage * growth) {
    const statement = `${over}, i.e. ${memoryText(touched)} of pages touched for the first time: new memory${aside}`;
    return { kind: 'new-memory', statement };
  }
  return {
    kind: 'churn',
    statement:
      `${over}, which took ${memoryText(touched)} of pages: most of that was given back and taken again, or copied ` +
      `after a fork; whether the rest is new they do not tell${aside}`,
  };
}

/** Many pages are taken, and RSS is as before. */
function churning(counts: FaultCounts, sum: FaultSum, { growth, most }: Course, page: number): Word | undefined {
  const touched = sum.minor * page;
  if (touched < Math.max(FAULT_LIMITS.leastChurn, FAULT_LIMITS.leastChurnShare * most)) return undefined;
  if (perSecond(sum.minor, sum) < FAULT_LIMITS.churnPerSecond) return undefined;
  return {
    kind: 'churn',
    statement:
      `${minorText(sum)} took ${memoryText(touched)} of pages, but RSS ${changeText(growth)}: memory is given back and ` +
      `taken again, or copied after forks, which costs CPU time but is no growth${asideText(counts, sum)}`,
  };
}

function changeText(growth: number): string {
  if (growth === 0) return 'stayed as it was';
  return growth < 0 ? `fell by ${memoryText(-growth)}` : `grew by ${memoryText(growth)}`;
}

/** All reading from disk was in the first quarter. */
function started({ intervals }: FaultCounts, sum: FaultSum, page: number): Word | undefined {
  const last = intervals.findLastIndex(({ major }) => major > 0);
  const end = intervals[last];
  if (!end || intervals.length < 4 || last + 1 > Math.ceil(intervals.length * FAULT_LIMITS.startUp)) return undefined;
  const after = intervals.slice(last + 1);
  const [before, since] =
    end.to !== undefined
      ? [spanText(end.to), spanText(sumOf(after).length)]
      : [`${countText(last + 1)} samples`, `${countText(after.length)} samples`];
  return {
    kind: 'start-up',
    statement:
      `${majorText({ ...sum, length: 0 })}, all in the first ${before}, read ${memoryText(sum.major * page)} from disk: ` +
      `usual at start-up; none in the ${since} since`,
  };
}

/** What the major faults were beside the minor ones that the statement is about. */
function asideText({ intervals }: FaultCounts, sum: FaultSum): string {
  if (sum.major === 0) return '';
  const last = intervals.findLastIndex(({ major }) => major > 0);
  const isEarly = last + 1 <= Math.ceil(intervals.length * FAULT_LIMITS.startUp);
  return isEarly ? `; ${majorText({ ...sum, length: 0 })}, only at the beginning` : `; beside ${majorText(sum)}`;
}
