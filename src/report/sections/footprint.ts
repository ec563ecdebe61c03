import type { DeviceReport } from '../../model/analysis.js';
import type { Footprint } from '../../model/footprint.js';
import { growsOn } from '../../model/growth-shape.js';
import { bytes, text, time } from '../cells.js';
import type { Block, Cell } from '../document.js';
import { agreementParts } from '../memory-loss.js';
import { type ProgramView, periodOf } from '../program-view.js';
import type { ProgramSection } from '../section.js';

/** Below this share of its RSS, what a process shares with forks is not worth a sentence. */
const LEAST_SHARED = 0.02;

/** What a program is charged, what its end would give back, and what it shares with its forks. */
export const footprint: ProgramSection = {
  id: 'footprint',
  title: 'What its end would free',
  build(view, _place, { devices }) {
    const { footprint: told } = view.report;
    const loss = lossOf(
      view,
      devices.find(({ device }) => device === view.device),
    );
    const blocks: Block[] = [];
    if (told) blocks.push({ type: 'prose', parts: costParts(told, view) }, ...forkBlocks(told));
    if (loss.length > 0) blocks.push({ type: 'prose', parts: loss });
    return blocks;
  },
};

function costParts({ pid, takenAt, rss, freed, charged, swap }: Footprint, { report }: ProgramView): Cell[] {
  const isOneOfMany = report.timelines.length > 1 && pid !== undefined;
  const parts = [text(isOneOfMany ? `Had pid ${pid} ended` : 'Had it ended')];
  parts.push(...(takenAt === undefined ? [text(' then')] : [text(' at '), time(takenAt)]));
  parts.push(
    text(', '),
    bytes(freed),
    text(` would have come free (USS${swap ? ' and its swap' : ''}); it was charged `),
    bytes(charged),
    text(` (PSS${swap ? ' and its part of the swap' : ''})`),
  );
  if (rss !== undefined) parts.push(text(' and had '), bytes(rss), text(' of RAM mapped (RSS)'));
  return [...parts, text('.')];
}

/** Why PSS and USS of a process with forks move without new memory. */
function forkBlocks({ rss, sharedWithForks = 0, sharedWithForksAtFirst }: Footprint): Block[] {
  const before = sharedWithForksAtFirst ?? sharedWithForks;
  if (Math.max(sharedWithForks, before) <= LEAST_SHARED * (rss ?? Number.POSITIVE_INFINITY)) return [];
  const parts: Cell[] = [
    bytes(sharedWithForks),
    text(' of its anonymous memory is shared with its parent or its forks (copy-on-write)'),
  ];
  if (before !== sharedWithForks) parts.push(text(', '), bytes(before), text(' in the first snapshot'));
  parts.push(text('. Where one of them writes or ends, PSS and USS of the others rise: that is not growth.'));
  return [{ type: 'note', tone: 'info', parts }];
}

/** Whether the device lost what a leaking program gained. */
function lossOf(view: ProgramView, device: DeviceReport | undefined): Cell[] {
  const period = periodOf(view.timeline);
  if (!growsOn(view.verdict) || view.verdict.growth === undefined || period === undefined) return [];
  return agreementParts(device, view.verdict.growth, period.from, period.to);
}
