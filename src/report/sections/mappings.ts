import type { MappingReport } from '../../model/analysis.js';
import { bytes, code, growth, rate, text } from '../cells.js';
import type { Row } from '../document.js';
import type { ProgramSection } from '../section.js';

const IN_TICKET = 8;

/** The mappings whose private memory changed, those that grow most first. */
export const mappings: ProgramSection = {
  id: 'mappings',
  title: 'Mappings that grow',
  build({ report, timeline }, place) {
    if (!timeline || timeline.samples.length < 2 || report.mappings.length === 0) return [];
    const changed = report.mappings.filter((mapping) => mapping.growth !== 0).toSorted((a, b) => b.growth - a.growth);
    const shown = place === 'ticket' ? changed.slice(0, IN_TICKET) : changed;
    const most = changed.reduce((max, mapping) => Math.max(max, Math.abs(mapping.growth)), 0);
    return [
      {
        type: 'table',
        caption: 'Change of private memory from the first to the last sample',
        columns: [
          { label: 'Mapping', shape: 'name' },
          { label: 'Kind', shape: 'plain', facet: true },
          { label: 'Growth', align: 'right', shape: 'plain' },
          { label: '', shape: 'plain' },
          { label: 'Rate', align: 'right', shape: 'plain' },
          { label: 'Private now', align: 'right', shape: 'plain' },
        ],
        rows: shown.map((mapping) => rowOf(mapping, most)),
        empty: 'No mapping changed its private memory.',
        printRows: 60,
      },
    ];
  },
};

function rowOf(mapping: MappingReport, most: number): Row {
  return {
    cells: [
      code(mapping.label),
      text(mapping.kind),
      growth(mapping.growth),
      { type: 'chart', chart: { kind: 'bar', value: mapping.growth, of: most } },
      rate(mapping),
      bytes(mapping.privateBytes),
    ],
    weight: Math.abs(mapping.growth),
  };
}
