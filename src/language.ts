import type { Cell } from './report/document.js';
import { LANGUAGES, type Language, type LanguageId, languageOf, loadLanguage } from './report/language/languages.js';
import { cellsOf, sentenceOf } from './report/language/sentence.js';

export { LANGUAGES, type Language, type LanguageId, languageOf, loadLanguage };

/** A part of a sentence: words of ours, or a name or number that stays as it is. */
export type SentencePart = { readonly words: string } | { readonly data: string };

/** A sentence in a language, whose order of names and numbers may be another; as it is where its words are not known. */
export function sentenceIn(parts: readonly SentencePart[], language: Language): string {
  const cells = parts.map(
    (part): Cell => ('words' in part ? { type: 'text', text: part.words } : { type: 'code', text: part.data }),
  );
  const sentence = language.find(sentenceOf(cells));
  const said = (sentence === undefined ? undefined : cellsOf(sentence, cells)) ?? cells;
  return said.map((cell) => ('text' in cell ? cell.text : '')).join('');
}
