import type { Catalogue } from './catalogue.js';
import { Translator } from './translator.js';
import { zhCN } from './zh-CN/index.js';

/** As `--lang` and the attribute `lang` of HTML name it. */
export type LanguageId = 'en' | 'zh-CN';

/** A language that reports are written in. */
export interface Language {
  readonly id: LanguageId;
  /** A text in this language; undefined where its catalogue lacks it. `kind` as for `say`. */
  readonly find: (english: string, kind?: string) => string | undefined;
  /** A text in this language, else as it is; `kind` for words that are no text of their own, such as durations. */
  readonly say: (english: string, kind?: string) => string;
}

const ENGLISH: Language = { id: 'en', find: (text) => text, say: (text) => text };

const CATALOGUES: Readonly<Record<Exclude<LanguageId, 'en'>, Catalogue>> = { 'zh-CN': zhCN };

/** What `--lang` takes. */
export const LANGUAGES: readonly LanguageId[] = ['en', 'zh-CN'];

const made = new Map<LanguageId, Language>();

/** The language of an id; its catalogue is made ready when it is first asked for. */
export function languageOf(id: LanguageId = 'en'): Language {
  if (id === 'en') return ENGLISH;
  const known = made.get(id);
  if (known) return known;
  const language = fromCatalogue(id, CATALOGUES[id]);
  made.set(id, language);
  return language;
}

function fromCatalogue(id: LanguageId, catalogue: Catalogue): Language {
  const translator = new Translator(catalogue);
  const find = (text: string, kind?: string): string | undefined => translator.translate(text, kind);
  return { id, find, say: (text, kind) => find(text, kind) ?? text };
}
