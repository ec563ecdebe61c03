import { type DefaultTreeAdapterTypes, parse, parseFragment } from 'parse5';

type Node = DefaultTreeAdapterTypes.Node;

/**
 * A page's elements with the names of their attributes, by depth; neither texts nor values, nor comments.
 *
 * Of a drawing each kind of element once: which of its labels have room depends on how long they are.
 */
export function pageShape(page: string): string {
  return shapeOf(parse(page.replace(OWN, '<$1></$1>')), false);
}

/** The page's own style and script are the same bytes for each page, and large. */
const OWN = /<(style|script)>[\s\S]*?<\/\1>/;

/** The same of a piece of a page; text counts as there or not. */
export function fragmentShape(html: string): string {
  return shapeOf(parseFragment(html), true);
}

function shapeOf(root: Node, withText: boolean): string {
  const lines: string[] = [];
  const visit = (node: Node, depth: number): void => {
    if ('attrs' in node && !(withText && isBareSpan(node))) {
      lines.push(`${' '.repeat(depth)}${lineOf(node)}`);
      if (node.tagName === 'svg') {
        lines.push(...kindsIn(node));
        return;
      }
    } else if (withText && node.nodeName === '#text' && 'value' in node && node.value.trim() !== '') {
      if (lines.at(-1) !== TEXT) lines.push(TEXT);
    }
    if ('childNodes' in node) for (const child of node.childNodes) visit(child, depth + 1);
  };
  visit(root, 0);
  return lines.join('\n');
}

const TEXT = 'text';

/** What stands around a dollar sign in Markdown, and is not seen. */
function isBareSpan({ tagName, attrs }: DefaultTreeAdapterTypes.Element): boolean {
  return tagName === 'span' && attrs.length === 0;
}

function lineOf({ tagName, attrs }: DefaultTreeAdapterTypes.Element): string {
  return `${tagName} ${attrs.map(({ name }) => name).join(' ')}`;
}

function kindsIn(drawing: DefaultTreeAdapterTypes.Element): string[] {
  const kinds = new Set<string>();
  const visit = (node: Node): void => {
    if ('attrs' in node) kinds.add(lineOf(node));
    if ('childNodes' in node) node.childNodes.forEach(visit);
  };
  drawing.childNodes.forEach(visit);
  return [...kinds].sort();
}
