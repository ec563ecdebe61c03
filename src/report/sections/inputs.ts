import type { FileRecord } from '../../model/capture.js';
import { groupBy } from '../../model/group-by.js';
import { bytes, code, count, strong, text } from '../cells.js';
import type { Block, Cell } from '../document.js';
import type { RunSection } from '../section.js';

const SHOWN = 5000;
const ON_PAPER = 100;

/** So many files are told one by one everywhere. */
const FEW = 20;

/** Every input file and what became of it; of many, on paper only those of which something was not read. */
export const inputs: RunSection = {
  id: 'inputs',
  title: 'Inputs',
  build({ analysis: { files } }) {
    if (files.length <= FEW) return [fileTable(files, ON_PAPER)];
    const unread = files.filter(({ status }) => status !== 'read').length;
    return [formatTable(files), fileTable(files, Math.min(unread, ON_PAPER))];
  },
};

function formatTable(files: readonly FileRecord[]): Block {
  const groups = groupBy(files, ({ format, status }) => `${format} ${status}`);
  const sum = (some: readonly FileRecord[], of: 'snapshots' | 'bytes'): number =>
    some.reduce((total, file) => total + file[of], 0);
  return {
    type: 'table',
    caption: 'Files by format',
    columns: [
      { label: 'Format', shape: 'plain' },
      { label: 'Status', shape: 'plain' },
      { label: 'Files', align: 'right', shape: 'plain' },
      { label: 'Snapshots', align: 'right', shape: 'plain', isOptional: true },
      { label: 'Bytes', align: 'right', shape: 'plain' },
    ],
    rows: [...groups.values()]
      .toSorted((a, b) => b.length - a.length)
      .flatMap((group) => {
        const [file] = group;
        if (!file) return [];
        const cells = [count(group.length), count(sum(group, 'snapshots')), bytes(sum(group, 'bytes'))];
        return [{ cells: [code(file.format), statusCell(file), ...cells] }];
      }),
    empty: '',
  };
}

function fileTable(files: readonly FileRecord[], printRows: number): Block {
  return {
    type: 'table',
    caption: files.length > SHOWN ? `The first ${SHOWN} of ${files.length} files` : 'Files',
    columns: [
      { label: 'File', shape: 'name' },
      { label: 'Format', shape: 'plain', facet: true },
      { label: 'Status', shape: 'plain', facet: true },
      { label: 'Snapshots', align: 'right', shape: 'plain', isOptional: true },
      { label: 'Bytes', align: 'right', shape: 'plain' },
    ],
    rows: files.slice(0, SHOWN).map((file) => ({
      cells: [code(file.path), code(file.format), statusCell(file), count(file.snapshots), bytes(file.bytes)],
      weight: file.status === 'read' ? 0 : 1,
    })),
    empty: 'There were no input files.',
    printRows,
  };
}

function statusCell({ status }: FileRecord): Cell {
  return status === 'read' ? text(status) : strong(status);
}
