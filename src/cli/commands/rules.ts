import { SETTLEMENT, verdictRules } from '../../judge/rules/index.js';
import { EXIT } from '../exit-codes.js';
import type { Terminal } from '../terminal.js';
import { textTable } from '../text-table.js';
import { wrapped } from '../wrapped.js';

/** `memreport rules`: how it judges, with the thresholds and where they come from. */
export function rulesCommand(terminal: Terminal, options: { readonly json: boolean }): number {
  if (options.json) {
    const rules = verdictRules.map(({ id, title, description, thresholds }) => ({
      id,
      title,
      description,
      thresholds,
    }));
    terminal.data(JSON.stringify(rules, null, 1));
    return EXIT.written;
  }
  for (const { id, title, description, thresholds } of verdictRules) {
    terminal.data(`${terminal.style('bold', id)}: ${title}`);
    terminal.data(wrapped(description, '  '));
    for (const { name, value, unit, source } of thresholds) {
      terminal.data(wrapped(`${name} = ${value}${unit === undefined ? '' : ` ${unit}`} (${source})`, '    ', '  - '));
    }
    terminal.data('');
  }
  terminal.data(terminal.style('bold', 'What the grounds (rows) and the objections (columns) amount to'));
  const columns = ['grounds', ...WEIGHTS].map((title) => ({ title }));
  terminal.data(textTable(columns, settlementRows()));
  return EXIT.written;
}

const WEIGHTS = ['none', 'weak', 'strong'] as const;

function settlementRows(): string[][] {
  return WEIGHTS.map((ground) => [ground, ...WEIGHTS.map((objection) => SETTLEMENT[ground][objection])]);
}
