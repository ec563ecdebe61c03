import type { Sample } from '../../model/memory.js';
import { sampleCountOf } from '../../model/sample-count.js';
import { bytes, count, time } from '../cells.js';
import type { Cell, Column, Row, Table } from '../document.js';
import type { ChartSpec, ChartTimeline } from './chart.js';
import { fittedOf } from './fitted.js';
import { axisOf } from './points.js';

/** More rows than a chart has points, and fewer than would make a page of charts heavy. */
const MOST_ROWS = 1000;

/**
 * What a chart over time is drawn from: a row for each listed sample, its time (else its number) first. Of more than
 * 1,000 as many, evenly chosen, the last among them.
 *
 * `undefined` for charts that have no such axis: their tables stand beside them.
 * @param say the words of the table in its language
 */
export function chartValues(chart: ChartSpec, say: (text: string) => string): Table | undefined {
  const values = valuesOf(chart);
  if (!values || values.rows.length === 0) return undefined;
  const rows = evenly(values.rows, MOST_ROWS);
  const all = values.rows.length + unlistedIn(chart);
  return {
    type: 'table',
    caption: say(rows.length < all ? `The values of ${rows.length} of ${all} samples` : 'The values at each sample'),
    columns: values.columns.map((column) => ({ ...column, label: say(column.label) })),
    rows,
    empty: '',
  };
}

/** How many samples the analysis does not list. */
function unlistedIn(chart: ChartSpec): number {
  if (chart.kind !== 'memory-series' && chart.kind !== 'page-faults') return 0;
  return chart.timelines.reduce((sum, timeline) => sum + sampleCountOf(timeline) - timeline.samples.length, 0);
}

type Values = Pick<Table, 'columns' | 'rows'>;

function valuesOf(chart: ChartSpec): Values | undefined {
  switch (chart.kind) {
    case 'memory-series': {
      const fitted = new Map(chart.timelines.map((timeline) => [timeline, fittedOf(timeline)]));
      const name = [...fitted.values()].find((one) => one !== undefined)?.name ?? 'Private';
      return seriesValues(chart.timelines, [
        { label: name, cellOf: (sample, timeline) => bytes(fitted.get(timeline)?.numberOf(sample)) },
        { label: 'USS', cellOf: ({ uss }) => bytes(uss) },
        { label: 'PSS', cellOf: ({ pss }) => bytes(pss) },
        { label: 'RSS', cellOf: ({ rss }) => bytes(rss) },
        { label: 'VSS', cellOf: ({ vss }) => bytes(vss) },
      ]);
    }
    case 'page-faults':
      return seriesValues(chart.timelines, [
        { label: 'RSS', cellOf: ({ rss }) => bytes(rss) },
        { label: 'Minor faults so far', cellOf: ({ minorFaults }) => count(minorFaults) },
        { label: 'Major faults so far', cellOf: ({ majorFaults }) => count(majorFaults) },
      ]);
    case 'stacked':
      return {
        columns: [positionColumn(true), ...chart.layers.map(({ name }) => numeric(name))],
        rows: chart.times.map((at, index) => ({
          cells: [time(at), ...chart.layers.map(({ values }) => bytes(values[index]))],
        })),
      };
    case 'category-stack':
      return categoryValues(chart);
    default:
      return undefined;
  }
}

interface Measured {
  readonly label: string;
  readonly cellOf: (sample: Sample, timeline: ChartTimeline) => Cell;
}

function seriesValues(timelines: readonly ChartTimeline[], all: readonly Measured[]): Values {
  const axis = axisOf(timelines);
  // The private memory may be one of the others under the same name.
  const named = all.filter(({ label }, index) => all.findIndex((other) => other.label === label) === index);
  const measures = named.filter(({ cellOf }) =>
    timelines.some((timeline) => timeline.samples.some((sample) => cellOf(sample, timeline).type !== 'unknown')),
  );
  const pids = timelines.length > 1 ? [{ label: 'Pid', shape: 'plain' as const }] : [];
  const rows = timelines.flatMap((timeline, index) =>
    timeline.samples.map((sample, at): Row => {
      const pid: Cell[] = pids.map(() =>
        timeline.pid === undefined ? { type: 'unknown' } : { type: 'code', text: String(timeline.pid) },
      );
      const position = positionCell(axis.timed, axis.positions[index]?.[at]);
      return { cells: [position, ...pid, ...measures.map(({ cellOf }) => cellOf(sample, timeline))] };
    }),
  );
  const columns = [positionColumn(axis.timed), ...pids, ...measures.map(({ label }) => numeric(label))];
  return { columns, rows: measures.length === 0 ? [] : rows };
}

function categoryValues({ samples, series }: Extract<ChartSpec, { kind: 'category-stack' }>): Values {
  const { timed, positions } = axisOf([{ samples }]);
  return {
    columns: [positionColumn(timed), ...series.map(({ name }) => numeric(name))],
    rows: samples.map((_sample, at) => ({
      cells: [positionCell(timed, positions[0]?.[at]), ...series.map((one) => bytes(one.bytes[at]))],
    })),
  };
}

function positionColumn(timed: boolean): Column {
  return { label: timed ? 'Time' : 'Sample', shape: 'plain' };
}

function positionCell(timed: boolean, position: number | undefined): Cell {
  return timed ? time(position) : count(position);
}

function numeric(label: string): Column {
  return { label, align: 'right', shape: 'plain' };
}

/** At most `most` of them, at even distances, and the last. */
function evenly(rows: readonly Row[], most: number): readonly Row[] {
  if (rows.length <= most) return rows;
  const last = rows.length - 1;
  return Array.from({ length: most }, (_, index) => rows[Math.round((index * last) / (most - 1))]).filter(
    (row) => row !== undefined,
  );
}
