import { growsOn, SHAPE_WORDS } from '../model/growth-shape.js';
import { siteOf } from '../model/leaks.js';
import { sampleCountOf } from '../model/sample-count.js';
import { type Bytes, HOUR } from '../model/units.js';
import type { Evidence, Verdict } from '../model/verdict.js';
import { bytes, code, count, growth, periodCells, rate, strong, text, time } from './cells.js';
import type { Block, Cell, Fact } from './document.js';
import { type ProgramView, periodOf } from './program-view.js';

/** The numbers of a verdict. */
export function growthFacts(view: ProgramView, memoryLimit: Bytes | undefined): Fact[] {
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

/** What the verdict rests on: when, and how often. */
export function samplingFacts({ verdict: word, timeline, report }: ProgramView): Fact[] {
  const facts: Fact[] = [];
  const period = periodOf(timeline);
  if (period && period.from === period.to) facts.push({ label: 'Sampled', cells: [time(period.from)] });
  else if (period) {
    const lasting: Cell = { type: 'duration', value: period.to - period.from };
    const cells = [...periodCells(period), text(' ('), lasting, text(')')];
    facts.push({ label: 'Sampled', cells });
  }
  const samples = report.timelines.reduce((sum, one) => sum + sampleCountOf(one), 0);
  if (timeline) facts.push({ label: 'Samples', cells: [count(samples)] });
  if (report.timelines.length > 1) {
    const cells: Cell[] = [count(report.timelines.length)];
    if (word.pid !== undefined) cells.push(text(', the verdict is of '), strong(`pid ${word.pid}`));
    facts.push({ label: 'Timelines', cells });
  } else if (timeline?.pid !== undefined) facts.push({ label: 'Pid', cells: [code(String(timeline.pid))] });
  return facts;
}

/** The reasons for and against, the memory errors, and what could not be judged. */
export function reasonBlocks({ verdict: word }: ProgramView): Block[] {
  return [
    ...evidence('Grounds', 'for', word.grounds),
    ...evidence('Objections', 'against', word.objections),
    ...furtherBlocks(word),
  ];
}

/** The first of them, for a page that has room for no more. */
export function leadingReasons({ verdict: word }: ProgramView): Block[] {
  return [
    ...evidence('Grounds', 'for', word.grounds.slice(0, LEADING_GROUNDS)),
    ...evidence('Objections', 'against', word.objections.slice(0, LEADING_OBJECTIONS)),
  ];
}

/** The others. */
export function furtherReasons({ verdict: word }: ProgramView): Block[] {
  return [
    ...evidence('More grounds', 'for', word.grounds.slice(LEADING_GROUNDS)),
    ...evidence('More objections', 'against', word.objections.slice(LEADING_OBJECTIONS)),
    ...furtherBlocks(word),
  ];
}

const LEADING_GROUNDS = 3;
const LEADING_OBJECTIONS = 1;

function furtherBlocks({ defects, missing }: Verdict): Block[] {
  const lacks = missing.map(({ rule, reason }) => ({ rule, statement: reason, origins: [] }));
  return [
    ...evidence('Memory errors, which do not bear on the verdict', 'defect', defects),
    ...evidence('What could not be judged', 'missing', lacks),
  ];
}

function evidence(title: string, tone: 'for' | 'against' | 'defect' | 'missing', items: readonly Evidence[]): Block[] {
  return items.length === 0 ? [] : [{ type: 'evidence', title, tone, items }];
}
