/**
 * Texts of one kind, English and in another language, with holes: `{1}` stands for a name, a number or a cell, which
 * is kept as it is; `{1:kind}` for words of ours, which are looked up among the texts of that kind. A hole of words
 * may be empty, one of data not. A full stop at the end is no part of the text.
 */
export type Entries = readonly (readonly [english: string, other: string])[];

/**
 * Words of the parser of command lines by what it calls them, with `%s` and `%d` for data.
 * Source: locales/en.json of yargs
 */
export type ParserWords = Readonly<Record<string, string | { readonly one: string; readonly other: string }>>;

/** The texts of a language by kind; `texts` are those that stand for themselves. */
export type Catalogue = Readonly<Record<string, Entries>> & { readonly texts: Entries };
