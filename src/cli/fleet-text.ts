import { languageOf } from '../language.js';
import type { Analysis } from '../model/analysis.js';
import { isAccused } from '../model/is-accused.js';
import type { RollUp } from '../model/roll-up.js';
import { siteText } from '../model/site-text.js';
import { amount } from './amount.js';
import { countText } from './count-text.js';
import { type Column, textTable } from './text-table.js';
import { type TableLook, verdictTable } from './verdict-table.js';

/** Of more programs, only those with a word against them are told, and no more than these. */
const MOST_PROGRAMS = 50;
const MOST_ROLL_UPS = 20;

/** How much of a run the terminal tells. */
export interface TellingOptions extends TableLook {
  /** A row for each program, however many there are. */
  readonly all: boolean;
  /** The file that has all of them. */
  readonly report: string;
}

/**
 * The verdicts of a run: a table of all programs, or, where there are very many, the leaks over the devices, the
 * programs that leak or may, and how many others there are.
 */
export function runText(analysis: Analysis, { all, report, ...look }: TellingOptions): string {
  const { verdicts, rollups = [] } = analysis;
  if (all || verdicts.length <= MOST_PROGRAMS) return verdictTable(analysis, look);
  const against = verdicts.filter(isAccused).length;
  const rows = Math.min(MOST_PROGRAMS, against);
  const parts = [
    ...(rollups.length > 0 ? [rollUpTable(rollups.slice(0, MOST_ROLL_UPS), look)] : []),
    ...(rows > 0 ? [verdictTable(analysis, { ...look, rows })] : []),
    othersText(analysis, rows, report, look),
  ];
  return parts.join('\n\n');
}

function rollUpTable(rollups: readonly RollUp[], { paint, language = languageOf() }: TableLook): string {
  const { say } = language;
  const columns: Column[] = [
    { title: say('VERDICT') },
    { title: say('PROGRAM'), most: 40 },
    { title: say('DEVICES'), right: true },
    { title: say('GROWS BY'), right: true },
    { title: say('FASTEST ON'), most: 30 },
    { title: say('WHERE') },
  ];
  const rows = rollups.map(({ label, command, devices, ofDevices, ratePerHour, worst, mapping, site }) => [
    say(label),
    command,
    `${countText(devices)} / ${countText(ofDevices)}`,
    ratePerHour === undefined ? '' : `${amount(ratePerHour.median)}/h`,
    worst.device,
    [...(mapping === undefined ? [] : [mapping]), ...(site ? [siteText([site])] : [])].join(', '),
  ]);
  return textTable(columns, rows, (cell, row, column) => {
    const label = rollups[row]?.label;
    return column === 0 && label ? paint(cell, label) : cell;
  });
}

function othersText(
  { verdicts }: Analysis,
  rows: number,
  report: string,
  { language = languageOf() }: TableLook,
): string {
  const count = (wanted: string): number => verdicts.filter(({ label }) => label === wanted).length;
  const numbers = [
    ['more that leak or may', count('leak') + count('suspect') - rows],
    ['inconclusive', count('inconclusive')],
    ['clean', count('clean')],
  ] as const;
  const others = numbers.flatMap(([words, number]) => (number > 0 ? [`${countText(number)} ${words}`] : []));
  return language.say(
    others.length === 0 ? `All are in ${report}` : `Not shown: ${others.join(', ')}; all are in ${report}`,
  );
}
