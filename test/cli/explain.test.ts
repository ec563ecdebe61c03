import { describe, expect, it } from 'vitest';
import { explainCommand } from '../../src/cli/commands/explain.js';
import type { Terminal } from '../../src/cli/terminal.js';
import { MAPPING_CATEGORIES } from '../../src/model/mapping-category.js';
import { languageOf } from '../../src/report/language/languages.js';

/** What `memreport explain WORD` prints to stdout. */
function explained(word: string): string {
  const lines: string[] = [];
  const terminal: Pick<Terminal, 'data' | 'language'> = {
    data: (text) => void lines.push(text),
    language: languageOf(),
  };
  explainCommand(terminal as Terminal, word);
  return lines.join('\n').replaceAll(/\s+/g, ' ');
}

describe('kinds of mappings', () => {
  it.each(MAPPING_CATEGORIES.map(({ id }) => id))('%s is explained by its id, with a source', (id) => {
    expect(explained(id)).toMatch(/: .*\. Source: https:/);
  });

  it('are found by their titles too', () => {
    expect(explained('GPU, Adreno')).toContain('(kind of mapping): Memory of an Adreno GPU');
  });

  it('are named where a word is not known', () => {
    expect(() => explained('frobnication')).toThrow(/Kinds of mappings: .*scudo/s);
  });
});
