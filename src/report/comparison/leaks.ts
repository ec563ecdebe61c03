import type { LeakComparison, LossState, ProgramComparison } from '../../model/comparison.js';
import { siteOf } from '../../model/leaks.js';
import { code, count, origins, strong, text, UNKNOWN } from '../cells.js';
import type { Block, Cell, Row } from '../document.js';
import type { ComparisonSection } from './section.js';
import { findingChange } from './words.js';

const STACKS = 20;

/** A leak with all programs that show it in the same way. */
interface Shown {
  readonly leak: LeakComparison;
  readonly programs: readonly ProgramComparison[];
}

/** The loss records that are new, gone and still there. */
export const leaks: ComparisonSection = {
  id: 'leaks',
  title: 'Leaks',
  build({ programs }) {
    const shown = shownOf(programs.filter(({ change }) => change !== 'gone'));
    if (shown.length === 0) return [];
    const many = new Set(shown.flatMap((one) => one.programs.map(({ command }) => command))).size > 1;
    const blocks: Block[] = [
      {
        type: 'table',
        caption: 'Loss records by call path, whatever the line numbers; amounts are those of one run',
        columns: [
          { label: 'Change', shape: 'plain' },
          ...(many ? [{ label: 'Program', shape: 'name' } as const] : []),
          { label: 'Kind', shape: 'plain' },
          { label: 'Lost at', shape: 'name' },
          { label: 'Bytes before', align: 'right', shape: 'plain' },
          { label: 'Bytes after', align: 'right', shape: 'plain' },
          { label: 'Blocks before', align: 'right', shape: 'plain' },
          { label: 'Blocks after', align: 'right', shape: 'plain' },
          { label: 'Told by', shape: 'plain' },
        ],
        rows: shown.map((one) => rowOf(one, many)),
        empty: '',
        printRows: 100,
      },
    ];
    const added = shown.filter(({ leak }) => leak.change === 'new' || leak.change === 'only-after');
    for (const one of added.slice(0, STACKS)) blocks.push(...stackBlocks(one, shown));
    for (const one of shown
      .filter(({ leak }) => leak.change === 'gone' && leak.similarTo !== undefined)
      .slice(0, STACKS))
      blocks.push(...stackBlocks(one, shown));
    return blocks;
  },
};

/** What several devices show in the same way is one row. */
function shownOf(programs: readonly ProgramComparison[]): Shown[] {
  const shown = new Map<string, { leak: LeakComparison; programs: ProgramComparison[] }>();
  for (const program of programs) {
    for (const leak of program.leaks) {
      const { fingerprint, change, before, after } = leak;
      const amounts = [before, after].map((state) => [state?.kind, state?.bytes, state?.blocks, state?.tool]);
      const key = JSON.stringify([program.command, fingerprint, change, amounts]);
      const known = shown.get(key);
      if (known) known.programs.push(program);
      else shown.set(key, { leak, programs: [program] });
    }
  }
  return [...shown.values()];
}

function rowOf({ leak, programs }: Shown, many: boolean): Row {
  const { before, after, change } = leak;
  const site = siteOf(leak.frames);
  const [program] = programs;
  return {
    cells: [
      findingChange(change),
      ...(many ? [code(program?.command)] : []),
      strong(kindText(before, after)),
      site ? { type: 'frame', frame: site } : UNKNOWN,
      count(before?.bytes),
      count(after?.bytes),
      count(before?.blocks),
      count(after?.blocks),
      text([...new Set([before?.tool, after?.tool].filter((tool) => tool !== undefined))].join(', ')),
    ],
    weight: (after ?? before)?.bytes ?? 0,
  };
}

function kindText(before: LossState | undefined, after: LossState | undefined): string {
  if (before && after && before.kind !== after.kind) return `${before.kind} → ${after.kind}`;
  return (after ?? before)?.kind ?? '';
}

function stackBlocks({ leak }: Shown, shown: readonly Shown[]): Block[] {
  const site = siteOf(leak.frames);
  const facts: { label: string; cells: Cell[] }[] = [
    { label: 'Found in', cells: [origins([...(leak.before?.origins ?? []), ...(leak.after?.origins ?? [])])] },
    { label: 'Fingerprint', cells: [code(leak.fingerprint)] },
  ];
  const other = shown.find((one) => one.leak.fingerprint === leak.similarTo)?.leak;
  const otherSite = other && siteOf(other.frames);
  if (other && otherSite) {
    const place: Cell = { type: 'frame', frame: otherSite };
    const cells = [place, text(` (${other.change}): the same call path but for one function; perhaps renamed.`)];
    facts.push({ label: 'Resembles', cells });
  }
  return [
    {
      type: 'heading',
      parts: [findingChange(leak.change), text(' '), site ? { type: 'frame', frame: site } : text('Unknown site')],
    },
    { type: 'stack', title: 'Allocated at', frames: leak.frames },
    { type: 'facts', facts },
  ];
}
