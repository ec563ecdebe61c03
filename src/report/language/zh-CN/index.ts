import type { Catalogue } from '../catalogue.js';
import { CATEGORIES } from './categories.js';
import { CHART_WORDS, CHARTS } from './charts.js';
import { COMPARISON, COMPARISON_WORDS } from './comparison.js';
import { FAULT_CAUSES, FAULTS } from './faults.js';
import { GLOSSARY_TEXTS, GLOSSARY_WORDS } from './glossary.js';
import { CAUSES, JUDGE, PAGE_FAULTS, RULES } from './judge.js';
import { PROBLEM_WORDS, PROBLEMS } from './problems.js';
import { PROSE, PROSE_WORDS } from './prose.js';
import { FAULT_WORDS, NOUNS, REPORT } from './report.js';
import { TERMINAL, TERMINAL_WORDS } from './terminal.js';
import { WORDS } from './words.js';

/** Simplified Chinese. */
export const zhCN: Catalogue = {
  texts: [
    ...CATEGORIES,
    ...GLOSSARY_WORDS,
    ...GLOSSARY_TEXTS,
    ...CHARTS,
    ...REPORT,
    ...JUDGE,
    ...PAGE_FAULTS,
    ...CAUSES,
    ...RULES,
    ...PROSE,
    ...FAULTS,
    ...PROBLEMS,
    ...COMPARISON,
    ...TERMINAL,
  ],
  ...WORDS,
  noun: NOUNS,
  ...PROSE_WORDS,
  ...FAULT_CAUSES,
  ...PROBLEM_WORDS,
  ...COMPARISON_WORDS,
  ...TERMINAL_WORDS,
  ...FAULT_WORDS,
  ...CHART_WORDS,
};
