import type { EndedProcess } from '../../model/program.js';
import type { Finding, VerdictRule } from '../../model/verdict.js';
import { memoryText } from '../amounts.js';
import { firstOrigins } from '../evidence-origins.js';

const ID = 'out-of-memory';

/** The kernel chose it when memory had run out: mostly what holds most, which need not be what leaks. */
export const outOfMemory: VerdictRule = {
  id: ID,
  title: 'Ended since memory ran out',
  description:
    'The kernel log tells that a process was ended since memory had run out, of the device or of its control group. A ' +
    'hint, where it held more than any other.',
  thresholds: [
    { name: 'least tasks that held more, for it to be no hint', value: 1, source: 'badness in mm/oom_kill.c' },
  ],
  judge({ ended = [], timelines }) {
    const hints = ended
      .filter(({ pid }) => pid === undefined || timelines.some((timeline) => timeline.pid === pid))
      .filter(heldMost);
    const last = hints.toSorted((a, b) => (b.sinceBoot ?? 0) - (a.sinceBoot ?? 0))[0];
    return last ? [findingOf(last, hints)] : [];
  },
};

/** Android ends what it needs least, and tells no size; the kernel ends what holds most, if nobody has told it better. */
function heldMost({ pid, held, tasks }: EndedProcess): boolean {
  if (held?.vss === undefined) return false;
  return tasks === undefined || pid === undefined || tasks[0]?.pid === pid;
}

function findingOf({ pid, held, limit, tasks }: EndedProcess, hints: readonly EndedProcess[]): Finding {
  const what = pid === undefined ? 'a process of it' : `pid ${pid}`;
  const where = limit === undefined ? 'memory had run out' : `its control group of ${memoryText(limit)} was full`;
  const ram = `${memoryText(held?.rss ?? 0)} of RAM`;
  return {
    rule: ID,
    bearing: 'for',
    strength: 'weak',
    statement: `The kernel ended ${what} since ${where}: it held ${tasks ? `${ram}, more than any other` : ram}`,
    origins: firstOrigins(hints.flatMap(({ origins }) => origins)),
  };
}
