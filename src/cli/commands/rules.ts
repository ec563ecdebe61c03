import { SETTLEMENT, verdictRules } from '../../judge/rules/index.js';
import type { Language } from '../../language.js';
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
  const { say } = terminal.language;
  for (const { id, title, description, thresholds } of verdictRules) {
    terminal.data(`${terminal.style('bold', id)}: ${say(title)}`);
    terminal.data(wrapped(say(description), '  '));
    for (const { name, value, unit, source } of thresholds) {
      const threshold = `${name} = ${value}${unit === undefined ? '' : ` ${unit}`} (${source})`;
      terminal.data(wrapped(say(threshold), '    ', '  - '));
    }
    terminal.data('');
  }
  terminal.data(terminal.style('bold', say('What the grounds (rows) and the objections (columns) amount to')));
  const columns = [say('grounds'), ...WEIGHTS.map((weight) => say(weight, 'weight'))].map((title) => ({ title }));
  terminal.data(textTable(columns, settlementRows(terminal.language)));
  return EXIT.written;
}

const WEIGHTS = ['none', 'weak', 'strong'] as const;

function settlementRows({ say }: Language): string[][] {
  return WEIGHTS.map((ground) => [
    say(ground, 'weight'),
    ...WEIGHTS.map((objection) => say(SETTLEMENT[ground][objection])),
  ]);
}
