import { KIB } from '../../model/units.js';
import type { ByteWindow } from '../byte-window.js';
import { BLANKS, eightColumns, fourColumns } from './eight-columns.js';
import { BARE_NUMBER, KILOBYTES, LABEL_BYTES, type SmapsLayout, WORDS } from './smaps-layout.js';

const NEWLINE = 10;
/** ` kB\n` and ` kB\r` as little-endian words. */
const KB_NEWLINE = Buffer.from(' kB\n').readInt32LE(0);
const KB_RETURN = Buffer.from(' kB\r').readInt32LE(0);
const ZERO = Buffer.from('   0').readInt32LE(0);

/**
 * Takes lines that are where the layout expects them off the window, and stops at the first that is not.
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
  const ending = carriageReturn ? 1 : 0;
  const last = window.end - 29;
  let at = window.position;
  let step = from;
  while (step < steps && at <= last) {
    const shape = tail[step] as number;
    if (shape === KILOBYTES) {
      const next = readAmounts(view, at, last, layout, columns, row, step);
      if (next === step) break;
      at += (next - step) * (28 + ending);
      step = next;
      continue;
    }
    if (view.getFloat64(at, true) !== first[step]) break;
    if (shape === BARE_NUMBER) {
      if (view.getFloat64(at + 8, true) !== second[step] || buffer[at + 24 + ending] !== NEWLINE) break;
      const value = eightColumns(view, at + LABEL_BYTES);
      if (value < 0) break;
      const column = columns[step];
      if (column) column[row] = value * KIB;
      at += 25 + ending;
    } else if (shape === WORDS) {
      const end = newlineFrom(view, at + 8, window.end);
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

/** The hot loop: takes lines of kB, one behind the other. Returns the first field that is not there. */
function readAmounts(
  view: DataView,
  from: number,
  last: number,
  { first, second, tail, steps, carriageReturn }: SmapsLayout,
  columns: readonly (Float64Array | undefined)[],
  row: number,
  next: number,
): number {
  const unit = carriageReturn ? KB_RETURN : KB_NEWLINE;
  const length = carriageReturn ? 29 : 28;
  let at = from;
  let step = next;
  for (; step < steps && at <= last && tail[step] === KILOBYTES; step++) {
    if (view.getFloat64(at, true) !== first[step] || view.getFloat64(at + 8, true) !== second[step]) break;
    if (view.getInt32(at + 24, true) !== unit) break;
    const high = view.getInt32(at + LABEL_BYTES, true);
    const low = view.getInt32(at + 20, true);
    let value = 0;
    if (low !== ZERO || high !== BLANKS) {
      value = high === BLANKS ? fourColumns(low) : eightColumns(view, at + LABEL_BYTES);
      if (value < 0) break;
    }
    (columns[step] as Float64Array)[row] = value * KIB;
    at += length;
  }
  return step;
}

/** Where the first newline from `at` on is, `end` if there is none before. */
function newlineFrom(view: DataView, from: number, end: number): number {
  let at = from;
  for (; at + 4 <= end; at += 4) {
    // Whether one of four bytes is zero.
    const word = view.getInt32(at, true) ^ 0x0a0a0a0a;
    if (((word - 0x01010101) & ~word & 0x80808080) !== 0) break;
  }
  while (at < end && view.getUint8(at) !== NEWLINE) at++;
  return at;
}
