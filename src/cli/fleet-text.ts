import { languageOf } from '../language.js';
import type { Analysis } from '../model/analysis.js';
import { isAccused } from '../model/is-accused.js';
import type { RollUp } from '../model/roll-up.js';
import { siteText } from '../model/site-text.js';
import { amount } from './amount.js';
import { countText } from './count-text.js';
import { type Column, textTable } from './text-table.js';
import { type TableLook, verdictTable } from './verdict-table.js';

/** Of more programs, each leak over the devices is a row; of one device, each program with a word against it. */
const MOST_PROGRAMS = 50;

/** How much of a run the terminal tells. */
export interface TellingOptions extends TableLook {
  /** A row for each program, however many there are. */
  readonly all: boolean;
}

/**
 * The verdicts of a run: a table of all programs, or, where there are very many, of the leaks over the devices, and how
 * many programs there are of each verdict.
 */
export function runText(analysis: Analysis, { all, ...look }: TellingOptions): string {
  const { verdicts, rollups } = analysis;
  if (all || verdicts.length <= MOST_PROGRAMS) return verdictTable(analysis, look);
  const against = verdicts.filter(isAccused).length;
  const rows = Math.min(MOST_PROGRAMS, rollups?.length ?? against);
  const table = rollups ? rollUpTable(rollups.slice(0, rows), look) : verdictTable(analysis, { ...look, rows });
  return [...(rows > 0 ? [table] : []), allText(analysis, rows, look)].join('\n\n');
}

function rollUpTable(rollups: readonly RollUp[], { paint, language = languageOf() }: TableLook): string {
  const { say } = language;
  const columns: Column[] = [
    { title: say('VERDICT') },
    { title: say('PROGRAM'), most: 40 },
    { title: say('DEVICES'), right: true },
    { title: say('GROWS BY'), right: true },
    { title: say('AT MOST'), right: true },
    { title: say('ON'), most: 30 },
    { title: say('WHERE') },
  ];
  const rows = rollups.map(({ label, command, devices, ofDevices, ratePerHour, worst, mapping, site }) => [
    say(label),
    command,
    `${countText(devices)} / ${countText(ofDevices)}`,
    hourly(ratePerHour?.median),
    hourly(ratePerHour?.most),
    worst.device,
    [...(mapping === undefined ? [] : [mapping]), ...(site ? [siteText([site])] : [])].join(', '),
  ]);
  return textTable(columns, rows, (cell, row, column) => {
    const label = rollups[row]?.label;
    return column === 0 && label ? paint(cell, label) : cell;
  });
}

function allText(
  { verdicts, rollups }: Analysis,
  rows: number,
  { language: { say } = languageOf() }: TableLook,
): string {
  const count = (wanted: string): number => verdicts.filter(({ label }) => label === wanted).length;
  const numbers = [
    ['leak or may', count('leak') + count('suspect')],
    ['inconclusive', count('inconclusive')],
    ['clean', count('clean')],
  ] as const;
  const told = numbers.flatMap(([words, number]) => (number > 0 ? [`${countText(number)} ${words}`] : []));
  const hidden = (rollups?.length ?? rows) - rows;
  return [
    ...(hidden > 0 ? [say(`Leaks not shown: ${countText(hidden)}`)] : []),
    say(`Programs: ${told.join(', ')}; the report has all`),
  ].join('\n');
}

function hourly(rate: number | undefined): string {
  return rate === undefined ? '' : `${amount(rate)}/h`;
}
