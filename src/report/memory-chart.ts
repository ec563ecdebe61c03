import { growsOn } from '../model/growth-shape.js';
import type { GrowthShape } from '../model/verdict.js';
import type { ChartTimeline } from './charts/chart.js';
import { fittedOf } from './charts/fitted.js';
import { gapsOf } from './charts/gaps.js';
import { axisOf } from './charts/points.js';
import type { Block } from './document.js';
import { drawnSamples } from './drawn-samples.js';
import type { ProgramView } from './program-view.js';

/** VSS, RSS, PSS, USS and private memory over time, drawn; `undefined`: there are not two samples. */
export function memoryChart(view: ProgramView): Block | undefined {
  if (!view.timeline || !view.report.timelines.some((one) => one.samples.length > 1)) return undefined;
  const timelines = chartTimelines(view);
  return { type: 'chart', chart: { kind: 'memory-series', timelines }, caption: captionOf(view, timelines) };
}

const MEASURES = [
  ['vss', 'VSS'],
  ['rss', 'RSS'],
  ['pss', 'PSS'],
  ['uss', 'USS'],
] as const;

/** Of such a course, a straight line through the whole says nothing. */
const AT_REST: readonly GrowthShape[] = ['settled', 'one-time-step'];

/** The timelines with what is drawn on them: the interval on the line that it is of, no line where memory came to rest. */
function chartTimelines({
  report,
  verdict: { label, shape, ratePerHour, rateInterval },
}: ProgramView): ChartTimeline[] {
  const isAtRest = label === 'clean' && shape !== undefined && AT_REST.includes(shape);
  return report.timelines.map((timeline) => {
    const { trend, ...bare } = timeline;
    if (!trend || isAtRest) return bare;
    return rateInterval && trend.ratePerHour === ratePerHour ? { ...timeline, rateInterval } : timeline;
  });
}

/** Says what is drawn, and nothing that is not. */
function captionOf({ verdict }: ProgramView, timelines: readonly ChartTimeline[]): string {
  const samples = timelines.flatMap((timeline) => timeline.samples);
  const known = MEASURES.filter(([measure]) => samples.some((sample) => sample[measure] !== undefined));
  const drawn = known.map(([, label]) => label).join(', ');
  const fittedLine = timelines.map(fittedOf).find((fitted) => fitted !== undefined);
  const sentences: string[] = [];
  if (fittedLine?.measure === 'private') {
    sentences.push(`${drawn === '' ? '' : `${drawn} and `}${fittedLine.name} at each sample`);
    if (fittedLine.name !== fittedLine.words) sentences.push(`${fittedLine.name} is ${fittedLine.words}`);
  } else sentences.push(`${drawn} at each sample`);
  const fitted = timelines.filter(({ trend }) => trend);
  if (fitted.length > 0 && fittedLine) {
    const band = fitted.some(({ rateInterval }) => rateInterval);
    sentences.push(
      `The dashed straight line is the trend fitted to ${fittedLine.name}` +
        (band ? ', the band about it the 95 % interval of its rate' : ''),
    );
    const isVerdicts = fitted.some(({ trend }) => trend?.ratePerHour === verdict.ratePerHour);
    if (growsOn(verdict) && verdict.ratePerHour !== undefined && !isVerdicts) {
      sentences.push('The rate of the verdict is not of one of these lines: see its grounds');
    }
  }
  if (timelines.length > 1) sentences.push(`${timelines.length} lives of the process, each with lines of its own`);
  sentences.push(...drawnSamples(timelines));
  if (gapsOf(axisOf(timelines)).all.length > 0) sentences.push('Where the background is grey, nothing was sampled');
  return `${sentences.join('. ')}.`;
}
