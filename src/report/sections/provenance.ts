import type { Analysis } from '../../model/analysis.js';
import { filesOfProgram, hashesOf, problemsWith, recordsOfFiles } from '../../model/program-files.js';
import { bytes, code, count, origins, text } from '../cells.js';
import type { Block, Cell, Fact, Row } from '../document.js';
import type { ProgramSection } from '../section.js';

const FILES_SHOWN = 12;
const PROBLEMS_SHOWN = 4;

/** Where the statements of a ticket come from, what made it, and how good the data is. */
export const provenance: ProgramSection = {
  id: 'provenance',
  title: 'Data and provenance',
  build(view, _place, analysis) {
    const named = filesOfProgram(analysis, view);
    const facts: Fact[] = [{ label: 'Made by', cells: [text(`memreport ${analysis.memreport}`)] }];
    if (analysis.captures.length > 0) facts.push({ label: 'Captures', cells: [code(analysis.captures.join(', '))] });
    if (analysis.options) {
      const options = analysis.options.map(({ name, value }) => `${name} ${value}`).join(' ');
      facts.push({ label: 'Options', cells: [code(options)] });
    }
    if (view.report.vmaOrigin) facts.push({ label: 'Last snapshot', cells: [origins([view.report.vmaOrigin])] });
    return [{ type: 'facts', facts }, ...fileTable(analysis, named), ...problemBlocks(analysis, named)];
  },
};

/** The files on disk; where none was hashed, those that the statements name. */
function fileTable(analysis: Analysis, named: readonly string[]): Block[] {
  const hashed = hashesOf(analysis, named);
  const rows: Row[] =
    hashed.length > 0
      ? hashed.map(({ path, bytes: size, sha256 }) => ({ cells: [code(path), bytes(size), code(sha256)] }))
      : named.map((file) => ({
          cells: [code(file), bytes(recordsOfFiles(analysis, [file])[0]?.bytes), code(undefined)],
        }));
  if (rows.length === 0) return [];
  return [
    {
      type: 'table',
      caption:
        rows.length > FILES_SHOWN
          ? `The first ${FILES_SHOWN} of ${rows.length} input files that this report names`
          : 'The input files that this report names',
      columns: [
        { label: 'File', shape: 'name' },
        { label: 'Size', align: 'right', shape: 'plain' },
        { label: 'SHA-256', shape: 'name' },
      ],
      rows: rows.slice(0, FILES_SHOWN),
      empty: '',
    },
  ];
}

/** What was wrong with these files; of the others, only how much. */
function problemBlocks(analysis: Analysis, named: readonly string[]): Block[] {
  const own = problemsWith(analysis, named);
  const blocks: Block[] = [];
  if (own.length > 0) {
    blocks.push({
      type: 'table',
      caption:
        own.length > PROBLEMS_SHOWN
          ? `The first ${PROBLEMS_SHOWN} of ${own.length} problems with reading these files`
          : 'Problems with reading these files',
      columns: [
        { label: 'Severity', shape: 'plain' },
        { label: 'Problem', shape: 'prose' },
        { label: 'Place', shape: 'name' },
      ],
      rows: own.slice(0, PROBLEMS_SHOWN).map(({ severity, message, file, line }) => ({
        cells: [{ type: 'severity', severity }, text(message), origins([{ file, line }])],
      })),
      empty: '',
    });
  }
  const others = analysis.problems.length - own.length;
  if (others > 0) blocks.push({ type: 'prose', parts: othersParts(others, own.length) });
  else if (own.length === 0) blocks.push({ type: 'prose', parts: [text('All input was read without a problem.')] });
  return blocks;
}

function othersParts(others: number, own: number): Cell[] {
  const where = own > 0 ? ' with other files of the run; its report lists them.' : ' with files that it does not name.';
  return [text('Reading the captures met '), count(others, ['problem', 'problems']), text(where)];
}
