import { type Language, languageOf } from '../language.js';
import { durationText, FURTHEST_FORECAST } from '../model/duration-text.js';
import { SHAPE_WORDS } from '../model/growth-shape.js';
import { visible } from '../model/problem.js';
import { clausesOf, lackOf } from '../model/statement.js';
import { HOUR } from '../model/units.js';
import type { Verdict, VerdictLabel } from '../model/verdict.js';
import { amount } from './amount.js';
import { textTable } from './text-table.js';

const ORDER = ['leak', 'suspect', 'inconclusive', 'clean'] as const;

/** A terminal with fewer columns has no room for long names and sentences. */
const WIDE = 120;

export interface TableLook {
  /** The width of the terminal; undefined where there is none. */
  readonly columns: number | undefined;
  readonly paint: (text: string, label: VerdictLabel) => string;
  /** Default English. */
  readonly language?: Language;
}

/** The verdicts as a table, the worst first: how fast, where, how long that can go on, in which course, and why. */
export function verdictTable(
  verdicts: readonly Verdict[],
  { columns: room, paint, language = languageOf() }: TableLook,
): string {
  const { say } = language;
  const sorted = verdicts.toSorted(
    (a, b) => ORDER.indexOf(a.label) - ORDER.indexOf(b.label) || (b.ratePerHour ?? 0) - (a.ratePerHour ?? 0),
  );
  const isNarrow = room !== undefined && room < WIDE;
  const hasEnd = verdicts.some((verdict) => lastingOf(verdict) !== '');
  const columns = [
    { title: say('VERDICT') },
    { title: say('PROGRAM'), most: isNarrow ? 20 : 40 },
    { title: say('DEVICE'), most: isNarrow ? 12 : 30 },
    { title: say('GROWS BY'), right: true },
    { title: say('IN'), most: isNarrow ? 14 : 30 },
    ...(hasEnd ? [{ title: say('LASTS'), right: true }] : []),
    { title: say('COURSE') },
    ...(isNarrow ? [] : [{ title: say('WHY') }]),
  ];
  const rows = sorted.map((verdict) => {
    const { label, command, device, where } = verdict;
    const end = hasEnd ? [say(lastingOf(verdict), 'duration')] : [];
    const course = say(courseOf(verdict));
    return [say(label), command, device, rateOf(verdict, say), where ?? '', ...end, course, reasonOf(verdict, say)];
  });
  return textTable(columns, rows, (cell, row, column) => {
    const label = sorted[row]?.label;
    return column === 0 && label ? paint(cell, label) : cell;
  });
}

type Say = Language['say'];

function rateOf({ label, ratePerHour, ratePerSample }: Verdict, say: Say): string {
  if (label !== 'leak' && label !== 'suspect') return '';
  if (ratePerHour !== undefined) return `${amount(ratePerHour)}/h`;
  return ratePerSample === undefined ? '' : say(`${amount(ratePerSample)}/sample`, 'rates');
}

/** How long memory lasts at this rate, from the last sample on; empty where that is not known, or too far off. */
function lastingOf({ exhaustion }: Verdict): string {
  const lasting = exhaustion === undefined ? Number.POSITIVE_INFINITY : exhaustion.hours * HOUR;
  return lasting <= FURTHEST_FORECAST ? (durationText(lasting) ?? '') : '';
}

/** What memory does, or what it takes to tell. */
function courseOf(verdict: Verdict): string {
  const advice = verdict.label === 'inconclusive' ? lackOf(verdict)?.advice?.split(',', 1)[0] : undefined;
  return advice ?? (verdict.shape === undefined ? '' : SHAPE_WORDS[verdict.shape].brief);
}

function reasonOf(verdict: Verdict, say: Say): string {
  const { label, grounds, objections, defects } = verdict;
  const first = label === 'clean' ? objections[0] : label === 'inconclusive' ? undefined : grounds[0];
  const statement = (first && clausesOf(first.statement)[0]) ?? lackOf(verdict)?.reason ?? '';
  const defect = `${defects.length} memory ${defects.length === 1 ? 'error' : 'errors'}`;
  return visible(defects.length === 0 ? say(statement) : `${say(statement)}; ${say(defect)}`);
}
