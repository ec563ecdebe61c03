import type { HeapProfileReport, LeakReport } from '../../model/analysis.js';
import { HEAP_TOOL_NAMES, type HeapSite, heldBy } from '../../model/heap-profile.js';
import { callersOf, LEAK_TOOL_NAMES, type LossKind, type StackFrame } from '../../model/leaks.js';
import type { Bytes } from '../../model/units.js';
import { bytes, count, text } from '../cells.js';
import type { ChartSite } from '../charts/call-tree.js';
import type { KeyItem } from '../charts/colour-key.js';
import type { Block, Cell } from '../document.js';
import { placeText, symbolText } from '../outputs/format-cell.js';
import type { ProgramSection } from '../section.js';

const ROWS = { report: 16, ticket: 8 } as const;
const PROFILES = { report: 2, ticket: 1 } as const;

/** One stack has nothing to be compared with: it is printed with its loss record. */
const LEAST_STACKS = 2;

/** Less than this share of all bytes could not be seen beside what is still reachable. */
const LEAST_LOST_SHARE = 0.1;

/** Which calls allocated what was lost, or what the heap held, drawn from `main` down. */
export const allocationSites: ProgramSection = {
  id: 'allocation-sites',
  title: 'Allocation sites',
  build({ leaks, report: { heapProfiles = [] } }, place) {
    const lost = lossBlocks(leaks, ROWS[place]);
    // A ticket has room for one drawing: of what was lost, where a tool tells that.
    if (place === 'ticket' && lost.length > 0) return lost;
    return [
      ...lost,
      ...heapProfiles.slice(0, PROFILES[place]).flatMap((profile) => profileBlocks(profile, ROWS[place])),
    ];
  },
};

const KINDS: readonly (KeyItem & { readonly kind: LossKind; readonly said: string })[] = [
  { kind: 'definite', said: 'lost', look: 'ic-definite', words: 'definite' },
  { kind: 'indirect', said: 'lost', look: 'ic-indirect', words: 'indirect' },
  { kind: 'possible', said: 'possibly lost', look: 'ic-possible', words: 'possible' },
  { kind: 'reachable', said: 'still reachable', look: 'ic-reachable', words: 'still reachable' },
];

function lossBlocks(leaks: readonly LeakReport[], rows: number): Block[] {
  const told = ofOneTool(leaks);
  const lost = told.filter(({ kind }) => kind !== 'reachable');
  const isHidden = lost.length > 0 && sumOf(lost) < LEAST_LOST_SHARE * sumOf(told);
  const drawn = isHidden ? lost : told;
  const [first] = drawn;
  const sites = drawn.map((leak) => siteOf(leak.frames, lookOf(leak.kind), leak.bytes));
  const stacks = stacksOf(sites);
  if (!first || stacks < LEAST_STACKS) return [];
  const parts: Cell[] = [
    text(`${LEAK_TOOL_NAMES[first.tool]} found `),
    bytes(sumOf(drawn)),
    text(` ${kindWords(drawn)}, from `),
    count(stacks, ['call stack', 'call stacks']),
    text('.'),
  ];
  if (isHidden) {
    parts.push(text(' Left out here is what is still reachable: '), bytes(sumOf(told) - sumOf(lost)), text('.'));
  }
  return [
    { type: 'prose', parts },
    {
      type: 'chart',
      chart: { kind: 'icicle', sites, rows, key: KINDS },
      caption:
        'Each box is a call, and below it stand the calls that it made, as wide as what was allocated there and lost. ' +
        'The table of loss records says the same.',
    },
  ];
}

/** `lost, possibly lost or still reachable`, as far as there are such. */
function kindWords(leaks: readonly LeakReport[]): string {
  const words = KINDS.filter(({ kind }) => leaks.some((leak) => leak.kind === kind)).map(({ said }) => said);
  const [last = '', ...others] = [...new Set(words)].reverse();
  return others.length === 0 ? last : `${others.reverse().join(', ')} or ${last}`;
}

function lookOf(kind: LossKind): string {
  return KINDS.find((one) => one.kind === kind)?.look ?? '';
}

/** Two tools found the same bytes: those of the one that found more. */
function ofOneTool(leaks: readonly LeakReport[]): readonly LeakReport[] {
  const [memcheck, lsan] = (['memcheck', 'lsan'] as const).map((tool) => leaks.filter((leak) => leak.tool === tool));
  if (!memcheck || !lsan) return leaks;
  return sumOf(lsan) > sumOf(memcheck) ? lsan : memcheck;
}

function sumOf(leaks: readonly LeakReport[]): Bytes {
  return leaks.reduce((sum, leak) => sum + leak.bytes, 0);
}

const HELD: KeyItem = { look: 'ic-held', words: 'in use' };

function profileBlocks({ tool, pid, sites, omittedSites }: HeapProfileReport, rows: number): Block[] {
  const isAtPeak = sites.some(({ atPeak }) => atPeak !== undefined);
  const amountOf = (site: HeapSite): Bytes => (isAtPeak ? (site.atPeak ?? 0) : heldBy(site));
  const drawn = sites.filter((site) => amountOf(site) > 0);
  const drawnSites = drawn.map((site) => siteOf(site.frames, HELD.look, amountOf(site)));
  const stacks = stacksOf(drawnSites);
  if (stacks < LEAST_STACKS) return [];
  const parts: Cell[] = [
    text(`${HEAP_TOOL_NAMES[tool]}${pid === undefined ? '' : `, pid ${pid}`}: `),
    bytes(drawn.reduce((sum, site) => sum + amountOf(site), 0)),
    text(isAtPeak ? ' in use when the heap was largest, from ' : ' in use, from '),
    count(stacks, ['call stack', 'call stacks']),
  ];
  if (omittedSites > 0) parts.push(text('; '), count(omittedSites), text(' that hold less are left out'));
  return [
    { type: 'prose', parts: [...parts, text('.')] },
    {
      type: 'chart',
      chart: { kind: 'icicle', sites: drawnSites, rows, key: [HELD] },
      caption:
        'Each box is a call, and below it stand the calls that it made, as wide as what was allocated there and in use, ' +
        'needed or not. The heap by call site says the same as a table.',
    },
  ];
}

/** Of all kinds, by the names of their functions. */
function stacksOf(sites: readonly ChartSite[]): number {
  return new Set(sites.map(({ path }) => JSON.stringify(path))).size;
}

function siteOf(frames: readonly StackFrame[], look: string, amount: Bytes): ChartSite {
  const callers = callersOf(frames);
  const [inner] = callers;
  const place = inner?.line === undefined ? '' : placeText(inner);
  const path = callers.map((frame) => symbolText(frame)).reverse();
  return { path, look, bytes: amount, ...(place !== '' && { place }) };
}
