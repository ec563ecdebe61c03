import { bytesOfPart, type MemoryDivision, type MemoryMove, type MemoryPart } from '../../model/memory-division.js';

/** Parts of which growth is somebody's: programs are told one by one, and what is free is what the others leave. */
const MOVING: readonly MemoryPart[] = [
  'not-captured',
  'cache',
  'slab-reclaimable',
  'slab-unreclaimable',
  'kernel-stacks',
  'page-tables',
  'vmalloc',
  'per-cpu',
  'huge-pages',
  'zswap',
  'unaccounted',
];

/** What grew from the first to the last division, and what shrank: the largest growth first. None without two. */
export function movesOf(divisions: readonly MemoryDivision[]): MemoryMove[] {
  const [first, last] = [divisions[0], divisions.at(-1)];
  if (first === undefined || last === undefined || first === last) return [];
  const moves: MemoryMove[] = MOVING.map((part) => ({ what: part, growth: change(first, last, part) }));
  for (const { command, pss } of last.programs) {
    const before = first.programs.find((program) => program.command === command)?.pss ?? 0;
    moves.push({ what: 'program', command, growth: pss - before });
  }
  const told = moves.reduce((sum, { what, growth }) => (what === 'program' ? sum + growth : sum), 0);
  moves.push({ what: 'programs', growth: change(first, last, 'programs') - told });
  return moves
    .filter(({ growth }) => growth !== 0)
    .map((move) => sharedMemory(move, first, last))
    .sort((a, b) => b.growth - a.growth);
}

function change(first: MemoryDivision, last: MemoryDivision, part: MemoryPart): number {
  return bytesOfPart(last, part) - bytesOfPart(first, part);
}

/** What is called cache, and the kernel can drop, is tmpfs or shared memory where that grew by most of it. */
function sharedMemory(move: MemoryMove, first: MemoryDivision, last: MemoryDivision): MemoryMove {
  const grown = (last.shmem ?? 0) - (first.shmem ?? 0);
  return move.what === 'cache' && move.growth > 0 && grown > move.growth / 2
    ? { ...move, what: 'shared-memory' }
    : move;
}
