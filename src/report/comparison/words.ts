import type {
  FindingChange,
  HeadlinePart,
  MappingChange,
  ProgramChange,
  ProgramComparison,
  RateComparison,
  VmaComparison,
} from '../../model/comparison.js';
import { bytes, code, text, UNKNOWN } from '../cells.js';
import type { Cell, ChangeTone } from '../document.js';

/** How people say what a thing did, with what that means to them. */
const WORDS: Readonly<
  Record<
    ProgramChange | MappingChange | FindingChange | VmaComparison['change'],
    readonly [word: string, tone: ChangeTone]
  >
> = {
  worse: ['worse', 'bad'],
  mixed: ['mixed', 'neutral'],
  changed: ['changed', 'neutral'],
  better: ['better', 'good'],
  new: ['new', 'neutral'],
  gone: ['gone', 'neutral'],
  same: ['same', 'unknown'],
  'not-told': ['not told', 'unknown'],
  grew: ['grew', 'bad'],
  shrank: ['shrank', 'good'],
  faster: ['grows faster', 'bad'],
  slower: ['grows slower', 'good'],
  still: ['still there', 'neutral'],
  'only-before': ['only before', 'unknown'],
  'only-after': ['only after', 'unknown'],
};

export function change(value: keyof typeof WORDS): Cell {
  const [word, tone] = WORDS[value];
  return { type: 'change', word, tone };
}

/** Of a leak or memory error, new is bad and gone is good. */
export function findingChange(value: FindingChange): Cell {
  const [word, tone] = WORDS[value];
  return { type: 'change', word, tone: value === 'new' ? 'bad' : value === 'gone' ? 'good' : tone };
}

export function headlineCells(parts: readonly HeadlinePart[]): Cell[] {
  return parts.map((part) => {
    if ('text' in part) return text(part.text);
    if ('name' in part) return code(part.name);
    if ('frame' in part) return { type: 'frame', frame: part.frame };
    return 'bytes' in part ? bytes(part.bytes) : { type: 'rate', value: part.rate, per: 'hour', unsigned: true };
  });
}

/** A rate of growth, "0" where memory stays. */
export function rateCell(rate: { readonly perHour: number } | undefined): Cell {
  return rate ? { type: 'rate', value: rate.perHour, per: 'hour' } : UNKNOWN;
}

/** How much faster; a dash where the rates cannot be told apart. */
export function rateDifference(rate: RateComparison | undefined): Cell {
  const isTold = rate?.change === 'faster' || rate?.change === 'slower';
  return isTold && rate.difference !== undefined ? { type: 'rate', value: rate.difference, per: 'hour' } : UNKNOWN;
}

/** The devices of one side; many by their number. */
function devicesText(devices: readonly string[]): string {
  const [first = '–'] = devices;
  return devices.length > 1 ? `${devices.length} devices` : first;
}

/** The device of a program, with the one before where that is another. */
export function deviceCell({ devices }: ProgramComparison): Cell {
  const [before, after] = [devicesText(devices.before), devicesText(devices.after)];
  // A number of devices is said in words, which are translated; a name is not.
  const cell = devices.before.length > 1 || devices.after.length > 1 ? text : code;
  if (devices.before.length === 0) return cell(after);
  return cell(devices.after.length === 0 || before === after ? before : `${before} → ${after}`);
}

/** Whether the programs are of more than one pair of devices, so that each must say its own. */
export function hasManyDevices(programs: readonly ProgramComparison[]): boolean {
  return new Set(programs.map(({ devices }) => JSON.stringify(devices))).size > 1;
}
