import { FURTHEST_FORECAST } from '../../model/duration-text.js';
import { SHAPE_WORDS } from '../../model/growth-shape.js';
import { siteOf } from '../../model/leaks.js';
import { lackOf } from '../../model/statement.js';
import { type Bytes, HOUR } from '../../model/units.js';
import type { Evidence } from '../../model/verdict.js';
import { bytes, code, count, growth, rate, strong, text, time } from '../cells.js';
import type { Block, Cell } from '../document.js';
import { growsOn, lossSite, mainLeak, type ProgramView, periodOf } from '../program-view.js';
import type { ProgramSection } from '../section.js';

/** The verdict on a program, its numbers, and the reasons for and against it. */
export const verdict: ProgramSection = {
  id: 'verdict',
  title: 'Verdict',
  build(view, _place, { memoryLimit }) {
    const { verdict: word } = view;
    const blocks: Block[] = [
      { type: 'banner', label: word.label, parts: headline(view) },
      { type: 'facts', facts: [...growthFacts(view, memoryLimit), ...samplingFacts(view)] },
    ];
    const add = (title: string, tone: 'for' | 'against' | 'defect', items: readonly Evidence[]): void => {
      if (items.length > 0) blocks.push({ type: 'evidence', title, tone, items });
    };
    add('Grounds', 'for', word.grounds);
    add('Objections', 'against', word.objections);
    add('Memory errors, which do not bear on the verdict', 'defect', word.defects);
    if (word.missing.length > 0) {
      const items = word.missing.map(({ rule, reason }) => ({ rule, statement: reason, origins: [] }));
      blocks.push({ type: 'evidence', title: 'What could not be judged', tone: 'missing', items });
    }
    return blocks;
  },
};

interface Fact {
  readonly label: string;
  readonly cells: readonly Cell[];
}

/** The verdict in one sentence: how fast, how, where, and what allocates it; in a second one, how long that can go on. */
function headline(view: ProgramView): Cell[] {
  const { verdict: word } = view;
  if (word.label === 'clean') {
    const shape = word.shape && SHAPE_WORDS[word.shape];
    return [text(shape ? `No growth that stays: memory ${shape.sentence}.` : 'No growth that stays.')];
  }
  if (word.label === 'inconclusive') return lackParts(view);
  const site = lossSite(view);
  const at: Cell[] = site ? [text(', lost at '), { type: 'frame', frame: site }] : [];
  if ((word.ratePerHour ?? word.ratePerSample ?? 0) > 0) {
    const where: Cell[] = word.where === undefined ? [] : [text(' in '), code(word.where)];
    return [text('Grows by '), speed(view), ...where, ...manner(view), ...at, text('.'), ...endParts(view)];
  }
  const leak = mainLeak(view);
  if (!leak) return [text(word.grounds[0]?.statement ?? '')];
  return [
    text('Loses '),
    count(leak.bytes, ['byte', 'bytes']),
    text(' in '),
    count(leak.blocks, ['block', 'blocks']),
    ...at,
    text('.'),
  ];
}

function speed({ verdict: { ratePerHour, ratePerSample = 0 } }: ProgramView): Cell {
  return ratePerHour === undefined
    ? { type: 'rate', value: ratePerSample, per: 'sample', unsigned: true }
    : { type: 'rate', value: ratePerHour, per: 'hour', unsigned: true };
}

function manner({ verdict: { shape, since } }: ProgramView): Cell[] {
  const words = shape && SHAPE_WORDS[shape].manner;
  const how: Cell[] = words === undefined || (shape === 'onset' && since !== undefined) ? [] : [text(`, ${words}`)];
  return since === undefined ? how : [...how, text(how.length > 0 ? ' since ' : ', since '), time(since)];
}

/** How long what is left lasts; nothing where that is not known, or too far off. */
function endParts({ verdict: { exhaustion, shape } }: ProgramView): Cell[] {
  if (!exhaustion || exhaustion.hours * HOUR > FURTHEST_FORECAST) return [];
  const { room, hours, ceiling } = exhaustion;
  const isLimit = ceiling === 'memory-limit';
  if (room === 0) return [text(isLimit ? ' The memory limit is reached.' : ' The device has nothing left.')];
  return [
    text(' At this rate the '),
    bytes(room),
    text(isLimit ? ' left below the memory limit last ' : ' left on the device last '),
    { type: 'duration', value: hours * HOUR },
    text(shape === 'accelerating' ? ', or less.' : '.'),
  ];
}

function lackParts({ verdict: word }: ProgramView): Cell[] {
  const lack = lackOf(word);
  if (!lack) return [text('Could not tell whether it leaks.')];
  const parts = [text(`Could not tell whether it leaks: ${lack.reason}.`)];
  if (lack.advice !== undefined) {
    parts.push(text(' '), strong(`${lack.advice.charAt(0).toUpperCase()}${lack.advice.slice(1)}.`));
  }
  return parts;
}

function growthFacts(view: ProgramView, memoryLimit: Bytes | undefined): Fact[] {
  const { verdict: word } = view;
  const facts: Fact[] = [];
  if (word.growth !== undefined) facts.push({ label: 'Growth', cells: [growth(word.growth)] });
  if (word.ratePerHour !== undefined || word.ratePerSample !== undefined) {
    facts.push({ label: 'Rate', cells: [rate(word), ...intervalParts(view)] });
  }
  if (word.shape !== undefined) facts.push({ label: 'Course', cells: [text(SHAPE_WORDS[word.shape].sentence)] });
  facts.push(...sinceFact(view), ...endFact(view, memoryLimit));
  if (word.pValue !== undefined) facts.push({ label: 'p-value', cells: [{ type: 'probability', value: word.pValue }] });
  if (word.where !== undefined) facts.push({ label: 'Mapping', cells: [code(word.where)] });
  for (const { fingerprint, share } of word.explainedBy.slice(0, 3)) {
    const leak = view.leaks.find((one) => one.fingerprint === fingerprint);
    const site = leak ? siteOf(leak.frames) : undefined;
    const by: Cell = site ? { type: 'frame', frame: site } : code(fingerprint);
    facts.push({ label: 'Explained by', cells: [by, text(', '), { type: 'share', value: share }] });
  }
  return facts;
}

function intervalParts({ verdict: { rateInterval } }: ProgramView): Cell[] {
  if (!rateInterval) return [];
  const [low, high] = rateInterval;
  return [text(' (95 %: '), rate({ ratePerHour: low }), text(' to '), rate({ ratePerHour: high }), text(')')];
}

function sinceFact(view: ProgramView): Fact[] {
  const { verdict: word, report } = view;
  if (!growsOn(word)) return [];
  if (word.since !== undefined) return [{ label: 'Since', cells: [time(word.since)] }];
  // Of several lives, each has a first sample of its own.
  return report.timelines.length === 1 ? [{ label: 'Since', cells: [text('the first sample, or before')] }] : [];
}

function endFact({ verdict: { exhaustion } }: ProgramView, memoryLimit: Bytes | undefined): Fact[] {
  if (!exhaustion) return [];
  const { room, hours, ceiling } = exhaustion;
  const limit: Cell[] = memoryLimit === undefined ? [] : [text(' of '), bytes(memoryLimit)];
  const left: Cell[] =
    ceiling === 'memory-limit' ? [text(' left below the limit'), ...limit] : [text(' left on the device')];
  const lasting: Cell = { type: 'duration', value: hours * HOUR };
  return [{ label: 'Runs out', cells: [lasting, text(' after the last sample ('), bytes(room), ...left, text(')')] }];
}

function samplingFacts({ verdict: word, timeline, report }: ProgramView): Fact[] {
  const facts: Fact[] = [];
  const period = periodOf(timeline);
  if (period && period.from === period.to) facts.push({ label: 'Sampled', cells: [time(period.from)] });
  else if (period) {
    const lasting: Cell = { type: 'duration', value: period.to - period.from };
    const cells = [time(period.from), text(' to '), time(period.to), text(' ('), lasting, text(')')];
    facts.push({ label: 'Sampled', cells });
  }
  const samples = report.timelines.reduce((sum, one) => sum + one.samples.length, 0);
  if (timeline) facts.push({ label: 'Samples', cells: [count(samples)] });
  if (report.timelines.length > 1) {
    const cells: Cell[] = [count(report.timelines.length)];
    if (word.pid !== undefined) cells.push(text(', the verdict is of '), strong(`pid ${word.pid}`));
    facts.push({ label: 'Timelines', cells });
  } else if (timeline?.pid !== undefined) facts.push({ label: 'Pid', cells: [code(String(timeline.pid))] });
  return facts;
}
