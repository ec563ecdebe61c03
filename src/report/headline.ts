import { FURTHEST_FORECAST } from '../model/duration-text.js';
import { SHAPE_WORDS } from '../model/growth-shape.js';
import { clausesOf, lackOf } from '../model/statement.js';
import { HOUR } from '../model/units.js';
import { bytes, code, count, strong, text, time } from './cells.js';
import type { Cell } from './document.js';
import { lossSite, mainLeak, type ProgramView } from './program-view.js';

/** The verdict in one sentence: how fast, how, where, and what allocates it; in a second one, how long that can go on. */
export function headline(view: ProgramView): Cell[] {
  const { verdict: word } = view;
  if (word.label === 'clean') {
    const shape = word.shape && SHAPE_WORDS[word.shape];
    return [text(shape ? `No growth that stays: memory ${shape.sentence}.` : withoutShape(view))];
  }
  if (word.label === 'inconclusive') return lackParts(view);
  const site = lossSite(view);
  const at: Cell[] = site ? [...lostAt(view), { type: 'frame', frame: site }] : [];
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

/** Where nothing is known of memory over time, what else speaks against a leak. */
function withoutShape({ verdict: { objections } }: ProgramView): string {
  const [objection] = objections;
  const [statement] = objection ? clausesOf(objection.statement) : [];
  return statement === undefined ? 'No growth that stays.' : `${statement}.`;
}

/** How much of the growth is lost there, where that is known and not all of it. */
function lostAt(view: ProgramView): Cell[] {
  const share = view.verdict.explainedBy.find(({ fingerprint }) => fingerprint === mainLeak(view)?.fingerprint)?.share;
  if (share === undefined || share > NEARLY_ALL) return [text(', lost at ')];
  return [text(', '), { type: 'share', value: share }, text(' of it lost at ')];
}

const NEARLY_ALL = 0.95;

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
