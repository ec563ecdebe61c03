import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { captureTree, readCaptures } from './capture-tree.js';
import { processText } from './smaps-text.js';

const MODIFIED = Date.UTC(2026, 0, 31, 21);
const ONE = processText(100);

/** The times and their sources of what a file says that was modified at MODIFIED. */
async function times(text: string): Promise<{ taken: unknown[]; problems: string[] }> {
  const root = captureTree({ file: text });
  utimesSync(join(root, 'file'), MODIFIED / 1000, MODIFIED / 1000);
  const { captures, problems } = await readCaptures(root);
  return {
    taken: captures.map(({ context }) => [context.takenAt, context.sources.takenAt]),
    problems: problems.map(({ code }) => code),
  };
}

describe('a capture without a time', () => {
  it('gets that of the last modification, where it is alone', async () => {
    expect(await times(ONE)).toEqual({
      taken: [[MODIFIED, 'modification-time']],
      problems: ['time-from-modification'],
    });
  });

  it('gets it without a word where it counts page faults only: they follow the memory beside them', async () => {
    const { taken, problems } = await times(`812 (a) S 1 2 3 0 -1 4194304 187 0 11${' 0'.repeat(40)}\n`);
    expect(taken).toEqual([[MODIFIED, 'modification-time']]);
    expect(problems).toEqual([]);
  });

  it('gets it beside those of other processes', async () => {
    const { taken } = await times(`==> /proc/7/smaps <==\n${ONE}\n==> /proc/8/smaps <==\n${ONE}`);
    expect(taken).toEqual([
      [MODIFIED, 'modification-time'],
      [MODIFIED, 'modification-time'],
    ]);
  });

  it('gets none in a series', async () => {
    expect(await times(ONE + processText(200) + processText(300))).toEqual({
      taken: [
        [undefined, undefined],
        [undefined, undefined],
        [undefined, undefined],
      ],
      problems: [],
    });
  });

  it('keeps its own numbers while it is held', async () => {
    const root = captureTree({ file: `==> /proc/7/smaps <==\n${ONE}\n==> /proc/8/smaps <==\n${processText(900)}` });
    const { snapshots } = await readCaptures(root);
    expect(snapshots.map(({ table }) => table.counters.get('Rss')?.[1])).toEqual([100 * 1024, 900 * 1024]);
  });

  it('gets no time from a header that is good for one only', async () => {
    const { taken, problems } = await times(`1795395985\n${ONE}${processText(200)}`);
    expect(taken).toEqual([
      [1795395985000, 'header'],
      [undefined, undefined],
    ]);
    expect(problems).toEqual([]);
  });
});
