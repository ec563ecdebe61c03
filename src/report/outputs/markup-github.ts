import type { Document } from '../document.js';
import { type Markup, renderMarkup } from './markup.js';

/** A document as GitHub's Markdown. */
export function renderGithub(document: Document): string {
  return renderMarkup(document, githubMarkup);
}

/**
 * GitHub's and GitLab's Markdown. Sources: the GFM specification 0.29; docs.github.com, "Basic writing and formatting
 * syntax", "Writing mathematical expressions"; https://github.com/github/cmark-gfm/issues/181
 *
 * A backslash stands before what would be markup where it stands. Mentions, references, emoji and bare addresses are
 * looked for in the text that is shown, where no backslash is left: an empty comment breaks them.
 */
const githubMarkup: Markup = {
  limit: 65_536,
  escape: escaped,
  code: (text) => (text.includes('|') ? `<code>${escaped(text)}</code>` : codeSpan(text)),
  strong: (text) => (PLAIN_ENDS.test(text) ? `**${escaped(text)}**` : `<strong>${escaped(text)}</strong>`),
  heading: (level, marked) => `${'#'.repeat(Math.min(level, 6))} ${marked}`,
  item: (depth, marked) => `${'  '.repeat(depth)}- ${marked}`,
  preformatted(lines) {
    const fence = '`'.repeat(Math.max(3, longestRun(lines.join('\n')) + 1));
    return [fence, ...lines, fence].join('\n');
  },
  table: (columns, rows) =>
    [
      `| ${columns.map(({ label }) => label).join(' | ')} |`,
      `| ${columns.map(({ right }) => (right ? '---:' : '---')).join(' | ')} |`,
      ...rows.map((cells) => `| ${cells.join(' | ')} |`),
    ].join('\n'),
};

function escaped(text: string): string {
  return text.replace(MARKS, (mark) => {
    // In a table, a backslash before it would be needed even in code, and seen there.
    if (mark === '|') return '&#124;';
    // The documented way; with a backslash it may still begin a formula.
    if (mark === '$') return '<span>$</span>';
    if (COMMENTED.test(mark)) return `${mark}<!-- -->`;
    return mark.length === 1 ? `\\${mark}` : `${mark.slice(0, -1)}\\${mark.slice(-1)}`;
  });
}

/** Stand as they are, with a comment behind them. */
const COMMENTED = /^(?:[@#:]|\w{2,})$/;

const MARKS = new RegExp(
  [
    // Marks that may open something anywhere.
    /[|$*~`[]/,
    /\\(?![a-z0-9 ])/,
    /<(?! )/,
    /&(?=[#\w])/,
    /(?<![a-z0-9])_|_(?![a-z0-9])/,
    // GitLab's milestones, merge requests, and inline differences.
    /[%!](?=[\w"])|\{(?=[+-])/,
    // Lists, quotes and rules begin a line.
    /^ *(?:[>=]|[-+](?=[ -]|$))/,
    /^ *\d{1,9}[.)](?= |$)/,
    // Mentions, references, emoji, addresses, and hashes of commits.
    /[@#]/,
    /:(?=(?!\d{1,2}:)[\w+-]{1,40}:)/,
    /\bGH(?=-)/,
    /(?:https?|ftp)(?=:)/,
    /www(?=\.)/,
    /\b(?=\d*[a-f])[0-9a-f]{6}(?=[0-9a-f]{1,58}\b)/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'gi',
);

/** Between these, two asterisks are strong whatever stands around them. */
const PLAIN_ENDS = /^[\p{L}\p{N}](?:.*[\p{L}\p{N}])?$/u;

function codeSpan(text: string): string {
  const fence = '`'.repeat(longestRun(text) + 1);
  const pad = text.startsWith('`') || text.endsWith('`') || /^ .*[^ ].* $/.test(text) ? ' ' : '';
  return `${fence}${pad}${text}${pad}${fence}`;
}

function longestRun(text: string): number {
  return (text.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 0);
}
