import type { Catalogue } from '../../src/report/language/catalogue.js';
import { loadLanguage } from '../../src/report/language/languages.js';
import { zhCN } from '../../src/report/language/zh-CN/index.js';

const CHINESE = await loadLanguage('zh-CN');

const HOLE = /\{\d+(?::[a-z-]+)?\}/;

/** The English sides of the catalogue, of whatever kind. */
const ENGLISH: readonly string[] = Object.values(zhCN satisfies Catalogue).flatMap((entries) =>
  entries.map(([english]) => english),
);

const ALL = ENGLISH.map((text) => text.split(HOLE).join('\0')).join('\0');

/** Whether a literal is a text of the catalogue, or each part of it between its holes stands in some text of it. */
export function isCovered(literal: string): boolean {
  const text = literal.replace(/^memreport: /, '');
  return isFound(text) || hasParts(text);
}

/** With a number in each hole, which is no word of any kind; words that went into a hole are found in what is said. */
function isFound(literal: string): boolean {
  const said = CHINESE.find(literal.replace(/\{\d+\}/g, '7'));
  return said !== undefined && !/[a-z]{2,} [a-z]{2,}/.test(said);
}

function hasParts(literal: string): boolean {
  return literal
    .split(/\{\d+\}/)
    .map((part) => part.trim().replace(/^[.,;:(] ?|[.,;:)]$/g, ''))
    .every(
      (part) => !/\p{L}{2}/u.test(part) || ALL.includes(part) || sentencesOf(part).every((one) => ALL.includes(one)),
    );
}

/** Sentences and clauses may each have an entry of their own, which begins with a small letter or a capital. */
function sentencesOf(part: string): string[] {
  return part.split(/(?<!\b[a-z]\.[a-z])\. |; /).map((one) => one.replace(/\.$/, ''));
}
