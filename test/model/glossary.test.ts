import { describe, expect, it } from 'vitest';
import { explain, GLOSSARY } from '../../src/model/glossary.js';
import { SHAPE_WORDS } from '../../src/model/growth-shape.js';

describe('the glossary', () => {
  it.each(Object.entries(SHAPE_WORDS))(
    'knows the course %s, by the name in report.json and the one in tables',
    (shape, { brief }) => {
      expect(explain(shape)).toBeDefined();
      expect(explain(brief)).toBeDefined();
    },
  );

  it.each([
    'unreclaimable memory',
    'private dirty memory',
    'Bayes factor',
    'p',
    'p-value',
    '95 % interval',
    'Mann-Kendall',
    'Mann–Kendall',
    'Theil-Sen',
    'Theil–Sen',
    'autocorrelated values',
    'copy on write',
    'cycles',
    'floor',
    'noise',
    'address space',
    'available memory',
    'arena',
    'loss record',
    'runs out',
    'lasts',
    'course',
    'onset',
    'warm-up',
  ])('knows "%s", which statements and tables use', (word) => {
    expect(explain(word)).toBeDefined();
  });

  it('has each spelling once', () => {
    const spellings = GLOSSARY.flatMap(({ word, also = [] }) => [word, ...also]).map((word) => word.toLowerCase());
    expect(spellings.filter((word, i) => spellings.indexOf(word) !== i)).toEqual([]);
  });
});
