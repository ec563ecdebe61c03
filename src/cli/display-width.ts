/** How many columns of a terminal a text takes: a Chinese, Japanese or Korean character takes two. */
export function displayWidth(text: string): number {
  return text.length + (text.match(WIDE_IN_ONE)?.length ?? 0);
}

/** As much of a text as goes into `columns` columns. */
export function cutToWidth(text: string, columns: number): string {
  let width = 0;
  let end = 0;
  for (const character of text) {
    width += displayWidth(character);
    if (width > columns) break;
    end += character.length;
  }
  return text.slice(0, end);
}

/** A text with blanks behind it, or before it, up to a width. */
export function padded(text: string, columns: number, isRight: boolean): string {
  const blanks = ' '.repeat(Math.max(0, columns - displayWidth(text)));
  return isRight ? blanks + text : text + blanks;
}

// Source: East Asian Width W and F of Unicode; those beyond U+FFFF have two code units, as many as they take columns.
const WIDE_IN_ONE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/g;
