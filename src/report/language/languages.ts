import type { Catalogue, ParserWords } from './catalogue.js';
import { Translator } from './translator.js';

/** As `--lang` and the attribute `lang` of HTML name it. */
export type LanguageId = 'en' | 'zh-CN';

/** A language that reports are written in. */
export interface Language {
  readonly id: LanguageId;
  /** A text in this language; undefined where its catalogue lacks it. `kind` as for `say`. */
  readonly find: (english: string, kind?: string) => string | undefined;
  /** A text in this language, else as it is; `kind` for words that are no text of their own, such as durations. */
  readonly say: (english: string, kind?: string) => string;
  readonly parserWords: ParserWords;
}

/** What the parser of command lines says, and what it is to say. */
const TOO_FEW = 'Not enough non-option arguments: got %s, need at least %s';
const TOO_FEW_HERE = 'found %s arguments behind the command, expected at least %s: memreport COMMAND --help names them';

const ENGLISH: Language = {
  id: 'en',
  find: (text) => text,
  say: (text) => text,
  // Its own words for it are those of its makers.
  parserWords: { [TOO_FEW]: { one: TOO_FEW_HERE, other: TOO_FEW_HERE } },
};

interface LoadedWords {
  readonly catalogue: Catalogue;
  readonly parserWords: ParserWords;
}

/** Loaded when asked for: some thousand texts, which most runs do not need. */
const CATALOGUES: Readonly<Record<Exclude<LanguageId, 'en'>, () => Promise<LoadedWords>>> = {
  'zh-CN': async () => {
    const [{ zhCN }, { PARSER_WORDS }] = await Promise.all([
      import('./zh-CN/index.js'),
      import('./zh-CN/command-line.js'),
    ]);
    return { catalogue: zhCN, parserWords: PARSER_WORDS };
  },
};

/** What `--lang` takes. */
export const LANGUAGES: readonly LanguageId[] = ['en', 'zh-CN'];

const loaded = new Map<LanguageId, Language>([[ENGLISH.id, ENGLISH]]);

/** Makes a language ready for `languageOf`. */
export async function loadLanguage(id: LanguageId): Promise<Language> {
  const language = loaded.get(id) ?? (id === 'en' ? ENGLISH : fromCatalogue(id, await CATALOGUES[id]()));
  loaded.set(id, language);
  return language;
}

/** A language that `loadLanguage` has made ready, or English. */
export function languageOf(id: LanguageId = 'en'): Language {
  const language = loaded.get(id);
  if (!language) throw new Error(`expected the language ${id} to be loaded`);
  return language;
}

function fromCatalogue(id: LanguageId, { catalogue, parserWords }: LoadedWords): Language {
  const translator = new Translator(catalogue);
  const find = (text: string, kind?: string): string | undefined => translator.translate(text, kind);
  return { id, find, say: (text, kind) => find(text, kind) ?? text, parserWords };
}
