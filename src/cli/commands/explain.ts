import { captureFormats } from '../../ingest/formats/index.js';
import { verdictRules } from '../../judge/rules/index.js';
import { explain, GLOSSARY } from '../../model/glossary.js';
import { visible } from '../../model/problem.js';
import { EXIT } from '../exit-codes.js';
import { usage } from '../options.js';
import type { Terminal } from '../terminal.js';
import { wrapped } from '../wrapped.js';

/** `memreport explain WORD`: a short text on a term of the field, a rule or a format. */
export function explainCommand(terminal: Terminal, word: string): number {
  const entry = explain(word);
  const id = word.trim().toLowerCase();
  const rule = verdictRules.find((one) => one.id === id);
  const format = captureFormats.find((one) => one.id.toLowerCase() === id);
  if (entry) {
    terminal.data(wrapped(`${entry.word}: ${entry.text}`));
    if (entry.source !== undefined) terminal.data(`Source: ${entry.source}`);
  } else if (rule) {
    terminal.data(wrapped(`${rule.id} (${rule.title}): ${rule.description}`));
    terminal.data('Thresholds: memreport rules');
  } else if (format) {
    terminal.data(wrapped(`${format.id}: ${format.name}. Captured by: ${format.howToCapture}`));
    terminal.data(`Source: ${format.specification}`);
  } else {
    const words = [...GLOSSARY.map((one) => one.word), ...verdictRules.map((one) => one.id)].join(', ');
    throw usage(`explain: expected a known word, found "${visible(word)}"\n${wrapped(`Known: ${words}.`)}`);
  }
  return EXIT.written;
}
