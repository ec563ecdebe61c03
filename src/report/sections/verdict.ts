import { siteOf } from '../../model/leaks.js';
import type { Evidence } from '../../model/verdict.js';
import { code, count, growth, rate, strong, text, time } from '../cells.js';
import type { Block, Cell } from '../document.js';
import { lossSite, mainLeak, type ProgramView, periodOf } from '../program-view.js';
import type { ProgramSection } from '../section.js';

/** The verdict on a program, its numbers, and the reasons for and against it. */
export const verdict: ProgramSection = {
  id: 'verdict',
  title: 'Verdict',
  build(view) {
    const { verdict: word } = view;
    const blocks: Block[] = [
      { type: 'banner', label: word.label, parts: headline(view) },
      { type: 'facts', facts: factsOf(view) },
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

/** The verdict in one sentence: how fast, where, and what allocates it. */
function headline(view: ProgramView): Cell[] {
  const { verdict: word } = view;
  const site = lossSite(view);
  const at: Cell[] = site ? [text(', lost at '), { type: 'frame', frame: site }] : [];
  const grows = word.ratePerHour ?? word.ratePerSample ?? 0;
  if (word.label === 'clean') return [text('No growth that stays.')];
  if (word.label === 'inconclusive') {
    return [text('Could not tell whether it leaks'), text(word.missing[0] ? `: ${word.missing[0].reason}.` : '.')];
  }
  if (grows > 0) {
    const where: Cell[] = word.where === undefined ? [] : [text(' in '), code(word.where)];
    const speed: Cell =
      word.ratePerHour !== undefined
        ? { type: 'rate', value: grows, per: 'hour', unsigned: true }
        : { type: 'rate', value: grows, per: 'sample', unsigned: true };
    return [text('Grows by '), speed, ...where, ...at, text('.')];
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

function factsOf(view: ProgramView): { label: string; cells: Cell[] }[] {
  const { verdict: word, timeline, report } = view;
  const facts: { label: string; cells: Cell[] }[] = [];
  if (word.growth !== undefined) facts.push({ label: 'Growth', cells: [growth(word.growth)] });
  if (word.ratePerHour !== undefined || word.ratePerSample !== undefined) {
    facts.push({ label: 'Rate', cells: [rate(word)] });
  }
  if (word.rateInterval) {
    const [low, high] = word.rateInterval;
    const cells = [rate({ ratePerHour: low }), text(' to '), rate({ ratePerHour: high })];
    facts.push({ label: 'Rate, interval', cells });
  }
  if (word.pValue !== undefined) facts.push({ label: 'p-value', cells: [{ type: 'probability', value: word.pValue }] });
  if (word.where !== undefined) facts.push({ label: 'Mapping', cells: [code(word.where)] });
  for (const { fingerprint, share } of word.explainedBy.slice(0, 3)) {
    const leak = view.leaks.find((one) => one.fingerprint === fingerprint);
    const site = leak ? siteOf(leak.frames) : undefined;
    const by: Cell = site ? { type: 'frame', frame: site } : code(fingerprint);
    facts.push({ label: 'Explained by', cells: [by, text(', '), { type: 'share', value: share }] });
  }
  const period = periodOf(timeline);
  if (period && period.from === period.to) facts.push({ label: 'Sampled', cells: [time(period.from)] });
  else if (period) {
    const cells = [time(period.from), text(' to '), time(period.to), text(' ('), lasting(period), text(')')];
    facts.push({ label: 'Sampled', cells });
  }
  if (timeline) facts.push({ label: 'Samples', cells: samplesOf(view) });
  if (report.timelines.length > 1) {
    const cells: Cell[] = [count(report.timelines.length)];
    if (word.pid !== undefined) cells.push(text(', the verdict is of '), strong(`pid ${word.pid}`));
    facts.push({ label: 'Timelines', cells });
  } else if (timeline?.pid !== undefined) facts.push({ label: 'Pid', cells: [code(String(timeline.pid))] });
  return facts;
}

function lasting(period: { from: number; to: number }): Cell {
  return { type: 'duration', value: period.to - period.from };
}

function samplesOf(view: ProgramView): Cell[] {
  return [count(view.report.timelines.reduce((sum, timeline) => sum + timeline.samples.length, 0))];
}
