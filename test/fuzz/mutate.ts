import fc from 'fast-check';

/** One change to a text. `at`, `length` and `to` are shares of it, from 0 to 1. */
export interface Mutation {
  readonly kind: (typeof KINDS)[number];
  readonly at: number;
  readonly length: number;
  readonly to: number;
  /** What the bit flips are drawn from. */
  readonly seed: number;
}

const KINDS = [
  'few flips',
  'flips',
  'many flips',
  'cut',
  'head off',
  'duplicate',
  'delete',
  'swap',
  'splice',
  'digits',
] as const;
/** The part of all bytes in which a bit is turned. */
const FLIPPED: Readonly<Record<string, number>> = { 'few flips': 0.0004, flips: 0.004, 'many flips': 0.04 };

// Not fc.double: half of all doubles from 0 to 1 are next to nothing.
const share = fc.nat(999_999).map((millionths) => millionths / 1_000_000);

export const mutations: fc.Arbitrary<readonly Mutation[]> = fc.array(
  fc.record({ kind: fc.constantFrom(...KINDS), at: share, length: share, to: share, seed: fc.nat() }),
  { minLength: 1, maxLength: 4 },
);

/** The text after all changes, in order. `other` is what is spliced in. */
export function mutated(bytes: Buffer, changes: readonly Mutation[], other: Buffer): Buffer {
  return changes.reduce((text, change) => mutatedOnce(text, change, other), bytes);
}

function mutatedOnce(bytes: Buffer, { kind, at, length, to, seed }: Mutation, other: Buffer): Buffer {
  const place = Math.floor(at * bytes.length);
  if (kind === 'cut') return bytes.subarray(0, place);
  if (kind === 'head off') return bytes.subarray(place);
  if (kind === 'splice') {
    const from = Math.floor(to * other.length);
    const piece = other.subarray(from, from + Math.floor(length * 600));
    return Buffer.concat([bytes.subarray(0, place), piece, bytes.subarray(place)]);
  }
  if (kind === 'digits') return withDigits(bytes, place, Math.floor(length * 25));
  const flipped = FLIPPED[kind];
  if (flipped !== undefined) return withFlips(bytes, flipped, seed);
  const start = bytes.lastIndexOf(10, place) + 1;
  const lines = 1 + Math.floor(length * 6);
  const end = lineEnds(bytes, start, lines);
  if (kind === 'delete') return Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)]);
  const target = bytes.lastIndexOf(10, Math.floor(to * bytes.length)) + 1;
  if (kind === 'duplicate')
    return Buffer.concat([bytes.subarray(0, target), bytes.subarray(start, end), bytes.subarray(target)]);
  return swapped(bytes, start, target);
}

function lineEnds(bytes: Buffer, from: number, lines: number): number {
  let at = from;
  for (let i = 0; i < lines && at < bytes.length; i++) {
    const newline = bytes.indexOf(10, at);
    at = newline === -1 ? bytes.length : newline + 1;
  }
  return at;
}

function swapped(bytes: Buffer, a: number, b: number): Buffer {
  const [first, second] = a < b ? [a, b] : [b, a];
  const firstEnd = lineEnds(bytes, first, 1);
  if (firstEnd > second) return bytes;
  const secondEnd = lineEnds(bytes, second, 1);
  const pieces = [
    [0, first],
    [second, secondEnd],
    [firstEnd, second],
    [first, firstEnd],
    [secondEnd, bytes.length],
  ] as const;
  return Buffer.concat(pieces.map(([from, to]) => bytes.subarray(from, to)));
}

/** Puts more digits behind the next digit: numbers beyond what is exact. */
function withDigits(bytes: Buffer, from: number, count: number): Buffer {
  let at = from;
  while (at < bytes.length && !isDigit(bytes[at] ?? 0)) at++;
  if (at === bytes.length) return bytes;
  return Buffer.concat([bytes.subarray(0, at), Buffer.alloc(count, 0x39), bytes.subarray(at)]);
}

function isDigit(byte: number): boolean {
  return byte >= 48 && byte <= 57;
}

function withFlips(bytes: Buffer, part: number, seed: number): Buffer {
  const flipped = Buffer.from(bytes);
  let state = seed;
  const next = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const count = Math.max(1, Math.round(bytes.length * part));
  for (let i = 0; i < count && bytes.length > 0; i++) {
    const at = Math.floor(next() * bytes.length);
    flipped[at] = (flipped[at] ?? 0) ^ (1 << Math.floor(next() * 8));
  }
  return flipped;
}
