import { describe, expect, it } from 'vitest';
import type { Sample } from '../../src/model/memory.js';
import type { ChartTimeline } from '../../src/report/charts/chart.js';
import { fittedOf } from '../../src/report/charts/fitted.js';
import { gapsOf, partsOf } from '../../src/report/charts/gaps.js';
import { renderChart } from '../../src/report/charts/index.js';
import { axisOf } from '../../src/report/charts/points.js';
import { compose } from '../../src/report/compose.js';
import { drawnSamples } from '../../src/report/drawn-samples.js';
import { renderHtml } from '../../src/report/outputs/html.js';
import { emptyAnalysis, fixtureAnalysis, START } from './fixture-analysis.js';

const KIB = 1024;
const MIB = 1024 * KIB;
const HOUR = 3_600_000;

function timelineOf(hours: readonly number[], at: (hour: number) => Sample): ChartTimeline {
  return { pid: 812, samples: hours.map((hour) => ({ takenAt: START + hour * HOUR, ...at(hour) })) };
}

const hoursTo = (count: number): number[] => Array.from({ length: count }, (_, hour) => hour);
const smaps = (hour: number): Sample => ({
  rss: 9 * MIB + hour * 10 * KIB,
  uss: 4 * MIB + hour * 10 * KIB,
  privateDirty: 3 * MIB + hour * 10 * KIB,
  swap: 0,
  unreclaimable: 2 * MIB + hour * 10 * KIB,
});
const line = { measure: 'private' as const, from: 2 * MIB, to: 2 * MIB + 190 * KIB, ratePerHour: 10 * KIB };
const draw = (timelines: readonly ChartTimeline[], layout?: 'narrow'): string =>
  renderChart({ kind: 'memory-series', timelines }, layout);
const pathOf = (svg: string, look: string): string =>
  new RegExp(`class="${look}" d="([^"]*)"`).exec(svg)?.[1] ?? `no ${look}`;

describe('what was fitted', () => {
  it('is unreclaimable memory where it is known, and is drawn as a line of its own', () => {
    const timeline = timelineOf(hoursTo(20), smaps);
    expect(fittedOf(timeline)).toMatchObject({ measure: 'private', name: 'Private' });
    expect(fittedOf(timeline)?.numberOf(timeline.samples[0] ?? {})).toBe(2 * MIB);
    const svg = draw([{ ...timeline, trend: line }]);
    expect(svg).toContain('>RSS · USS<');
    expect(svg).toContain('>Private<');
    expect(svg).toMatch(/class="line series-private main"/);
    expect(svg).toMatch(/class="line series-uss"/);
    // The line of the trend ends where that of what was fitted to it does.
    const end = (look: string): string => pathOf(svg, look).split(/[ML]/).at(-1) ?? '';
    expect(end('trend')).toBe(end('line series-private main'));
  });

  it('is private dirty memory and swap, or USS and swap, where smaps tells no more', () => {
    const dirty = timelineOf(hoursTo(5), () => ({ privateDirty: MIB, swap: KIB }));
    expect(fittedOf(dirty)?.numberOf(dirty.samples[0] ?? {})).toBe(MIB + KIB);
    const smem = timelineOf(hoursTo(5), () => ({ uss: MIB, swap: KIB }));
    expect(fittedOf(smem)).toMatchObject({ measure: 'private', name: 'USS + swap' });
  });

  it('is the line of USS or RSS itself where nothing is swapped, or nothing else known', () => {
    expect(fittedOf(timelineOf(hoursTo(5), () => ({ uss: MIB, swap: 0 })))?.measure).toBe('uss');
    expect(fittedOf(timelineOf(hoursTo(5), () => ({ rss: MIB })))?.measure).toBe('rss');
    expect(fittedOf(timelineOf(hoursTo(5), () => ({ vss: MIB })))).toBeUndefined();
    expect(draw([timelineOf(hoursTo(5), () => ({ uss: MIB, swap: 0 }))])).not.toContain('series-private');
  });

  it('is what most samples have: a few snapshots among many rows of smem do not decide', () => {
    const mixed = timelineOf(hoursTo(20), (hour) => (hour < 4 ? smaps(hour) : { uss: MIB, swap: KIB }));
    expect(fittedOf(mixed)).toMatchObject({ name: 'USS + swap' });
    expect(fittedOf({ ...mixed, trend: line })).toMatchObject({ name: 'Private' });
  });
});

describe('the trend', () => {
  const timeline = timelineOf(hoursTo(20), smaps);

  it('begins where the growth began, and says when that was', () => {
    const whole = draw([{ ...timeline, trend: line }]);
    const late = draw([{ ...timeline, trend: { ...line, firstSample: 10, from: 2 * MIB + 100 * KIB } }]);
    const startOf = (svg: string): number => Number(/^M([\d.]+)/.exec(pathOf(svg, 'trend'))?.[1]);
    expect(startOf(whole)).toBe(70);
    expect(startOf(late)).toBeCloseTo(70 + (548 * 10) / 19, 0);
    expect(late).toContain('grows since 2026-02-01 07:00 UTC');
    expect(whole).not.toContain('grows since');
  });

  it('has a band that is nothing in the middle and as wide as the interval at the ends', () => {
    expect(draw([{ ...timeline, trend: line }])).not.toContain('class="band"');
    const svg = draw([{ ...timeline, trend: line, rateInterval: [8 * KIB, 12 * KIB] }]);
    const corners = pathOf(svg, 'band')
      .replace(/^M|Z$/g, '')
      .split('L')
      .map((corner) => corner.split(',').map(Number));
    const [steepStart = [], steepEnd = [], flatEnd = [], flatStart = []] = corners;
    expect(corners).toHaveLength(4);
    expect([steepStart[0], flatStart[0]]).toEqual([70, 70]);
    expect([steepEnd[0], flatEnd[0]]).toEqual([618, 618]);
    // Down is larger: the steepest line begins lowest and ends highest.
    expect(steepStart[1]).toBeGreaterThan(flatStart[1] ?? 0);
    expect(steepEnd[1]).toBeLessThan(flatEnd[1] ?? 0);
    expect((steepStart[1] ?? 0) + (steepEnd[1] ?? 0)).toBeCloseTo((flatStart[1] ?? 0) + (flatEnd[1] ?? 0), 0);
  });

  it('has no band where the samples have no times, or the interval is no number', () => {
    const untimed = { ...timeline, samples: hoursTo(20).map(smaps) };
    expect(draw([{ ...untimed, trend: line, rateInterval: [1, 2] }])).not.toContain('class="band"');
    const odd = draw([{ ...timeline, trend: line, rateInterval: [Number.NaN, Number.POSITIVE_INFINITY] }]);
    expect(odd).not.toMatch(/class="band"|NaN|Infinity/);
  });
});

describe('gaps and restarts', () => {
  const hours = hoursTo(40).filter((hour) => hour < 14 || hour >= 22);

  it('break the lines, and are said', () => {
    const timeline = timelineOf(hours, smaps);
    const { all, each } = gapsOf(axisOf([timeline]));
    expect(all).toEqual([{ from: START + 13 * HOUR, to: START + 22 * HOUR }]);
    expect(each).toEqual([all]);
    const svg = draw([timeline]);
    expect(pathOf(svg, 'line series-private main').match(/M/g)).toHaveLength(2);
    expect(svg).toContain('no sample for 9 h');
    expect(draw([timelineOf(hoursTo(40), smaps)])).not.toContain('class="gap"');
  });

  it('are not where another process was sampled', () => {
    const other = timelineOf(hoursTo(40), smaps);
    const { all, each } = gapsOf(axisOf([timelineOf(hours, smaps), other]));
    expect(all).toEqual([]);
    expect(each.map((gaps) => gaps.length)).toEqual([1, 0]);
  });

  it('part the points without losing one', () => {
    const points = [0, 1, 2, 9, 10, 30].map((x) => ({ x, y: 1 }));
    const gaps = [
      { from: 2, to: 9 },
      { from: 10, to: 30 },
    ];
    expect(partsOf(points, gaps).map((part) => part.map(({ x }) => x))).toEqual([[0, 1, 2], [9, 10], [30]]);
    expect(partsOf([], gaps)).toEqual([[]]);
  });

  it('name each life after the first a restart', () => {
    const second = { ...timelineOf(hoursTo(20), (hour) => smaps(hour)), pid: 1204 };
    const later = {
      ...second,
      samples: second.samples.map((one) => ({ ...one, takenAt: (one.takenAt ?? 0) + 25 * HOUR })),
    };
    const svg = draw([timelineOf(hoursTo(20), smaps), later]);
    expect(svg).toContain('>pid 812<');
    expect(svg).toContain('>restart, pid 1204<');
  });

  it('say when a process joins those that run, and leave room for the longer labels then', () => {
    const joins = { ...timelineOf([8, 9, 10, 19], smaps), pid: 9911234 };
    const svg = draw([timelineOf(hoursTo(20), smaps), joins]);
    expect(svg).toContain('>pid 812<');
    expect(svg).toContain('>pid 9911234 starts<');
    expect(svg).not.toContain('restart');
    const label = /class="label series-private" x="([\d.]+)"[^>]*>(.*?)<\/text>/.exec(svg);
    const words = label?.[2]?.replace(/<[^>]*>/g, '') ?? '';
    expect(words).toMatch(/^Private of \d+ [\d.]+ MiB$/);
    expect(Number(label?.[1]) + words.length * 6).toBeLessThanOrEqual(760);
  });

  it('have the trend that is steepest beside the lines that end together', () => {
    const steep = { ...timelineOf(hoursTo(20), smaps), trend: line };
    const flat = { ...steep, pid: 9, trend: { ...line, to: line.from + 19 * KIB, ratePerHour: KIB } };
    for (const both of [
      [steep, flat],
      [flat, steep],
    ])
      expect(draw(both)).toContain('trend</tspan> +10 KiB/h');
  });
});

describe('the narrow layout', () => {
  it('has its labels above the lines, and nothing beyond its width', () => {
    const timeline = { ...timelineOf(hoursTo(20), smaps), trend: line };
    const svg = draw([timeline], 'narrow');
    expect(svg).toContain('viewBox="0 0 358 ');
    expect(svg).not.toContain('class="leader"');
    const label = /class="label series-private" x="([\d.]+)" y="([\d.]+)"/.exec(svg);
    const first = /^M[\d.]+,([\d.]+)/.exec(pathOf(svg, 'line series-private main'));
    expect(Number(label?.[2])).toBeLessThan(Number(first?.[1]));
    const right = [...svg.matchAll(/ x[12]?="([\d.]+)"/g)].map(([, x]) => Number(x));
    expect(Math.max(...right)).toBeLessThanOrEqual(340);
  });

  it('is for the screen alone', () => {
    const document = compose(fixtureAnalysis());
    expect(renderHtml(document)).toContain('class="series narrow"');
    expect(renderHtml(document, { print: true })).not.toContain('class="series narrow"');
  });
});

describe('the words below the chart', () => {
  const captionOf = (timelines: readonly ChartTimeline[], verdict: object): string => {
    const program = { device: 'board-7', command: 'sensord' };
    const analysis = {
      ...emptyAnalysis(),
      programs: [
        {
          ...program,
          timelines: timelines.map((one) => ({ ...one, samples: [...one.samples] })),
          mappings: [],
          vmas: [],
          summaries: [],
        },
      ],
      verdicts: [
        {
          ...program,
          label: 'leak' as const,
          explainedBy: [],
          grounds: [],
          objections: [],
          defects: [],
          missing: [],
          ...verdict,
        },
      ],
    };
    const blocks = compose(analysis).sections[1]?.sections[0]?.blocks ?? [];
    const chart = blocks.find(({ type }) => type === 'chart');
    return chart?.type === 'chart' ? `${chart.caption}|${renderChart(chart.chart).includes('class="band"')}` : '';
  };
  const timeline = { ...timelineOf(hoursTo(20), smaps), trend: line };

  it('say what was fitted, and the interval that is drawn', () => {
    expect(captionOf([timeline], { ratePerHour: 10 * KIB, rateInterval: [9 * KIB, 11 * KIB] })).toBe(
      'RSS, USS and Private at each sample. Private is unreclaimable memory (what the process alone holds and the ' +
        'kernel cannot drop). The dashed straight line is the trend fitted to Private, the band about it the 95 % ' +
        'interval of its rate.|true',
    );
  });

  it('do not pass off an interval of something else as that of the line', () => {
    const caption = captionOf([timeline], { ratePerHour: 50 * KIB, rateInterval: [49 * KIB, 51 * KIB] });
    expect(caption).toContain('The rate of the verdict is not of one of these lines');
    expect(caption).toContain('|false');
  });

  it('speak of no line where memory came to rest', () => {
    expect(captionOf([timeline], { label: 'clean', shape: 'settled' })).not.toContain('trend');
    expect(captionOf([timeline], { label: 'clean', shape: 'noise' })).toContain('trend');
  });
});

describe('a long series', () => {
  const numbers = [0, 10, 11, 500, 899];
  const listed = {
    pid: 812,
    samples: numbers.map((number) => ({ rss: MIB + number * KIB })),
    thinned: { of: 900, at: numbers },
  };

  it('is drawn where its samples are among all of them, and says how many there were', () => {
    expect(axisOf([listed]).positions).toEqual([[1, 11, 12, 501, 900]]);
    expect(draw([listed])).toContain('over 900 samples');
    const trend = { measure: 'rss' as const, from: MIB, to: 2 * MIB, ratePerSample: KIB, firstSample: 3 };
    expect(draw([{ ...listed, trend }])).toContain('grows since sample 501');
  });

  it('has a caption that says which samples are drawn', () => {
    expect(drawnSamples([listed, timelineOf(hoursTo(3), smaps)])).toEqual([
      '8 of 903 samples are drawn: of each stretch of time the first, the last, the least and the greatest',
    ]);
    expect(drawnSamples([timelineOf(hoursTo(3), smaps)])).toEqual([]);
  });
});
