import { baseName, moduleOffset, type StackFrame } from '../../model/leaks.js';
import type { Origin } from '../../model/origin.js';
import { visible } from '../../model/problem.js';
import type { VerdictLabel } from '../../model/verdict.js';
import { renderChart } from '../charts/index.js';
import type { Cell, ChangeTone } from '../document.js';
import { chartIn } from '../language/chart-words.js';
import { type Language, languageOf } from '../language/languages.js';
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatEnd,
  formatExactBytes,
  formatFrequency,
  formatGrowth,
  formatInstant,
  formatProbability,
  formatRate,
  formatShare,
  formatZoneless,
  NOT_KNOWN,
} from './format-value.js';

/**
 * A cell as the templates print it. Each key is always there, since the templates are strict; an empty one is not
 * printed. Everything but `svg` is plain text, which the templates escape.
 */
export interface FormattedCell {
  text: string;
  /** A class of templates/styles. */
  look: string;
  /** The exact value, for the tooltip. */
  title: string;
  /** The key to sort a table by; empty: sort by the text. */
  sort: string;
  /** The id of a mark (the shape beside a verdict or severity). */
  mark: string;
  /** The target of a link inside the document, or to another page of the report. */
  href: string;
  /** Drawn by charts/, which escapes what it writes. */
  svg: string;
}

/** How one value reads; the words in it are in `language`. */
export function formatCell(cell: Cell, language: Language = languageOf()): FormattedCell {
  switch (cell.type) {
    case 'text':
      return formatted(visible(cell.text), '');
    case 'strong':
      return formatted(visible(cell.text), 'strong');
    case 'code':
      return formatted(visible(cell.text), 'code');
    case 'bytes':
      return number(
        formatBytes(cell.value),
        cell.value,
        language.say(formatExactBytes(cell.value), 'amount'),
        zeroLook(cell.value),
      );
    case 'growth':
      return number(
        formatGrowth(cell.value),
        cell.value,
        language.say(formatExactBytes(cell.value), 'amount'),
        cell.value > 0 && !cell.isHarmless ? 'grows' : zeroLook(cell.value),
      );
    case 'rate': {
      const text = formatRate(cell.value, cell.per);
      const shown = cell.unsigned ? text.replace('+', '') : text;
      return number(
        language.say(shown, 'rates'),
        cell.value,
        language.say(formatExactBytes(cell.value), 'amount'),
        zeroLook(cell.value),
      );
    }
    case 'frequency':
      return number(formatFrequency(cell.perHour), cell.perHour);
    case 'count': {
      const noun = cell.noun ? ` ${cell.noun[cell.value === 1 ? 0 : 1]}` : '';
      return number(`${formatCount(cell.value)}${noun}`, cell.value);
    }
    case 'share':
      return number(formatShare(cell.value), cell.value);
    case 'probability':
      return number(formatProbability(cell.value), cell.value);
    case 'time':
      return { ...number(formatInstant(cell.value), cell.value), look: 'time' };
    case 'start':
      return { ...number(formatZoneless(cell.value), cell.value), look: 'time' };
    case 'end':
      return { ...number(formatEnd(cell.value, cell.start), cell.value), look: 'time' };
    case 'duration':
      return number(language.say(formatDuration(cell.value), 'duration'), cell.value);
    case 'address':
      return address(cell.start, cell.end);
    case 'verdict':
      return {
        ...formatted(language.say(VERDICT_WORDS[cell.label]), `badge badge-${cell.label}`),
        mark: cell.label,
        sort: VERDICT_ORDER[cell.label],
      };
    case 'severity':
      return { ...formatted(language.say(cell.severity), `badge badge-${cell.severity}`), mark: cell.severity };
    case 'change':
      return {
        ...formatted(visible(cell.word), `badge badge-${CHANGE_MARKS[cell.tone]}`),
        mark: CHANGE_MARKS[cell.tone],
      };
    case 'origins':
      return formatted(originsText(cell.origins, language), 'code origin');
    case 'frame':
      return formatted(frameText(cell.frame, language), 'code');
    case 'link':
      return { ...formatted(visible(cell.text), ''), href: `#${cell.to}` };
    case 'page':
      return { ...formatted(visible(cell.text), ''), href: cell.path };
    case 'chart':
      return { ...formatted('', 'chart-cell'), svg: chartIn(renderChart(cell.chart), language) };
    case 'unknown':
      return { ...formatted(NOT_KNOWN, 'unknown'), title: language.say('not known') };
  }
}

/** What is printed of a frame: the symbol, else its place in the module, else the address. */
export function symbolText(frame: StackFrame, language: Language = languageOf()): string {
  if (frame.symbol !== undefined && frame.symbol !== '') return visible(frame.symbol);
  const offset = moduleOffset(frame);
  if (offset !== undefined) return visible(offset);
  return frame.address === undefined ? language.say('(unknown function)') : `0x${visible(frame.address)}`;
}

/** Where a frame is: `leak-example.c:6`, else the module; empty where the tool told neither. */
export function placeText(frame: StackFrame): string {
  if (frame.file !== undefined) return visible(frame.line === undefined ? frame.file : `${frame.file}:${frame.line}`);
  return visible(frame.module ?? '');
}

/** `smaps:18, smaps:41 and 24 more`. */
export function originsText(origins: readonly Origin[], language: Language = languageOf()): string {
  const shown = origins.slice(0, ORIGINS_SHOWN).map(originText);
  const more = origins.length - shown.length;
  return more > 0 ? shown.join(', ') + language.say(` and ${formatCount(more)} more`) : shown.join(', ');
}

export const VERDICT_WORDS: Readonly<Record<VerdictLabel, string>> = {
  leak: 'leak',
  suspect: 'suspect',
  clean: 'clean',
  inconclusive: 'inconclusive',
};

/** The look of the verdict that means as much. */
const CHANGE_MARKS: Readonly<Record<ChangeTone, VerdictLabel>> = {
  bad: 'leak',
  good: 'clean',
  neutral: 'suspect',
  unknown: 'inconclusive',
};

const VERDICT_ORDER: Readonly<Record<VerdictLabel, string>> = {
  leak: '3',
  suspect: '2',
  inconclusive: '1',
  clean: '0',
};

const ORIGINS_SHOWN = 3;

/** `smaps:18`. */
export function originText(origin: Origin): string {
  return visible(origin.line > 0 ? `${origin.file}:${origin.line}` : origin.file);
}

/** In a sentence or a table the name of a source file is enough; its folders are in the stack. */
function frameText(frame: StackFrame, language: Language): string {
  const place = placeText(frame.file === undefined ? frame : { ...frame, file: baseName(frame.file) });
  const symbol = symbolText(frame, language);
  return place === '' ? symbol : `${symbol} (${place})`;
}

function address(start: string, end: string | undefined): FormattedCell {
  const text = end === undefined ? `0x${visible(start)}` : `${visible(start)}–${visible(end)}`;
  // Padded, hexadecimal digits sort as text in the order of their values.
  return { ...formatted(text, end === undefined ? 'code' : 'code address'), sort: `x${start.padStart(16, '0')}` };
}

function number(text: string, value: number, title = '', look = ''): FormattedCell {
  const sort = Number.isFinite(value) ? String(value) : '';
  return { ...formatted(text, look === '' ? 'number' : `number ${look}`), sort, title: isRounded(text) ? title : '' };
}

/** Whole bytes and KiB are exact as they stand; larger units hide digits, which the tooltip tells. */
function isRounded(text: string): boolean {
  return !/^\D?[\d,]+ (?:B|KiB)$/.test(text);
}

function zeroLook(value: number): string {
  return value === 0 ? 'zero' : '';
}

function formatted(text: string, look: string): FormattedCell {
  return { text, look, title: '', sort: '', mark: '', href: '', svg: '' };
}
