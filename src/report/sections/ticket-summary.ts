import { LEAK_TOOL_NAMES, siteOf } from '../../model/leaks.js';
import { count, strong, text } from '../cells.js';
import type { Block, Cell, Fact } from '../document.js';
import { headline } from '../headline.js';
import { memoryChart } from '../memory-chart.js';
import { mainLeak, type ProgramView } from '../program-view.js';
import type { ProgramSection } from '../section.js';
import { growthFacts, leadingReasons, samplingFacts } from '../verdict-facts.js';

/** The first page of a ticket, which stands alone: verdict, numbers, chart, likeliest cause and best evidence. */
export const ticketSummary: ProgramSection = {
  id: 'verdict',
  title: 'Verdict',
  build(view, _place, { memoryLimit }) {
    const facts = growthFacts(view, memoryLimit);
    const figures = figuresOf(view, facts);
    const others = facts.filter((fact) => !figures.includes(fact) && fact.label !== EXPLAINED);
    const chart = memoryChart(view);
    return [
      { type: 'banner', label: view.verdict.label, parts: headline(view) },
      ...(figures.length > 0 ? [{ type: 'facts', look: 'figures', facts: figures } as const] : []),
      ...(chart ? [chart] : []),
      { type: 'facts', facts: [...others, ...samplingFacts(view)] },
      ...causeBlocks(view),
      ...leadingReasons(view),
    ];
  },
};

/** They have a part of their own. */
const EXPLAINED = 'Explained by';

const FIGURES: readonly string[] = ['Rate', 'Growth', 'Since', 'Runs out'];

/** How fast, how much, since when, how long it can go on; of what only a log tells, how much was lost. */
function figuresOf(view: ProgramView, facts: readonly Fact[]): Fact[] {
  const figures = FIGURES.flatMap((label) => facts.filter((fact) => fact.label === label));
  if (figures.length > 0) return figures;
  const leak = mainLeak(view);
  if (!leak) return [];
  return [
    { label: 'Lost', cells: [{ type: 'bytes', value: leak.bytes }] },
    { label: 'Blocks', cells: [count(leak.blocks)] },
    { label: 'Kind', cells: [strong(leak.kind)] },
    { label: 'Found by', cells: [strong(leak.tool)] },
  ];
}

const FRAMES = 4;

/** The code that allocates it, or what would tell. */
function causeBlocks(view: ProgramView): Block[] {
  const leak = mainLeak(view);
  const site = leak && siteOf(leak.frames);
  const named: Cell[] = site ? [text('Likeliest cause: '), { type: 'frame', frame: site }] : [text('Likeliest cause')];
  const heading: Block = { type: 'heading', parts: named };
  if (!leak) {
    const advice = view.verdict.cause?.advice;
    const words = advice === undefined ? NO_WITNESS : `${advice}.`;
    return [heading, { type: 'prose', parts: [text(words)] }];
  }
  const share = view.verdict.explainedBy.find(({ fingerprint }) => fingerprint === leak.fingerprint)?.share;
  const ofGrowth: Cell[] =
    share === undefined ? [] : [{ type: 'share', value: share }, text(' of the growth is allocated there. ')];
  const found: Cell[] = [
    text(`${LEAK_TOOL_NAMES[leak.tool]} found `),
    count(leak.bytes, ['byte', 'bytes']),
    text(' in '),
    count(leak.blocks, ['block', 'blocks']),
    text(' lost.'),
  ];
  const source = leak.source ?? view.leaks.find((one) => one.fingerprint === leak.fingerprint && one.source)?.source;
  return [
    heading,
    { type: 'prose', parts: [...ofGrowth, ...found] },
    source
      ? { type: 'source', excerpt: source }
      : { type: 'stack', title: 'Allocated at', frames: leak.frames.slice(0, FRAMES) },
  ];
}

const NO_WITNESS =
  'Nothing captured tells which code allocates it: a memcheck or LeakSanitizer log of the same program would.';
