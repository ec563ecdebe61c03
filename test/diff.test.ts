import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { analyze } from '../src/analyze.js';
import { diff, NothingToCompare } from '../src/diff.js';
import type { Comparison, ProgramComparison } from '../src/model/comparison.js';

const PAIRS = 'samples/pairs';
const scratch = mkdtempSync(join(tmpdir(), 'memreport-diff-'));
afterAll(() => {
  rmSync(scratch, { recursive: true, force: true });
});

/** A folder with the captures and logs of one program of the pairs. */
function captures(name: string): string {
  const folder = join(scratch, name);
  mkdirSync(folder, { recursive: true });
  for (const file of readdirSync(PAIRS)) {
    if (file.startsWith(`${name}.`)) cpSync(join(PAIRS, file), join(folder, file));
  }
  return folder;
}

function saved(name: string, content: unknown): string {
  const path = join(scratch, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

async function compared(before: string, after: string): Promise<Comparison> {
  return (await diff({ before, after })).comparison;
}

function only({ programs }: Comparison): ProgramComparison {
  const [program, ...others] = programs;
  if (!program || others.length > 0) throw new Error(`expected one program, found ${programs.length}`);
  return program;
}

/** Whether memcheck tells of a loss: memory that is reachable or not from malloc is not lost to it. */
const LOST: Readonly<Record<string, boolean>> = {
  heap: true,
  arenas: true,
  fragments: true,
  restarts: true,
  cache: false,
  filemap: false,
  memfd: false,
};

describe('a program that leaks and its repaired build', () => {
  it.each(Object.entries(LOST))('%s: repaired, the leak is gone', async (name, isLost) => {
    const comparison = await compared(captures(`${name}-leaky`), captures(`${name}-repaired`));
    expect(comparison.counts).toMatchObject({ goneLeaks: isLost ? 1 : 0, newLeaks: 0, stoppedLeaking: 1 });
    const program = only(comparison);
    expect(program).toMatchObject({
      command: `${name}-repaired`,
      commandBefore: `${name}-leaky`,
      change: 'better',
      before: { label: 'leak' },
      after: { label: 'clean', rate: { perHour: 0 } },
      rate: { change: 'slower' },
    });
    expect(program.rate?.difference).toBeCloseTo(-(program.before?.rate?.perHour ?? 0), 3);
  });

  it.each(Object.entries(LOST))('%s: the other way round, the leak is new', async (name, isLost) => {
    const comparison = await compared(captures(`${name}-repaired`), captures(`${name}-leaky`));
    expect(comparison.counts).toMatchObject({ goneLeaks: 0, newLeaks: isLost ? 1 : 0, startedToLeak: 1 });
    expect(only(comparison)).toMatchObject({ change: 'worse', rate: { change: 'faster' } });
  });

  it('names the mapping that grew and the line that lost the memory', async () => {
    const program = only(await compared(captures('heap-repaired'), captures('heap-leaky')));
    expect(program.mappings.map(({ label, change }) => [label, change])).toEqual([['[heap]', 'faster']]);
    const [leak] = program.leaks;
    expect(leak?.after).toMatchObject({ kind: 'definite', bytes: 507_904, blocks: 2048 });
    expect(leak?.frames.at(-1)).toMatchObject({ symbol: 'main', file: 'heap.c' });
  });

  it('does not call a leak gone without a log that looked for it', async () => {
    const program = only(await compared(captures('heap-leaky'), `${PAIRS}/heap-repaired.tar.gz`));
    expect(program.leaks.map(({ change }) => change)).toEqual(['only-before']);
    expect(program.notCompared).toEqual(['What memcheck found before: nothing shows that it was looked for after.']);
  });
});

describe('what is compared', () => {
  it.each(['samples/sets', 'samples/sets/two-instances', 'samples/memcheck', 'samples/smaps', captures('noise-leaky')])(
    '%s with itself has no difference',
    async (path) => {
      const comparison = await compared(path, path);
      expect(comparison.isSame).toBe(true);
      expect(comparison.headline).toEqual([{ text: expect.stringMatching(/^No difference[.;]/) as string }]);
    },
  );

  it('may be a report saved earlier, or the folder that holds it', async () => {
    const analysis = await analyze({ captures: [captures('heap-leaky')] });
    const report = saved('report.json', analysis);
    expect(report).toBe(join(scratch, 'report.json'));
    for (const path of [report, scratch]) {
      const comparison = await compared(path, captures('heap-leaky'));
      expect(comparison.before.source).toBe('report');
      expect(comparison.after.source).toBe('captures');
      expect(comparison.isSame).toBe(true);
    }
    rmSync(report);
  });

  it('may be a valgrind log each', async () => {
    const comparison = await compared(`${PAIRS}/heap-leaky.valgrind.log`, `${PAIRS}/heap-repaired.valgrind.log`);
    expect(comparison.counts).toMatchObject({ goneLeaks: 1, stoppedLeaking: 1 });
  });

  it('may be a snapshot each: then the totals are compared, and VMA by VMA', async () => {
    const at = (time: string): string => `samples/sets/leak-example/${time}/9022/smaps`;
    const program = only(await compared(at('20261123T021833Z'), at('20261123T021858Z')));
    // 12 KiB are lost in each of 25 s.
    expect(program.levels[0]).toMatchObject({ measure: 'unreclaimable', difference: 300 * 1024, change: 'grew' });
    expect(program.mappings.map(({ label, change }) => [label, change])).toEqual([['[heap]', 'grew']]);
    const [heap, ...others] = program.vmas;
    expect(others).toEqual([]);
    expect(heap).toMatchObject({ pathname: '[heap]', change: 'grew' });
    expect((heap?.rssAfter ?? 0) - (heap?.rssBefore ?? 0)).toBe(300 * 1024);
  });

  it('is kept to the programs asked for, in reports too', async () => {
    const report = saved('sets.json', await analyze({ captures: ['samples/sets'] }));
    const { comparison } = await diff({ before: report, after: 'samples/sets', command: /^sawtooth$/u });
    expect(comparison.programs.map(({ command }) => command)).toEqual(['sawtooth']);
    expect(comparison.after.programs).toBe(1);
    await expect(diff({ before: report, after: report, command: /nobody/u })).rejects.toThrow(NothingToCompare);
  });
});

describe('a side that cannot be compared', () => {
  const good = `${PAIRS}/heap-repaired.valgrind.log`;
  const report = { schemaVersion: 1, memreport: '0.1.0' };

  it.each([
    ['a file of no known format', saved('notes.txt', 'nothing of memory\n')],
    ['a report that stops inside', saved('cut.json', '{"schemaVersion":1,"memreport":"0.1.0","captures":[')],
    ['a report of another version', saved('next.json', { ...report, schemaVersion: 2 })],
    ['a report without its lists', saved('empty.json', report)],
  ])('is told: %s', async (_name, path) => {
    await expect(compared(path, good)).rejects.toThrow(NothingToCompare);
    await expect(compared(good, path)).rejects.toThrow(NothingToCompare);
  });

  it('is told: a report with parts of other types, wherever they stand', async () => {
    const analysis = await analyze({ captures: ['samples/sets/leak-example'] });
    const damaged = (change: (copy: Record<string, unknown[]>) => void): string => {
      const copy = JSON.parse(JSON.stringify(analysis)) as Record<string, unknown[]>;
      change(copy);
      return saved('damaged.json', copy);
    };
    for (const list of ['captures', 'programs', 'leaks', 'verdicts']) {
      for (const wrong of [null, 7, [], {}]) {
        const path = damaged((copy) => copy[list]?.splice(0, 1, wrong));
        await expect(compared(path, good), `${list} ${JSON.stringify(wrong)}`).rejects.toThrow(NothingToCompare);
      }
    }
    for (const part of ['timelines', 'mappings', 'vmas', 'summaries']) {
      const path = damaged(({ programs = [] }) => Object.assign(programs[0] as object, { [part]: [null] }));
      await expect(compared(path, good), part).rejects.toThrow(NothingToCompare);
    }
    const huge = damaged(({ verdicts = [] }) => Object.assign(verdicts[0] as object, { ratePerHour: 1e300 }));
    await expect(compared(huge, good)).rejects.toThrow(NothingToCompare);
  });
});
