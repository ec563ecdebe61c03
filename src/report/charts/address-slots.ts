import type { AddressArea } from '../../model/address-space.js';
import { categoryWithId } from '../../model/mapping-category.js';

/** An area with its addresses as numbers, exact for whole pages. */
export interface PlacedArea {
  readonly area: AddressArea;
  readonly from: number;
  readonly to: number;
}

/** A row of the drawing: what was and is at the same addresses, or several neighbours in one. */
export interface Slot {
  readonly from: number;
  readonly to: number;
  readonly before: readonly PlacedArea[];
  readonly after: readonly PlacedArea[];
  /** How many rows were put together; 1 where it is one. */
  readonly rows: number;
}

/** Rows without a hole between them, drawn to one scale. */
export interface Stretch {
  readonly slots: readonly Slot[];
  /** Free address space below it; absent for the first. */
  readonly hole?: number;
}

/** Rows that keep a label of their own, and holes that are never drawn over. */
export interface Bounds {
  readonly labelled: number;
  readonly holes: number;
}

/** Both snapshots as rows in the order of their addresses. */
export function stretchesOf(
  before: readonly AddressArea[],
  after: readonly AddressArea[],
  { labelled, holes }: Bounds,
): Stretch[] {
  const slots = slotsOf(before.flatMap(placed), after.flatMap(placed));
  const stretches: { slots: Slot[]; hole?: number }[] = [];
  for (const slot of grouped(withoutRepetition(slots), labelled, holes)) {
    const open = stretches.at(-1);
    const end = open?.slots.at(-1)?.to;
    if (open && end !== undefined && slot.from <= end) open.slots.push(slot);
    else stretches.push({ slots: [slot], ...(end !== undefined && { hole: slot.from - end }) });
  }
  return stretches;
}

/** Of a row: what it holds now, else what it held. */
export function areasOf({ before, after }: Slot): readonly PlacedArea[] {
  return after.length > 0 ? after : before;
}

/** Address space that was only set aside; its size says nothing of memory, so it is not drawn to scale. */
export function isReserve({ before, after }: Slot): boolean {
  return [...before, ...after].every(({ area }) => {
    const isReserved = categoryWithId(area.category).family === 'reserved' || area.permissions === '---p';
    return isReserved || area.size >= LARGEST_TO_SCALE;
  });
}

/** No device has so much memory: sanitizers and runtimes reserve it. */
const LARGEST_TO_SCALE = 2 ** 36;

/** Where the upper half of 64 bits begins: [vsyscall] is there, and no memory of the process. */
const KERNEL_HALF = 2 ** 63;

function placed(area: AddressArea): PlacedArea[] {
  const from = Number.parseInt(area.start, 16);
  const to = Number.parseInt(area.end, 16);
  return from < to && from < KERNEL_HALF ? [{ area, from, to }] : [];
}

/** Areas of the two snapshots that overlap share a row. */
function slotsOf(before: readonly PlacedArea[], after: readonly PlacedArea[]): Slot[] {
  const all = [
    ...before.map((one) => ({ ...one, isBefore: true })),
    ...after.map((one) => ({ ...one, isBefore: false })),
  ].sort((a, b) => a.from - b.from);
  const slots: { from: number; to: number; before: PlacedArea[]; after: PlacedArea[]; rows: number }[] = [];
  for (const { area, from, to, isBefore } of all) {
    let slot = slots.at(-1);
    if (!slot || from >= slot.to) {
      slot = { from, to, before: [], after: [], rows: 1 };
      slots.push(slot);
    }
    slot.to = Math.max(slot.to, to);
    (isBefore ? slot.before : slot.after).push({ area, from, to });
  }
  return slots;
}

/** So many neighbours of one kind are told as one: the stacks of a pool of threads, the arenas of malloc. */
const LEAST_ALIKE = 4;

function withoutRepetition(slots: readonly Slot[]): Slot[] {
  const rows: Slot[] = [];
  let run: Slot[] = [];
  let kindOfRun: string | undefined;
  const close = (): void => {
    const alike = run.filter((slot) => !isGuard(slot));
    if (alike.length < LEAST_ALIKE) rows.push(...run);
    else rows.push(run.reduce(together));
    run = [];
    kindOfRun = undefined;
  };
  for (const slot of slots) {
    const last = run.at(-1);
    const kind = repeatedKind(slot);
    const isFar = last !== undefined && slot.from - last.to > MOST_BETWEEN;
    const isOther = kindOfRun !== undefined && kind !== kindOfRun;
    if (isFar || (isOther && !isGuard(slot)) || kind === undefined) close();
    run.push(slot);
    if (kind === undefined) close();
    else if (!isGuard(slot)) kindOfRun = kind;
  }
  close();
  return rows;
}

/** Neighbours with more between them are not drawn as one. */
const MOST_BETWEEN = 2 ** 30;

/** The category of a row's areas, where names tell them apart no further. */
function repeatedKind({ before, after }: Slot): string | undefined {
  const categories = new Set([...before, ...after].map(({ area }) => area.category));
  const [category = ''] = categories;
  const isNamed = [...before, ...after].some(({ area }) => !area.label.startsWith('['));
  return categories.size === 1 && !isNamed && !LANDMARKS.has(category) ? category : undefined;
}

const MOST_GUARD = 65_536;

/** Pages without access between areas: they belong to their neighbours. */
export function isGuard(slot: Slot): boolean {
  return slot.to - slot.from <= MOST_GUARD && repeatedKind(slot) === 'reserved';
}

function together(a: Slot, b: Slot): Slot {
  return {
    from: a.from,
    to: Math.max(a.to, b.to),
    before: [...a.before, ...b.before],
    after: [...a.after, ...b.after],
    rows: a.rows + b.rows,
  };
}

/** Rows of little weight put together with their neighbours, but not over the largest holes. */
function grouped(slots: readonly Slot[], labelled: number, holes: number): Slot[] {
  // Groups and the rows between them are about twice as many.
  if (slots.length <= labelled + labelled / 2) return [...slots];
  const kept = new Set(slots.toSorted((a, b) => weightOf(b) - weightOf(a)).slice(0, labelled));
  const cuts = new Set(
    slots
      .map((slot, index) => ({ slot, hole: slot.from - (slots[index - 1]?.to ?? slot.from) }))
      .toSorted((a, b) => b.hole - a.hole)
      .slice(0, holes)
      .map(({ slot }) => slot),
  );
  const rows: Slot[] = [];
  let open: Slot | undefined;
  for (const slot of slots) {
    if (open && !kept.has(slot) && !cuts.has(slot)) {
      open = together(open, slot);
      rows[rows.length - 1] = open;
    } else {
      rows.push(slot);
      open = kept.has(slot) ? undefined : slot;
    }
  }
  return rows;
}

/** Above any amount of memory. */
const LANDMARK = 2 ** 50;
const LANDMARKS: ReadonlySet<string> = new Set(['heap', 'stack']);

function weightOf(slot: Slot): number {
  const weights = areasOf(slot).map(({ area }) => weightOfArea(area));
  return weights.reduce((sum, weight) => sum + weight, 0);
}

/** How much an area deserves to be seen. */
export function weightOfArea(area: AddressArea): number {
  const landmark = LANDMARKS.has(area.category) || area.writableCode !== undefined ? LANDMARK : 0;
  const memory = 2 * (area.privateBytes ?? 0) + (area.rss ?? 0);
  return landmark + 4 * Math.max(0, area.growth ?? 0) + memory + Math.min(area.size, LARGEST_TO_SCALE) / 1024;
}
