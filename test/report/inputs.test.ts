import { describe, expect, it } from 'vitest';
import type { FileRecord } from '../../src/model/capture.js';
import { compose } from '../../src/report/compose.js';
import type { Block } from '../../src/report/document.js';
import { formatCell } from '../../src/report/outputs/format-cell.js';
import { renderHtml } from '../../src/report/outputs/html.js';
import { inputs } from '../../src/report/sections/inputs.js';
import { emptyAnalysis } from './fixture-analysis.js';

function files(number: number, damaged = 0): FileRecord[] {
  return Array.from({ length: number }, (_, i) => ({
    path: `board-7/${String(i).padStart(3, '0')}/${i % 2 ? 'smaps' : 'stat'}`,
    format: i % 2 ? 'smaps' : 'stat',
    status: i < damaged ? 'partial' : 'read',
    bytes: 100,
    snapshots: i % 2,
  }));
}

const analysisOf = (all: FileRecord[]) => ({ ...emptyAnalysis(), files: all });
const blocksOf = (all: FileRecord[]): readonly Block[] =>
  inputs.build({ analysis: analysisOf(all), views: [], detailed: [] });
const rowsOf = (block: Block | undefined): string[][] =>
  block?.type === 'table' ? block.rows.map(({ cells }) => cells.map((cell) => formatCell(cell).text)) : [];
const onPaper = (all: FileRecord[]): string => renderHtml(compose(analysisOf(all)), { print: true });

describe('the input files in the report', () => {
  it('are one table where they are few', () => {
    expect(blocksOf(files(20))).toHaveLength(1);
    expect(onPaper(files(20))).toContain('board-7/000/stat');
  });

  it('are summed up by format and status where they are many', () => {
    expect(rowsOf(blocksOf(files(40, 1))[0])).toEqual([
      ['smaps', 'read', '20', '20', '1.95 KiB'],
      ['stat', 'read', '19', '0', '1.86 KiB'],
      ['stat', 'partial', '1', '0', '100 B'],
    ]);
  });

  it('are not printed one by one then, but for those of which something was not read', () => {
    expect(onPaper(files(40))).not.toContain('board-7/');
    const paper = onPaper(files(40, 1));
    expect(paper).toContain('board-7/000/stat');
    expect(paper).not.toContain('board-7/001/smaps');
    expect(renderHtml(compose(analysisOf(files(40))))).toContain('board-7/039/smaps');
  });
});
