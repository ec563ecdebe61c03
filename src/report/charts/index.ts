import { bar } from './bar.js';
import type { ChartSpec } from './chart.js';
import type { Layout } from './layout.js';
import { memorySeries } from './memory-series.js';
import { sparkline } from './sparkline.js';

/** A chart as SVG, safe to put into a page as it is. To add one: a file, a line here and a kind in `ChartSpec`. */
export function renderChart(chart: ChartSpec, layout: Layout = 'wide'): string {
  switch (chart.kind) {
    case 'memory-series':
      return memorySeries(chart, layout);
    case 'sparkline':
      return sparkline(chart);
    case 'bar':
      return bar(chart);
  }
}
