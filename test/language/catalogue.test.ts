import { describe, expect, it } from 'vitest';
import { templateOf } from '../../src/report/language/template.js';
import { zhCN } from '../../src/report/language/zh-CN/index.js';

const KINDS = Object.entries(zhCN);
const ALL = KINDS.flatMap(([kind, entries]) => entries.map(([english, other]) => ({ kind, english, other })));

const holesOf = (text: string): string[] =>
  templateOf(text)
    .holes.map(({ number }) => number)
    .sort();

describe('the catalogue of Chinese', () => {
  it('has in each text the holes of the English one, each once', () => {
    expect(ALL.length).toBeGreaterThan(1000);
    const wrong = ALL.filter(({ english, other }) => holesOf(english).join() !== holesOf(other).join());
    expect(wrong, 'each {1} of the English text stands once in the Chinese one').toEqual([]);
  });

  it('has each text once in its kind', () => {
    const seen = new Map<string, string>();
    const twice = ALL.filter(({ kind, english, other }) => {
      const key = `${kind}: ${english}`;
      const before = seen.get(key);
      seen.set(key, other);
      return before !== undefined && before !== other;
    });
    expect(twice, 'one English text has two translations: the last would win').toEqual([]);
  });

  it('knows the kind of every hole', () => {
    const kinds = new Set([...Object.keys(zhCN), 'cell']);
    const unknown = ALL.flatMap(({ english }) =>
      templateOf(english)
        .holes.filter(({ kind }) => kind !== undefined && !kinds.has(kind))
        .map(({ kind }) => `${kind ?? ''} in "${english}"`),
    );
    expect(unknown).toEqual([]);
  });

  it('has no two holes side by side, which nothing could tell apart', () => {
    const touching = ALL.filter(({ english }) => {
      const { literals, holes } = templateOf(english);
      return literals.slice(1, -1).some((literal, index) => literal === '' && holes[index]?.kind !== 'cell');
    });
    expect(touching).toEqual([]);
  });

  it('writes Chinese with its own marks', () => {
    const halfWidth = ALL.filter(({ other }) => /[\u4e00-\u9fff][,;:?!]|[,;:?!][\u4e00-\u9fff]/.test(other));
    expect(halfWidth.map(({ other }) => other)).toEqual([]);
  });
});
