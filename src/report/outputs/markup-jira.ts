import type { Document } from '../document.js';
import { type Markup, renderMarkup } from './markup.js';

/** A document in Jira's wiki notation. */
export function renderJira(document: Document): string {
  return renderMarkup(document, jiraMarkup);
}

/**
 * The wiki notation of Jira, old and new. Sources: "Text Formatting Notation Help" of Jira; for Jira Cloud, the parser
 * in the package @atlaskit/editor-wikimarkup-transformer, with its list of what a backslash escapes.
 *
 * Cloud shows numeric entities as they stand, Data Center as the character: they are only for what a backslash cannot
 * escape in both.
 */
const jiraMarkup: Markup = {
  limit: 32_767,
  escape: escaped,
  code: (text) => `{{${firm(text)}}}`,
  strong: (text) => `*${firm(text)}*`,
  heading: (level, marked) => `h${Math.min(level, 6)}. ${marked}`,
  item: (depth, marked) => `${'*'.repeat(depth + 1)} ${marked}`,
  preformatted: (lines) =>
    ['{noformat}', ...lines.map((line) => line.replace(NOFORMAT, '{ ')), '{noformat}'].join('\n'),
  table: (columns, rows) =>
    [
      `||${columns.map(({ label }) => filled(label)).join('||')}||`,
      ...rows.map((cells) => `|${cells.map(filled).join('|')}|`),
    ].join('\n'),
};

/** Two marks with nothing between them are another mark. */
function filled(cell: string): string {
  return cell === '' ? ' ' : cell;
}

function escaped(text: string): string {
  const lastClosing = text.lastIndexOf(']');
  return text.replace(MARKS, (mark, offset: number) => {
    // In a table of Cloud, a link goes on to the next cell, whatever stands before its bracket.
    const isOpen = mark === '[' && offset > lastClosing;
    if (!isOpen && !ENTITIES.test(mark)) return `\\${mark}`;
    if (mark === ':' && !beginsAddress(text, offset) && !FACE.test(text.slice(offset, offset + 4))) return mark;
    return `${mark.slice(0, -1)}&#${mark.charCodeAt(mark.length - 1)};`;
  });
}

/** Whether the colon at `offset` makes a link of what stands around it. */
function beginsAddress(text: string, offset: number): boolean {
  return text.startsWith('//', offset + 1) || SCHEMES.test(text.slice(Math.max(0, offset - LONGEST_SCHEME), offset));
}

/** What stands between two marks must not begin or end in a blank. */
function firm(text: string): string {
  return escaped(text.replace(/^ | $/g, '\u00a0'));
}

const MARKS = new RegExp(
  [
    /[#*^~!@{}[\]|]/,
    /\?(?=\?)|(?<=\?)\?/,
    /\+(?!\d)/,
    // Inside a word they are no marks. Letters, a dash and digits are the key of an issue.
    /(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/,
    /(?<![a-z]|(?:^|[^\w-])\d[\d-]{0,12})-|-(?![A-Za-z0-9])/,
    // Emoticons.
    /\((?=(?:[ixyn/]|on|off|flag|flagoff)\))|(?<=[:;|\\&-])[()]/,
    /:/,
    // Before a letter or a digit it is one.
    /\\(?![A-Za-z0-9])|(?<=\\)\\/,
    /&(?=#?\w{1,31};)/,
    // "h1." and "bq." begin a line.
    /^ *(?:h[1-6]|bq)\./,
  ]
    .map(({ source }) => source)
    .join('|'),
  'g',
);

const ENTITIES = /^[|:\\&]$|\.$/;

const SCHEMES = /(?:mailto|file|news|callto|skype|irc|tel)$/i;
const LONGEST_SCHEME = 6;
const FACE = /^:-?[DPp](?![A-Za-z0-9])/;

const NOFORMAT = /\{(?=noformat)/gi;
