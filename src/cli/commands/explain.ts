import { captureFormats } from '../../ingest/formats/index.js';
import { verdictRules } from '../../judge/rules/index.js';
import { explain, GLOSSARY } from '../../model/glossary.js';
import { MAPPING_CATEGORIES } from '../../model/mapping-category.js';
import { visible } from '../../model/problem.js';
import { EXIT } from '../exit-codes.js';
import { usage } from '../options.js';
import type { Terminal } from '../terminal.js';
import { wrapped } from '../wrapped.js';

/** `memreport explain WORD`: a short text on a term of the field, a rule, a format or a kind of mapping. */
export function explainCommand(terminal: Terminal, word: string): number {
  const { say } = terminal.language;
  const entry = explain(word);
  const id = word.trim().toLowerCase();
  const rule = verdictRules.find((one) => one.id === id);
  const format = captureFormats.find((one) => one.id.toLowerCase() === id);
  const category = MAPPING_CATEGORIES.find((one) => one.id === id || one.title.toLowerCase() === id);
  if (entry) {
    terminal.data(wrapped(`${say(entry.word)}: ${say(entry.text)}`));
    if (entry.source !== undefined) terminal.data(say(`Source: ${entry.source}`));
  } else if (rule) {
    terminal.data(wrapped(`${rule.id} (${say(rule.title)}): ${say(rule.description)}`));
    terminal.data(say('Thresholds: memreport rules'));
  } else if (format) {
    terminal.data(wrapped(say(`${format.id}: ${format.name}. Captured by: ${format.howToCapture}`)));
    terminal.data(say(`Source: ${format.specification}`));
  } else if (category) {
    terminal.data(wrapped(say(`${category.title} (kind of mapping): ${category.meaning}`)));
    terminal.data(say(`Source: ${category.source}`));
  } else {
    const words = [...GLOSSARY.map((one) => one.word), ...verdictRules.map((one) => one.id)].join(', ');
    const kinds = MAPPING_CATEGORIES.map((one) => one.id).join(', ');
    throw usage(
      `explain: expected a known word, found "${visible(word)}"\n${wrapped(`Known: ${words}.`)}\n${wrapped(`Kinds of mappings: ${kinds}.`)}`,
    );
  }
  return EXIT.written;
}
