import { GLOSSARY } from '../../model/glossary.js';
import { categoryWithId } from '../../model/mapping-category.js';
import type { Sample } from '../../model/memory.js';
import { bytes, code, text, time } from '../cells.js';
import type { Block, Cell, Fact } from '../document.js';
import type { ProgramView } from '../program-view.js';
import type { RunSection } from '../section.js';

/** The words of the report, for those who read one for the first time, with numbers of the program that is worst. */
export const glossary: RunSection = {
  id: 'glossary',
  title: 'Words',
  build({ views, detailed }) {
    const terms = GLOSSARY.filter(({ inReport }) => inReport).map(({ word, text: meaning }) => ({
      term: word,
      text: meaning,
    }));
    return [...exampleBlocks(views), { type: 'definitions', terms: [...terms, ...kindsOf(detailed)] }];
  },
};

/** The kinds of mappings that hold the most of any program. */
function kindsOf(views: readonly ProgramView[]): { term: string; text: string }[] {
  const most = views.flatMap(({ report: { categories = [] } }) => categories.slice(0, KINDS_OF_PROGRAM));
  return [...new Set(most.map(({ category }) => categoryWithId(category)))].map(({ title, meaning }) => ({
    term: title,
    text: meaning,
  }));
}

const KINDS_OF_PROGRAM = 4;

/** The measures, told with the last sample that has them. */
function exampleBlocks(views: readonly ProgramView[]): Block[] {
  for (const { command, timeline } of views) {
    const sample = timeline?.samples.findLast(isWhole);
    if (!timeline || !sample) continue;
    const whose: Cell[] = timeline.pid === undefined ? [] : [text(`, pid ${timeline.pid}`)];
    const when: Cell[] = sample.takenAt === undefined ? [] : [text(', at '), time(sample.takenAt)];
    return [
      { type: 'heading', parts: [text('The measures in this capture: '), code(command), ...whose, ...when] },
      { type: 'facts', facts: factsOf(sample) },
    ];
  }
  return [];
}

type WholeSample = Sample & Required<Pick<Sample, 'rss' | 'pss' | 'uss'>>;

/** Where tools agree, each measure is a part of the one before; VSS is not told by all. */
function isWhole(sample: Sample): sample is WholeSample {
  const { vss, rss, pss, uss } = sample;
  if (rss === undefined || pss === undefined || uss === undefined) return false;
  return (vss ?? rss) >= rss && rss >= pss && pss >= uss && rss > 0;
}

function factsOf({ vss, rss, pss, uss, swap }: WholeSample): Fact[] {
  const facts: Fact[] = [];
  if (vss !== undefined) {
    facts.push({ label: 'VSS', cells: [bytes(vss), text(' of address space is mapped, used or not')] });
    facts.push({ label: 'RSS', cells: [bytes(rss), text(' of that is in RAM'), ...shareParts(rss / vss)] });
  } else facts.push({ label: 'RSS', cells: [bytes(rss), text(' is in RAM')] });
  facts.push(
    { label: 'PSS', cells: [bytes(pss), text(' when each shared page is divided by the processes that share it')] },
    {
      label: 'USS',
      cells: [
        bytes(uss),
        text(' is shared with nobody and would come free if it ended; '),
        bytes(rss - uss),
        text(' of its RSS is shared'),
      ],
    },
  );
  if (swap) {
    const cells = [bytes(swap), text(' more was moved out of RAM: RSS, PSS and USS leave it out')];
    facts.push({ label: 'Swap', cells });
  }
  return facts;
}

function shareParts(share: number): Cell[] {
  return [text(' ('), { type: 'share', value: share }, text(')')];
}
