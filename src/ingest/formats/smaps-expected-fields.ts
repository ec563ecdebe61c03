import { KIB } from '../../model/units.js';
import type { ByteWindow } from '../byte-window.js';
import { rightAligned } from './smaps-fields.js';
import { BARE_NUMBER, KILOBYTES, LABEL_BYTES, type SmapsLayout, WORDS } from './smaps-layout.js';

const NEWLINE = 10;
/** ` kB\n` and ` kB\r` as little-endian words. */
const KB_NEWLINE = Buffer.from(' kB\n').readInt32LE(0);
const KB_RETURN = Buffer.from(' kB\r').readInt32LE(0);
/** `       0` as a little-endian double: half of all counters. */
const EIGHT_COLUMNS_OF_ZERO = Buffer.from('       0').readDoubleLE(0);

/**
 * The hot loop: takes lines that are where the layout expects them off the window, and stops at the first that is not.
 *
 * @param view of the window's buffer
 * @param columns where the amounts of each field go
 * @param from the field that the window's first line should be
 * @returns the field that comes next
 */
export function readExpectedFields(
  window: ByteWindow,
  view: DataView,
  layout: SmapsLayout,
  columns: readonly (Float64Array | undefined)[],
  row: number,
  from: number,
): number {
  const { buffer } = window;
  const { first, second, tail, steps, carriageReturn } = layout;
  const wordAfterNumber = carriageReturn ? KB_RETURN : KB_NEWLINE;
  const ending = carriageReturn ? 1 : 0;
  const last = window.end - 29;
  let at = window.position;
  let step = from;
  while (step < steps && at <= last) {
    if (view.getFloat64(at, true) !== first[step]) break;
    const shape = tail[step] as number;
    if (shape === KILOBYTES) {
      if (view.getFloat64(at + 8, true) !== second[step] || view.getInt32(at + 24, true) !== wordAfterNumber) break;
      const column = columns[step] as Float64Array;
      if (view.getFloat64(at + LABEL_BYTES, true) === EIGHT_COLUMNS_OF_ZERO) {
        column[row] = 0;
      } else {
        const value = rightAligned(buffer, at + LABEL_BYTES, at + 24);
        if (value < 0) break;
        column[row] = value * KIB;
      }
      at += 28 + ending;
    } else if (shape === BARE_NUMBER) {
      if (view.getFloat64(at + 8, true) !== second[step] || buffer[at + 24 + ending] !== NEWLINE) break;
      const column = columns[step];
      if (column) {
        const value = rightAligned(buffer, at + LABEL_BYTES, at + 24);
        if (value < 0) break;
        column[row] = value * KIB;
      }
      at += 25 + ending;
    } else if (shape === WORDS) {
      let end = at + 8;
      while (end < window.end && buffer[end] !== NEWLINE) end++;
      if (end === window.end) break;
      at = end + 1;
    } else {
      break;
    }
    step++;
  }
  window.line += step - from;
  window.position = at;
  return step;
}
