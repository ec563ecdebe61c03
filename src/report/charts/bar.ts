import type { ChartSpec } from './chart.js';
import { element } from './svg.js';

const WIDTH = 72;
const HEIGHT = 8;

/** A bar as long as `value` is of `of`. The number stands beside it, so it is hidden from screen readers. */
export function bar({ value, of }: Extract<ChartSpec, { kind: 'bar' }>): string {
  const share = of > 0 && Number.isFinite(value / of) ? Math.min(1, Math.abs(value) / of) : 0;
  return element(
    'svg',
    { class: 'bar', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, width: WIDTH, height: HEIGHT, 'aria-hidden': 'true' },
    element('rect', { class: 'bar-track', width: WIDTH, height: HEIGHT, rx: 1.5 }) +
      (share > 0
        ? element('rect', {
            class: value < 0 ? 'bar-shrinks' : 'bar-grows',
            width: Math.max(1.5, share * WIDTH),
            height: HEIGHT,
            rx: 1.5,
          })
        : ''),
  );
}
