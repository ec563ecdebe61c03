import { groupBy } from '../model/group-by.js';
import type { Instant, Milliseconds } from '../model/units.js';
import type { Member } from './identify.js';
import { compareMembers } from './times.js';

/** So often it must be seen: what is there twice at one instant may be a slip. */
const FEWEST_ROUNDS = 3;
/** Who samples more often than a clock of seconds tells has instants closer together than this. */
const LEAST_GAP: Milliseconds = 2000;

/**
 * The readings of each of several processes that a log tells in turn, and not whose they are: at each instant as many,
 * below a date for all of them or one for each. Undefined: they are of one, or nobody could say.
 *
 *     Mon Nov 23 01:06:25 UTC 2026
 *     total kB            5780    4604    3504
 *     total kB            2348    1112      96
 *
 * Each has the time of its round.
 */
export function membersInTurn(members: readonly Member[]): Member[][] | undefined {
  const isTold = ({ log }: Member): boolean =>
    log.pid !== undefined || log.layout !== undefined || log.startTicks !== undefined;
  if (members.some(isTold)) return undefined;
  const processes: Member[][] = [];
  for (const ofText of groupBy(members, placeOf).values()) {
    const rounds = roundsOf(ofText.toSorted(compareMembers));
    if (!rounds || !areRegular(rounds)) return undefined;
    for (const { at, round } of rounds) {
      for (const [turn, member] of round.entries()) {
        const own = processes[turn] ?? [];
        own.push(seenAt(member, at));
        processes[turn] = own;
      }
    }
  }
  return processes;
}

function placeOf({ reading: { sample, format } }: Member): string {
  return `${format} ${sample.origin.file}`;
}

interface Round {
  readonly at: Instant;
  readonly round: Member[];
}

/** What stands below a date that another has taken already is of the same round. */
function roundsOf(members: readonly Member[]): Round[] | undefined {
  const rounds: Round[] = [];
  for (const member of members) {
    const at = member.reading.sample.takenAt;
    const last = rounds.at(-1);
    if (last && (at === undefined || at === last.at)) last.round.push(member);
    else if (at === undefined) return undefined;
    else rounds.push({ at, round: [member] });
  }
  return rounds;
}

/** Whether all are of as many readings, but for a last one that is cut, and lie apart. */
function areRegular(rounds: readonly Round[]): boolean {
  const count = rounds[0]?.round.length ?? 0;
  if (count < 2 || rounds.length < FEWEST_ROUNDS) return false;
  return rounds.every(({ at, round }, i) => {
    const isWhole = round.length === count || (i === rounds.length - 1 && round.length < count);
    return isWhole && (i === 0 || at - (rounds[i - 1]?.at ?? at) >= LEAST_GAP);
  });
}

function seenAt(member: Member, takenAt: Instant): Member {
  const { reading } = member;
  return reading.sample.takenAt === takenAt
    ? member
    : { ...member, reading: { ...reading, sample: { ...reading.sample, takenAt } } };
}
