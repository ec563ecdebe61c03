import { type Language, languageOf } from '../language.js';
import type { LeakReport } from '../model/analysis.js';
import { durationText, FURTHEST_FORECAST } from '../model/duration-text.js';
import { SHAPE_WORDS } from '../model/growth-shape.js';
import { isAccused } from '../model/is-accused.js';
import { baseName, moduleOffset, siteOf } from '../model/leaks.js';
import { mainLeakOf } from '../model/main-leak.js';
import { visible } from '../model/problem.js';
import { clausesOf, lackOf } from '../model/statement.js';
import { HOUR } from '../model/units.js';
import type { Verdict, VerdictLabel } from '../model/verdict.js';
import { amount } from './amount.js';
import { cutToWidth, displayWidth } from './display-width.js';
import { type Column, textTable } from './text-table.js';

const ORDER = ['leak', 'suspect', 'inconclusive', 'clean'] as const;

/** A terminal with fewer columns has no room for long names. */
const WIDE = 120;

/** A reason that is cut to less tells nothing. */
const LEAST_REASON = 40;

export interface TableLook {
  /** The width of the terminal; undefined where there is none. */
  readonly columns: number | undefined;
  readonly paint: (text: string, label: VerdictLabel) => string;
  /** Default English. */
  readonly language?: Language;
  /** So many of the worst; default all. */
  readonly rows?: number;
}

/** What of an analysis the table tells. */
export interface Told {
  readonly verdicts: readonly Verdict[];
  readonly leaks: readonly LeakReport[];
}

/**
 * The verdicts as a table, the worst first: how fast, where, how long that can go on, in which course, what line of code
 * loses it, and why. A narrow terminal has the line of code below the row; reasons stand where there is room for them.
 */
export function verdictTable(
  { verdicts, leaks }: Told,
  { columns: room, paint, language = languageOf(), rows: most }: TableLook,
): string {
  const { say } = language;
  const sorted = verdicts
    .toSorted((a, b) => ORDER.indexOf(a.label) - ORDER.indexOf(b.label) || (b.ratePerHour ?? 0) - (a.ratePerHour ?? 0))
    .slice(0, most);
  const sites = sorted.map((verdict) => siteIn(verdict, leaks, say));
  const isNarrow = room !== undefined && room < WIDE;
  const hasDevices = new Set(verdicts.map(({ device }) => device)).size > 1;
  const facets: readonly Facet[] = [
    { column: { title: say('VERDICT') }, textOf: ({ label }) => say(label) },
    { column: { title: say('PROGRAM'), most: isNarrow ? 20 : 40 }, textOf: ({ command }) => command },
    {
      column: { title: say('DEVICE'), most: isNarrow ? 12 : 30 },
      textOf: ({ device }) => device,
      isLeftOut: !hasDevices,
    },
    { column: { title: say('GROWS BY'), right: true }, textOf: (verdict) => rateOf(verdict, say) },
    { column: { title: say('IN'), most: isNarrow ? 14 : 30 }, textOf: ({ where }) => where ?? '' },
    {
      column: { title: say('LASTS'), right: true },
      textOf: (verdict) => say(lastingOf(verdict), 'duration'),
      isLeftOut: verdicts.every((verdict) => lastingOf(verdict) === ''),
    },
    { column: { title: say('COURSE') }, textOf: (verdict) => say(courseOf(verdict)) },
    {
      column: { title: say('LOST AT'), most: 48 },
      textOf: (_, row) => (sites[row] ? [sites[row].place, ...sites[row].share].join(', ') : ''),
      isLeftOut: isNarrow || sites.every((site) => site === undefined),
    },
  ];
  const reason: Facet = { column: { title: say('WHY') }, textOf: (verdict) => reasonOf(verdict, say) };
  const linesOf = (shown: readonly Facet[], painted: TableLook['paint']): string[] =>
    textTable(
      shown.map(({ column }) => column),
      sorted.map((verdict, row) => shown.map(({ textOf }) => textOf(verdict, row))),
      (cell, row, column) => {
        const label = sorted[row]?.label;
        return column === 0 && label ? painted(cell, label) : cell;
      },
    ).split('\n');
  const shown = facets.filter(({ isLeftOut }) => !isLeftOut);
  const widest = linesOf(shown, (text) => text).reduce((most, line) => Math.max(most, displayWidth(line)), 0);
  const hasReasons = room === undefined || room - widest >= LEAST_REASON;
  const [head = '', ...lines] = linesOf(hasReasons ? [...shown, reason] : shown, paint);
  const below = (site: Site | undefined): string[] => {
    if (!isNarrow || !site) return [];
    const [share] = site.share;
    const words = say(share === undefined ? 'lost at' : `${share} of it lost at`);
    return [cutToWidth(`  ${words} ${visible(site.place)}`, room)];
  };
  const errorsBelow = (verdict: Verdict | undefined): string[] =>
    hasReasons || !verdict || verdict.defects.length === 0 ? [] : [`  ${say(defectsText(verdict))}`];
  return [head, ...lines.flatMap((line, row) => [line, ...below(sites[row]), ...errorsBelow(sorted[row])])].join('\n');
}

interface Facet {
  readonly column: Column;
  readonly textOf: (verdict: Verdict, row: number) => string;
  /** It would say nothing, or the same in each row. */
  readonly isLeftOut?: boolean;
}

/** A line of code that loses memory. */
interface Site {
  readonly place: string;
  /** Of the growth, "98 %"; none where it is not known. */
  readonly share: readonly string[];
}

/** The line of code that the growth is lost at. */
function siteIn(verdict: Verdict, leaks: readonly LeakReport[], say: Say): Site | undefined {
  if (!isAccused(verdict)) return undefined;
  const own = leaks.filter(({ device, command }) => device === verdict.device && command === verdict.command);
  const leak = mainLeakOf(verdict, own);
  const site = leak && siteOf(leak.frames);
  if (!site) return undefined;
  const { symbol, file, line, module } = site;
  const name = symbol ?? moduleOffset(site) ?? say('(unknown function)');
  const place = file === undefined ? (module ?? '') : line === undefined ? file : `${file}:${line}`;
  const share = verdict.explainedBy.find(({ fingerprint }) => fingerprint === leak.fingerprint)?.share;
  return {
    place: `${name}${place === '' ? '' : ` (${baseName(place)})`}`,
    share: share === undefined ? [] : [`${Math.round(share * 100)} %`],
  };
}

type Say = Language['say'];

function rateOf({ label, ratePerHour, ratePerSample }: Verdict, say: Say): string {
  if (!isAccused({ label })) return '';
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
  return visible(say(defects.length === 0 ? statement : `${statement}; ${defectsText(verdict)}`));
}

function defectsText({ defects }: Verdict): string {
  return `${defects.length} memory ${defects.length === 1 ? 'error' : 'errors'}`;
}
