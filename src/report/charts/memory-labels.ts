import { coordinate, element, svgText } from './svg.js';

/** Words on a line. */
export interface Label {
  /** The class of the line. */
  readonly look: string;
  readonly name: string;
  readonly value: string;
  /** Where the line ends. */
  readonly x: number;
  readonly y: number;
}

/** Where a panel is drawn, in pixels. */
export interface Frame {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** Pixels that a letter of a tick's text takes at most. */
export const LETTER = 6;

const LABEL_HEIGHT = 15;

/** The labels right of the panel, moved apart where the lines end too close to each other. */
export function drawLabels(labels: readonly Label[], frame: Frame): string {
  const sorted = labels.toSorted((a, b) => a.y - b.y);
  const places = sorted.map((label) => label.y);
  for (let i = 1; i < places.length; i++) {
    places[i] = Math.max(places[i] ?? 0, (places[i - 1] ?? 0) + LABEL_HEIGHT);
  }
  // What was pushed below the panel is pushed back up, from the last one.
  let limit = Math.max(frame.bottom + 2, frame.top + (places.length - 1) * LABEL_HEIGHT);
  for (let i = places.length - 1; i >= 0; i--) {
    places[i] = Math.min(places[i] ?? 0, limit);
    limit = (places[i] ?? 0) - LABEL_HEIGHT;
  }
  let drawn = '';
  sorted.forEach((label, index) => {
    const at = places[index] ?? label.y;
    const x = frame.right + 14;
    drawn += element('path', {
      class: 'leader',
      d: `M${coordinate(label.x + 4)},${coordinate(label.y)}H${coordinate(frame.right + 4)}L${coordinate(x - 3)},${coordinate(at)}`,
    });
    drawn += words(label, x, at + 4);
  });
  return drawn;
}

const KEY_COLUMNS = 2;
const KEY_LINE = 22;

/** In how many columns a key with these words fits. */
export function keyColumns(labels: readonly Pick<Label, 'name' | 'value'>[], width: number): number {
  const longest = labels.reduce((most, { name, value }) => Math.max(most, name.length + 1 + value.length), 0);
  return KEY_LINE + longest * LETTER > width / KEY_COLUMNS ? 1 : KEY_COLUMNS;
}

/** How high the key of `labels` labels is. */
export function keyHeight(labels: number, columns = KEY_COLUMNS): number {
  return Math.ceil(labels / columns) * LABEL_HEIGHT;
}

/** The labels above the panel, each beside a piece of its line. */
export function drawKey(labels: readonly Label[], frame: Frame, columns = KEY_COLUMNS): string {
  const width = (frame.right - frame.left) / columns;
  const top = frame.top - 8 - keyHeight(labels.length, columns) + LABEL_HEIGHT;
  let drawn = '';
  labels.forEach((label, index) => {
    const x = frame.left + (index % columns) * width;
    const y = top + Math.floor(index / columns) * LABEL_HEIGHT;
    const line = label.look === 'label-trend' ? 'trend' : `line ${label.look}`;
    drawn += element('path', { class: line, d: `M${coordinate(x)},${coordinate(y - 4)}h${KEY_LINE - 5}` });
    drawn += words(label, x + KEY_LINE, y);
  });
  return drawn;
}

function words({ look, name, value }: Label, x: number, y: number): string {
  return element(
    'text',
    { class: `label ${look}`, x, y },
    element('tspan', { class: 'label-name' }, svgText(name)) + svgText(` ${value}`),
  );
}
