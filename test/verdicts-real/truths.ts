/** A loss that memcheck prints of a leaky program, after the 32 ticks that its logs are of. */
export interface LossTruth {
  readonly kind: 'definite' | 'possible';
  readonly bytes: number;
  readonly blocks: number;
  /** LeakSanitizer sees it too, but for blocks whose addresses still stand on the stack. */
  readonly bySanitizer: boolean;
}

/** What a pair of programs does by construction: see the first lines of its source. */
export interface PairTruth {
  /** Of the sources in samples/programs/pairs and the captures in samples/pairs. */
  readonly name: string;
  /** The leaky program takes so much at once … */
  readonly bytes: number;
  /** … each so many seconds … */
  readonly seconds: number;
  /** … in the mapping of this label. */
  readonly where: string;
  /** Absent where memory is still reachable, or not from malloc at all. */
  readonly loss?: LossTruth;
  /** Samples that show the rate: behind a warm-up, and at the same moment of a period. */
  readonly from: number;
  readonly to: number;
  /** What else memory does between two samples, in bytes: a few pages, or the noise of a busy heap. */
  readonly wander: number;
  /** Which of the processes, in the order of their ids. */
  readonly process: number;
  /** By so many bytes per second private dirty memory grows in both programs without being lost. */
  readonly beside: number;
}

const KIB = 1024;
const TICK = 0.25;
const HEAP = '[heap]';

const USUAL = {
  where: HEAP,
  seconds: TICK,
  from: 9,
  to: 23,
  wander: 16 * KIB,
  process: 0,
  beside: 0,
} as const;

function definite(bytes: number, blocks: number): Pick<PairTruth, 'loss'> {
  return { loss: { kind: 'definite', bytes: bytes * blocks, blocks, bySanitizer: true } };
}

export const pairs: readonly PairTruth[] = [
  { ...USUAL, name: 'heap', bytes: 64 * 256, ...definite(248, 64 * 32) },
  { ...USUAL, name: 'noise', bytes: 2048, wander: 32 * KIB, ...definite(2032, 32) },
  { ...USUAL, name: 'arenas', bytes: 2 * 32 * 512, where: '[anonymous: arena]', ...definite(504, 2 * 32 * 32) },
  { ...USUAL, name: 'maps', bytes: 16 * KIB, where: '[anonymous]' },
  {
    ...USUAL,
    name: 'threads',
    bytes: 24 * KIB + 288,
    seconds: 2 * TICK,
    where: '[anonymous: thread stack]',
    loss: { kind: 'possible', bytes: 288 * 16, blocks: 16, bySanitizer: false },
  },
  { ...USUAL, name: 'forks', bytes: 8 * KIB, ...definite(8176, 32) },
  { ...USUAL, name: 'snapshot', bytes: 8 * KIB, beside: 64 * KIB, ...definite(8176, 32) },
  { ...USUAL, name: 'memfd', bytes: 64 * KIB, seconds: 2 * TICK, where: '/memfd:frame (deleted)' },
  { ...USUAL, name: 'fragments', bytes: 3 * 4096 + 48, ...definite(40, 4 * 32 - 64) },
  { ...USUAL, name: 'cache', bytes: 4 * 4096 },
  { ...USUAL, name: 'plateau', bytes: 8 * KIB, ...definite(8176, 8) },
  { ...USUAL, name: 'teeth', bytes: 32 * KIB, seconds: 10 * TICK, to: 39, ...definite(32_752, 3) },
  { ...USUAL, name: 'steps', bytes: 260 * KIB, seconds: 6 * TICK, where: '[anonymous]', ...definite(262_144, 4) },
  { ...USUAL, name: 'logbuffer', bytes: 8 * KIB, where: '[anonymous]' },
  { ...USUAL, name: 'restarts', bytes: 16 * KIB, process: 1, from: 3, to: 8, ...definite(16_368, 24) },
  { ...USUAL, name: 'reserve', bytes: 16 * KIB, where: '[anonymous]' },
  { ...USUAL, name: 'filemap', bytes: 32 * KIB, seconds: 2 * TICK, where: '/opt/demo/pairs/table.bin' },
  { ...USUAL, name: 'reader', bytes: 4096, ...definite(4080, 32) },
  { ...USUAL, name: 'writer', bytes: 4096, beside: 256 * KIB, ...definite(4080, 32) },
];
