import { type Language, type SentencePart, sentenceIn } from '../language.js';
import type { Comparison, HeadlinePart, LeakComparison, ProgramComparison, ProgramState } from '../model/comparison.js';
import { groupBy } from '../model/group-by.js';
import { visible } from '../model/problem.js';
import { siteText } from '../model/site-text.js';
import { amount } from './amount.js';
import { countText } from './count-text.js';
import type { Terminal } from './terminal.js';
import { textTable } from './text-table.js';
import { wrapped } from './wrapped.js';

/** Each table on the terminal has no more rows; the report has all. */
const ROWS = 20;
/** And each list of names no more names. */
const NAMED = 5;

/** A comparison for the terminal: one sentence, then the programs, mappings and leaks that differ. */
export function comparisonText(terminal: Terminal, comparison: Comparison): string {
  const { headline, programs, pairing } = comparison;
  const sentence = wrapped(visible(sentenceIn(headline.map(partOf), terminal.language)));
  const differing = programs.filter(({ change }) => change !== 'same');
  const parts = [
    terminal.style('bold', sentence),
    programTable(terminal, differing),
    mappingTable(terminal, programs),
    leakTable(terminal, programs),
    notComparedText(terminal.language, programs, [...pairing.onlyBefore, ...pairing.onlyAfter]),
  ];
  return parts
    .filter((part) => part !== '')
    .map((part) => terminal.fitted(part))
    .join('\n\n');
}

function partOf(part: HeadlinePart): SentencePart {
  if ('text' in part) return { words: part.text };
  if ('name' in part) return { data: visible(part.name) };
  if ('frame' in part) return { data: siteText([part.frame]) };
  return { data: 'bytes' in part ? amount(part.bytes) : `${amount(part.rate)}/h` };
}

function programTable(terminal: Terminal, programs: readonly ProgramComparison[]): string {
  const { say } = terminal.language;
  // Where all are of the same devices, the names of these would take the room of the numbers.
  const isNamed = new Set(programs.map(({ devices }) => JSON.stringify(devices))).size > 1;
  const columns = [
    { title: say('CHANGE') },
    { title: say('PROGRAM'), most: 40 },
    ...(isNamed ? [{ title: say('DEVICE'), most: 40 }] : []),
    { title: say('VERDICT') },
    { title: say('GROWS BY'), right: true },
    { title: say('HOLDS'), right: true },
    { title: say('WATCHED') },
  ];
  const rows = programs.map((program) => {
    const { change, command, devices, before, after, levels } = program;
    return [
      say(WORDS[change] ?? change),
      command,
      ...(isNamed ? [arrow(devicesText(devices.before, say), devicesText(devices.after, say))] : []),
      arrow(before && say(before.label), after && say(after.label)),
      arrow(rateText(before), rateText(after)),
      arrow(levels[0] && amount(levels[0].before.value), levels[0] && amount(levels[0].after.value)),
      arrow(watchedText(before, say), watchedText(after, say)),
    ];
  });
  return shownTable(say, columns, rows, (cell, row, column) =>
    column === 0 ? painted(terminal, programs[row]?.change ?? '', cell) : cell,
  );
}

function mappingTable(terminal: Terminal, programs: readonly ProgramComparison[]): string {
  const { say } = terminal.language;
  const all = programs.flatMap(({ command, mappings }) =>
    mappings.filter(({ change }) => change !== 'not-told').map((mapping) => ({ command, mapping })),
  );
  const columns = [
    { title: say('MAPPING') },
    { title: say('NAME'), most: 60 },
    { title: say('OF'), most: 30 },
    { title: say('PRIVATE MEMORY'), right: true },
    { title: say('GROWS BY'), right: true },
  ];
  const rows = all.map(({ command, mapping: { change, label, before, after } }) => [
    say(WORDS[change] ?? change),
    label,
    command,
    arrow(before && amount(before.value), after && amount(after.value)),
    arrow(rateText(before), rateText(after)),
  ]);
  return shownTable(say, columns, rows, (cell, row, column) =>
    column === 0 ? painted(terminal, all[row]?.mapping.change ?? '', cell) : cell,
  );
}

function leakTable(terminal: Terminal, programs: readonly ProgramComparison[]): string {
  const { say } = terminal.language;
  const every = programs
    .filter(({ change }) => change !== 'gone')
    .flatMap(({ command, leaks }) => leaks.map((leak) => ({ command, leak })))
    .sort((a, b) => LEAK_ORDER.indexOf(a.leak.change) - LEAK_ORDER.indexOf(b.leak.change));
  const changed = every.filter(({ leak }) => leak.change !== 'still');
  const all = every.length > ROWS ? changed : every;
  const hidden = every.length - all.length;
  const columns = [
    { title: say('LEAK') },
    { title: say('KIND') },
    { title: say('BYTES'), right: true },
    { title: say('BLOCKS'), right: true },
    { title: say('LOST AT'), most: 60 },
    { title: say('OF'), most: 30 },
  ];
  const rows = all.map(({ command, leak: { change, before, after, frames } }) => {
    return [
      say(WORDS[change] ?? change),
      say(arrow(before?.kind ?? after?.kind, after?.kind ?? before?.kind)),
      arrow(before && countText(before.bytes), after && countText(after.bytes)),
      arrow(before && countText(before.blocks), after && countText(after.blocks)),
      frames.length > 0 ? siteText(frames) : '',
      command,
    ];
  });
  const table = shownTable(say, columns, rows, (cell, row, column) =>
    column === 0 ? painted(terminal, leakMood(all[row]?.leak), cell) : cell,
  );
  const rest = hidden === 0 ? '' : say(`${countText(hidden)} loss records still there: see the report`);
  return [table, rest].filter((part) => part !== '').join('\n');
}

const LEAK_ORDER: readonly LeakComparison['change'][] = ['new', 'gone', 'only-after', 'only-before', 'still'];

function shownTable(
  say: Language['say'],
  columns: Parameters<typeof textTable>[0],
  rows: readonly (readonly string[])[],
  paint: Parameters<typeof textTable>[2],
): string {
  if (rows.length === 0) return '';
  const more = rows.length > ROWS ? `\n${say(`${rows.length - ROWS} more: see the report`)}` : '';
  return `${textTable(columns, rows.slice(0, ROWS), paint)}${more}`;
}

/** Reason by reason, since most programs of a night share theirs. */
function notComparedText(
  { say }: Language,
  programs: readonly ProgramComparison[],
  devices: readonly string[],
): string {
  const told = programs.flatMap(({ command, notCompared }) => notCompared.map((reason) => ({ command, reason })));
  const lines = [...groupBy(told, ({ reason }) => reason)].map(([reason, ofReason]) => {
    const names = [...new Set(ofReason.map(({ command }) => command))];
    return `${namesText(names)}: ${say(reason)}`;
  });
  if (devices.length > 0) lines.push(say(`Devices on one side only: ${namesText(devices)}.`));
  if (lines.length === 0) return '';
  return [say('Not compared'), ...lines.map((line) => wrapped(visible(line), '    ', '  '))].join('\n');
}

function namesText(names: readonly string[]): string {
  const more = names.length - NAMED;
  return more > 0 ? `${names.slice(0, NAMED).join(', ')} and ${more} more` : names.join(', ');
}

/** `leak → clean`; one of them where both are the same, or only one is known. */
function arrow(before: string | undefined, after: string | undefined): string {
  if (before === after) return after ?? '';
  if (before === undefined || after === undefined) return after === undefined ? `${before ?? ''} → –` : `– → ${after}`;
  return `${before} → ${after}`;
}

function rateText(state: Pick<ProgramState, 'rate'> | undefined): string | undefined {
  if (!state?.rate) return undefined;
  return state.rate.perHour === 0 ? '0' : `${amount(state.rate.perHour)}/h`;
}

function watchedText(state: ProgramState | undefined, say: Language['say']): string | undefined {
  if (state?.samples === 0) return say('logs only');
  return state && say(`${state.samples} ${state.samples === 1 ? 'sample' : 'samples'}`);
}

function devicesText(devices: readonly string[], say: Language['say']): string | undefined {
  return devices.length > 1 ? say(`${devices.length} devices`) : devices[0];
}

function leakMood(leak: LeakComparison | undefined): string {
  return leak?.change === 'new' ? 'worse' : leak?.change === 'gone' ? 'better' : '';
}

const WORDS: Readonly<Record<string, string>> = {
  'not-told': 'not told',
  'only-before': 'only before',
  'only-after': 'only after',
  still: 'still there',
};

const COLORS: Readonly<Record<string, 'red' | 'green' | 'yellow'>> = {
  worse: 'red',
  grew: 'red',
  faster: 'red',
  better: 'green',
  shrank: 'green',
  slower: 'green',
  mixed: 'yellow',
};

function painted(terminal: Terminal, change: string, cell: string): string {
  const color = COLORS[change];
  return color ? terminal.style(['bold', color], cell) : cell;
}
