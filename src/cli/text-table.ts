import { visible } from '../model/problem.js';
import { cutToWidth, displayWidth, padded } from './display-width.js';

export interface Column {
  readonly title: string;
  readonly right?: boolean;
  /** Wider cells are cut, with an ellipsis. */
  readonly most?: number;
}

/**
 * Rows as text in aligned columns, two blanks between them. Cells may be text of captures: it is made safe here.
 * `paint` may colour a cell after it was padded.
 */
export function textTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  paint: (text: string, row: number, column: number) => string = (text) => text,
): string {
  const cells = rows.map((row) => columns.map((column, i) => cut(visible(row[i] ?? ''), column.most)));
  const widths = columns.map((column, i) =>
    cells.reduce((widest, row) => Math.max(widest, displayWidth(row[i] ?? '')), displayWidth(column.title)),
  );
  const line = (texts: readonly string[], row: number): string =>
    texts
      .map((text, i) => {
        const width = widths[i] ?? 0;
        const isLast = i === texts.length - 1;
        const isRight = columns[i]?.right ?? false;
        const shown = isLast && !isRight ? text : padded(text, width, isRight);
        return row < 0 ? shown : paint(shown, row, i);
      })
      .join('  ')
      .trimEnd();
  return [
    line(
      columns.map(({ title }) => title),
      -1,
    ),
    ...cells.map(line),
  ].join('\n');
}

function cut(text: string, most = Number.POSITIVE_INFINITY): string {
  return displayWidth(text) > most ? `${cutToWidth(text, most - 1)}…` : text;
}
