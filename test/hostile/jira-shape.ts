/**
 * The marks of Jira's wiki notation in a text, line by line: what is left of it without what a backslash or an entity
 * makes plain. Inside of {noformat} there are none.
 *
 * Source: "Text Formatting Notation Help" of Jira; which characters a backslash makes plain: the parser in
 * @atlaskit/editor-wikimarkup-transformer
 */
export function jiraShape(notation: string): string {
  const plain = notation
    .replace(NOFORMAT, '{noformat}')
    .replace(ESCAPED, 'x')
    .replace(/&#\d+;/g, 'x');
  return plain
    .split('\n')
    .map((line) => `${/^h[1-6]\. /.exec(line)?.[0] ?? ''}${line.replace(NO_MARK, '')}`)
    .join('\n');
}

const NOFORMAT = /^\{noformat\}$[\s\S]*?^\{noformat\}$/gm;
const ESCAPED = /(?<!\\)\\[-#*_+?^~|%{}[\]()!@]/g;
/** Letters and all that is no mark; nor are "_", "-" and "+" inside of a word. */
const NO_MARK = /(?<=[a-z0-9])[-_](?=[a-z0-9])|\+(?=\d)|\?(?!\?)|:(?!\/\/)|[^-#*_+^~|{}[\]!@?:\\]|\\(?=[a-z0-9])/gi;
