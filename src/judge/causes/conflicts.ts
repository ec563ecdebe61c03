import { LEAK_TOOL_NAMES } from '../../model/leaks.js';
import type { ProgramRecord } from '../../model/program.js';
import type { Statement } from '../../model/verdict.js';
import { memoryText } from '../amounts.js';
import { firstOrigins } from '../evidence-origins.js';
import type { AllocationSite } from './allocation-site.js';
import { type GrowthToExplain, originsOfGrowth } from './growth-to-explain.js';
import type { MallocArea } from './malloc-area.js';

/** What speaks against the leak checkers' logs and the samples telling of the same memory. */
export function conflictsOf(
  record: ProgramRecord,
  sites: readonly AllocationSite[],
  growth: GrowthToExplain,
): Statement[] {
  const checked = record.summaries.filter(({ definite, inUseAtExit }) => (definite ?? inUseAtExit) !== undefined);
  if (checked.length === 0) return [];
  const origins = [...firstOrigins(checked.map(({ origin }) => origin)).slice(0, 3), ...originsOfGrowth(growth)];
  const lost = sites.some(({ kind }) => kind === 'definite' || kind === 'possible');
  if (lost) return neverReached(record, growth, origins);
  const kept = Math.max(...checked.map(({ inUseAtExit, reachable }) => (inUseAtExit ?? reachable)?.bytes ?? 0));
  const tools = [...new Set(checked.map(({ tool }) => LEAK_TOOL_NAMES[tool]))].sort().join(' and ');
  const grew = `but the process grew by ${memoryText(growth.bytes)} while it was sampled`;
  if (kept >= LEAST_KEPT * growth.bytes) {
    const statement =
      `${tools} lost nothing, ${grew}: ${memoryText(kept)} were still reachable at the end of its run. Usually that is a ` +
      `cache, queue or list without a bound; --show-leak-kinds=all tells where it was allocated`;
    return sites.length > 0 ? [] : [{ statement, origins }];
  }
  const freed = kept === 0 ? `${tools} says that all memory was freed` : `${tools} lost nothing`;
  return [{ statement: `${freed}, ${grew}. ${usualMeaning(growth)}`, origins }];
}

/** Of the growth: what is kept at the end is then worth a look. */
const LEAST_KEPT = 0.01;

/** What it usually means that a leak checker finds nothing in a process that grows, by where it grows. */
function usualMeaning({ areas }: GrowthToExplain): string {
  const [where] = [...areas].toSorted(([, a], [, b]) => b - a)[0] ?? ['unknown' as const];
  return MEANINGS[where];
}

const MEANINGS: Readonly<Record<MallocArea | 'unknown', string>> = {
  heap:
    'Usually that is heap memory which is freed only when the program ends (a cache, queue or list without a bound), ' +
    "fragmentation that keeps malloc from giving pages back, or a part of the program that the checker's run never reached",
  arena:
    'Usually that is memory in the arenas of threads: fragmentation, caches that are freed at the end, or more threads ' +
    "and arenas with time (MALLOC_ARENA_MAX limits them); or a part of the program that the checker's run never reached",
  anonymous:
    'Usually that is memory from mmap itself, which leak checkers do not follow, or an allocator of its own; else large ' +
    "blocks that are freed only at the end, or a part of the program that the checker's run never reached",
  'named-heap':
    'Usually that is heap memory which is freed only when the program ends, fragmentation, or a part of the program ' +
    "that the checker's run never reached",
  'thread-stack':
    'The memory that grows are stacks of threads, which leak checkers do not count: look for threads that end but are ' +
    'never joined or detached, or that are started and never end',
  other:
    'The memory that grows is not from malloc (mapped files, shared memory or devices), so a leak ' +
    'checker cannot see it: look for what is mapped and never unmapped',
  unknown:
    'Usually that is fragmentation, a cache that is freed at the end, memory from mmap, or a part of the program that ' +
    "the checker's run never reached; smaps would tell where it grows",
};

/** A run that allocated less in all than the field grew says little of what it did not do. */
function neverReached(
  { summaries }: ProgramRecord,
  growth: GrowthToExplain,
  origins: Statement['origins'],
): Statement[] {
  const allocated = summaries.flatMap(({ allocatedBytes }) => allocatedBytes ?? []);
  if (allocated.length === 0) return [];
  const most = Math.max(...allocated);
  if (most >= LEAST_RUN * growth.bytes) return [];
  const statement =
    `memcheck's longest run allocated ${memoryText(most)} in all, far less than the ${memoryText(growth.bytes)} that the ` +
    `process grew while sampled: what the run did not do, it cannot show`;
  return [{ statement, origins }];
}

const LEAST_RUN = 0.1;
