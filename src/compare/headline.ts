import type {
  ComparisonCounts,
  HeadlinePart,
  LeakComparison,
  ProgramComparison,
  ProgramState,
} from '../model/comparison.js';
import { siteOf } from '../model/leaks.js';
import { isLoss } from './leaks.js';

/** Distinct findings and changes of verdict over all programs. */
export function countsOf(programs: readonly ProgramComparison[]): ComparisonCounts {
  const leaks = programs.flatMap((program) => program.leaks.map((leak) => ({ program, leak })));
  const errors = programs.flatMap((program) => program.errors.map((error) => ({ program, error })));
  const distinctLeaks = (change: LeakComparison['change']): number =>
    new Set(
      leaks
        .filter(({ leak }) => leak.change === change && isLoss(leak))
        .map(({ program, leak }) => `${leak.fingerprint} ${program.command}`),
    ).size;
  const distinctErrors = (change: LeakComparison['change']): number =>
    new Set(
      errors
        .filter(({ error }) => error.change === change)
        .map(({ program, error }) => `${error.tool} ${error.kind} ${error.fingerprint} ${program.command}`),
    ).size;
  return {
    newLeaks: distinctLeaks('new'),
    goneLeaks: distinctLeaks('gone'),
    stillLeaks: distinctLeaks('still'),
    newErrors: distinctErrors('new'),
    goneErrors: distinctErrors('gone'),
    startedToLeak: programs.filter(hasStarted).length,
    stoppedLeaking: programs.filter(hasStopped).length,
    newPrograms: programs.filter(({ change }) => change === 'new').length,
    gonePrograms: programs.filter(({ change }) => change === 'gone').length,
  };
}

export function hasStarted({ before, after }: ProgramComparison): boolean {
  return after?.label === 'leak' && before !== undefined && before.label !== 'leak';
}

export function hasStopped({ before, after }: ProgramComparison): boolean {
  return before?.label === 'leak' && after?.label === 'clean';
}

/** One sentence: what got worse or better, what matters most first. */
export function headlineOf(
  programs: readonly ProgramComparison[],
  counts: ComparisonCounts,
  unpairedDevices: number,
): HeadlinePart[] {
  const clauses = [
    ...verdictClauses(programs),
    ...findingClauses(programs, counts),
    ...rateClauses(programs),
    ...levelClauses(programs),
    ...programClauses(counts),
    ...(unpairedDevices > 0
      ? [[{ text: `${counted(unpairedDevices, 'device is', 'devices are')} on one side only` }]]
      : []),
  ];
  if (clauses.length === 0) {
    const isOther = programs.some(({ change }) => change === 'changed');
    return [{ text: isOther ? 'No program got worse or better; some of their mappings differ.' : nothing(programs) }];
  }
  const [first = [], ...rest] = clauses;
  return [...first, ...rest.flatMap((clause): HeadlinePart[] => [{ text: '; ' }, ...clause]), { text: '.' }];
}

function nothing(programs: readonly ProgramComparison[]): string {
  const untold = programs.filter(({ change }) => change === 'not-told').length;
  if (untold === 0) return 'No difference.';
  if (untold === programs.length) return 'Nothing could be compared.';
  return `No difference; ${counted(untold, 'program', 'programs')} could not be compared.`;
}

type Clause = HeadlinePart[];

function verdictClauses(programs: readonly ProgramComparison[]): Clause[] {
  return [
    ...flips(programs.filter(hasStarted), ['leaks now, growing by ', 'leaks now', 'leak now'], ({ after }) => after),
    ...flips(
      programs.filter(hasStopped),
      ['leaks no more; it grew by ', 'leaks no more', 'leak no more'],
      ({ before }) => before,
    ),
  ];
}

function findingClauses(programs: readonly ProgramComparison[], counts: ComparisonCounts): Clause[] {
  const leaks = programs.flatMap((program) => program.leaks).filter(isLoss);
  const clauses: Clause[] = [];
  if (counts.newLeaks > 0)
    clauses.push([{ text: counted(counts.newLeaks, 'new leak', 'new leaks') }, ...siteOfFirst(leaks, 'new')]);
  if (counts.goneLeaks > 0)
    clauses.push([{ text: counted(counts.goneLeaks, 'leak gone', 'leaks gone') }, ...siteOfFirst(leaks, 'gone')]);
  if (clauses.length > 0 && counts.stillLeaks > 0)
    clauses.push([{ text: `${counted(counts.stillLeaks, 'leak', 'leaks')} still there` }]);
  if (counts.newErrors > 0)
    clauses.push([{ text: counted(counts.newErrors, 'new memory error', 'new memory errors') }]);
  if (counts.goneErrors > 0)
    clauses.push([{ text: counted(counts.goneErrors, 'memory error gone', 'memory errors gone') }]);
  return clauses;
}

function siteOfFirst(leaks: readonly LeakComparison[], change: LeakComparison['change']): HeadlinePart[] {
  const found = leaks.find((leak) => leak.change === change);
  const site = found && siteOf(found.frames);
  return site ? [{ text: ': ' }, { frame: site }] : [];
}

function rateClauses(programs: readonly ProgramComparison[]): Clause[] {
  return (['faster', 'slower'] as const).flatMap((change): Clause[] => {
    const moved = programs
      .filter((program) => program.rate?.change === change && !hasStarted(program) && !hasStopped(program))
      .sort((a, b) => Math.abs(b.rate?.difference ?? 0) - Math.abs(a.rate?.difference ?? 0));
    const [first] = moved;
    if (!first) return [];
    return [[...rateClause(first, change), ...others(moved.length - 1)]];
  });
}

function rateClause({ command, before, after, rate }: ProgramComparison, change: 'faster' | 'slower'): Clause {
  const difference = { rate: Math.abs(rate?.difference ?? 0) };
  if (before?.rate?.perHour === 0) return [{ name: command }, { text: ' began to grow by ' }, difference];
  if (after?.rate?.perHour === 0) return [{ name: command }, { text: ' grows no more; it grew by ' }, difference];
  return [{ name: command }, { text: ' grows ' }, difference, { text: ` ${change}` }];
}

function levelClauses(programs: readonly ProgramComparison[]): Clause[] {
  return (['grew', 'shrank'] as const).flatMap((change): Clause[] => {
    const moved = programs
      .filter(({ levels: [level] }) => level?.change === change)
      .sort((a, b) => Math.abs(b.levels[0]?.difference ?? 0) - Math.abs(a.levels[0]?.difference ?? 0));
    const [first] = moved;
    if (!first) return [];
    const parts: HeadlinePart[] = [
      { name: first.command },
      { text: ' holds ' },
      { bytes: Math.abs(first.levels[0]?.difference ?? 0) },
      { text: change === 'grew' ? ' more' : ' less' },
    ];
    return [[...parts, ...others(moved.length - 1)]];
  });
}

function programClauses({ newPrograms, gonePrograms }: ComparisonCounts): Clause[] {
  const clauses: Clause[] = [];
  if (newPrograms > 0) clauses.push([{ text: counted(newPrograms, 'new program', 'new programs') }]);
  if (gonePrograms > 0) clauses.push([{ text: counted(gonePrograms, 'program gone', 'programs gone') }]);
  return clauses;
}

/** Programs whose verdict turned; of a single one the rate too, where the side that leaks has one. */
function flips(
  programs: readonly ProgramComparison[],
  [withRate, one, many]: readonly [withRate: string, one: string, many: string],
  leaking: (program: ProgramComparison) => ProgramState | undefined,
): Clause[] {
  const names = [...new Set(programs.map(({ command }) => command))];
  const [program] = programs;
  if (!program) return [];
  const rate = leaking(program)?.rate?.perHour ?? 0;
  const name = { name: program.command };
  if (names.length === 1 && programs.length === 1 && rate > 0) return [[name, { text: ` ${withRate}` }, { rate }]];
  return [[name, ...others(names.length - 1), { text: ` ${names.length === 1 ? one : many}` }]];
}

function others(count: number): HeadlinePart[] {
  return count > 0 ? [{ text: ` (and ${counted(count, 'other', 'others')})` }] : [];
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
