import { addressSpace } from './address-space.js';
import { bar } from './bar.js';
import { categoryStack } from './category-stack.js';
import type { ChartSpec } from './chart.js';
import { icicle } from './icicle.js';
import type { Layout } from './layout.js';
import { memorySeries } from './memory-series.js';
import { pageFaultSeries } from './page-fault-series.js';
import { sparkline } from './sparkline.js';
import { stacked } from './stacked.js';
import { treemap } from './treemap.js';

/** A chart as SVG, safe to put into a page as it is. To add one: a file, a line here and a kind in `ChartSpec`. */
export function renderChart(chart: ChartSpec, layout: Layout = 'wide'): string {
  switch (chart.kind) {
    case 'memory-series':
      return memorySeries(chart, layout);
    case 'stacked':
      return stacked(chart, layout);
    case 'address-space':
      return addressSpace(chart, layout);
    case 'category-stack':
      return categoryStack(chart, layout);
    case 'icicle':
      return icicle(chart, layout);
    case 'treemap':
      return treemap(chart, layout);
    case 'page-faults':
      return pageFaultSeries(chart, layout);
    case 'sparkline':
      return sparkline(chart);
    case 'bar':
      return bar(chart);
  }
}
