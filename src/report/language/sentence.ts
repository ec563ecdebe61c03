import type { Cell } from '../document.js';

/** Cells as one text, so that their order may be another in another language: words, and markers for all else. */
export function sentenceOf(cells: readonly Cell[]): string {
  return cells
    .map((cell, index) =>
      cell.type === 'text' ? cell.text.replace(NONCHARACTERS, '\ufffd') : `${CELL_BEGINS}${index}${CELL_ENDS}`,
    )
    .join('');
}

/** The cells of a sentence that was made by `sentenceOf` and reworded; undefined unless it has each of them once. */
export function cellsOf(sentence: string, cells: readonly Cell[]): Cell[] | undefined {
  const wanted = cells.flatMap((cell, index) => (cell.type === 'text' ? [] : [index]));
  const met: number[] = [];
  const result: Cell[] = [];
  for (const part of sentence.split(CELL_BEGINS)) {
    const end = part.indexOf(CELL_ENDS);
    const index = end === -1 ? -1 : Number(part.slice(0, end));
    const cell = cells[index];
    if (cell) {
      result.push(cell);
      met.push(index);
    }
    const text = part.slice(end + 1);
    if (text !== '') result.push({ type: 'text', text });
  }
  met.sort((a, b) => a - b);
  return met.length === wanted.length && met.every((index, place) => index === wanted[place]) ? result : undefined;
}

/** A sentence without what stands for its cells. */
export function withoutCells(sentence: string): string {
  return sentence.replace(MARKER, '');
}

/** Around the number of a cell: noncharacters, which no text of a sentence has. */
export const CELL_BEGINS = '\ufdd0';
export const CELL_ENDS = '\ufdd1';
const MARKER = /\ufdd0\d+\ufdd1/g;
const NONCHARACTERS = /[\ufdd0\ufdd1]/g;
