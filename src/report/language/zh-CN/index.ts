import type { Catalogue } from '../catalogue.js';
import { CATEGORIES } from './categories.js';
import { CAUSES } from './causes.js';
import { CHART_WORDS, CHARTS } from './charts.js';
import { COMMAND_LINE } from './command-line.js';
import { COMPARISON, COMPARISON_WORDS } from './comparison.js';
import { DEVICES } from './devices.js';
import { FAULT_CAUSES, FAULTS } from './faults.js';
import { FLEET, FLEET_WORDS } from './fleet.js';
import { FORMAT_WORDS, FORMATS } from './formats.js';
import { GLOSSARY_TEXTS, GLOSSARY_WORDS } from './glossary.js';
import { JUDGE } from './judge.js';
import { NOUNS } from './nouns.js';
import { PAGE_FAULTS } from './page-faults.js';
import { PROBLEM_WORDS } from './problem-words.js';
import { PROBLEMS } from './problems.js';
import { PROSE } from './prose.js';
import { PROSE_WORDS } from './prose-words.js';
import { REPORT } from './report.js';
import { RULES } from './rules.js';
import { FAULT_WORDS, SECTIONS } from './sections.js';
import { SYMBOLS } from './symbols.js';
import { TERMINAL, TERMINAL_WORDS } from './terminal.js';
import { THRESHOLD_WORDS, THRESHOLDS } from './thresholds.js';
import { WORDS } from './words.js';

/** Simplified Chinese. */
export const zhCN: Catalogue = {
  texts: [
    ...CATEGORIES,
    ...GLOSSARY_WORDS,
    ...GLOSSARY_TEXTS,
    ...CHARTS,
    ...REPORT,
    ...SECTIONS,
    ...JUDGE,
    ...PAGE_FAULTS,
    ...CAUSES,
    ...RULES,
    ...PROSE,
    ...DEVICES,
    ...FLEET,
    ...FAULTS,
    ...PROBLEMS,
    ...SYMBOLS,
    ...COMPARISON,
    ...TERMINAL,
    ...FORMATS,
    ...THRESHOLDS,
    ...COMMAND_LINE,
  ],
  ...WORDS,
  ...FLEET_WORDS,
  noun: NOUNS,
  ...PROSE_WORDS,
  ...FAULT_CAUSES,
  ...PROBLEM_WORDS,
  ...COMPARISON_WORDS,
  ...TERMINAL_WORDS,
  ...FAULT_WORDS,
  ...CHART_WORDS,
  ...FORMAT_WORDS,
  ...THRESHOLD_WORDS,
};
