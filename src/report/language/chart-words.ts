import type { Language } from './languages.js';

/**
 * A chart with its words in another language. Charts write what is read between `>` and `<`, and in `aria-label`; all
 * else of a chart holds no words. What is not in the catalogue (names, numbers) stays.
 */
export function chartIn(svg: string, language: Language): string {
  if (language.id === 'en' || svg === '') return svg;
  return svg
    .split('>')
    .map((part) => spokenIn(readIn(part, language), language))
    .join('>');
}

/** The text before the next tag. */
function readIn(part: string, language: Language): string {
  const end = part.indexOf('<');
  return end <= 0 ? part : wordsIn(part.slice(0, end), language) + part.slice(end);
}

function spokenIn(part: string, language: Language): string {
  const label = part.indexOf(LABEL);
  if (label === -1) return part;
  const from = label + LABEL.length;
  const end = part.indexOf('"', from);
  return end === -1 ? part : part.slice(0, from) + wordsIn(part.slice(from, end), language) + part.slice(end);
}

const LABEL = ' aria-label="';

/** Charts escape by numbers only. */
function wordsIn(escaped: string, language: Language): string {
  const text = escaped.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
  const said = language.find(text);
  return said === undefined ? escaped : said.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
