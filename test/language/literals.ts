import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const SRC = fileURLToPath(new URL('../../src/', import.meta.url));

/** Words of the source, with where they stand; holes of template literals are `{1}`, `{2}` … */
export interface Literal {
  readonly place: string;
  /** The name of the property that it is given to; "" for others. */
  readonly property: string;
  readonly text: string;
}

/** The texts for people in the files of `folders`: what has a space between words, and what stands where only words stand. */
export function literalsIn(folders: readonly string[], without: (path: string) => boolean = () => false): Literal[] {
  const found: Literal[] = [];
  for (const folder of folders) {
    const paths = folder.endsWith('.ts')
      ? [folder]
      : readdirSync(SRC + folder, { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`);
    for (const path of paths.sort()) {
      if (!path.endsWith('.ts') || without(path)) continue;
      const tree = ts.createSourceFile(path, readFileSync(SRC + path, 'utf8'), ts.ScriptTarget.ESNext, true);
      found.push(...literalsOf(tree, path));
    }
  }
  return found;
}

/** Properties and functions whose texts are words, however short. */
const WORDS = new Set([
  'label',
  'title',
  'caption',
  'explanation',
  'noun',
  'empty',
  'term',
  'word',
  'words',
  'brief',
  'manner',
  'sentence',
]);
const CALLS = new Set(['text', 'strong', 'say', 'add']);
/** Properties and functions whose texts are read by no person. */
const NO_WORDS = new Set([
  'also',
  'dumpsys',
  'class',
  'type',
  'source',
  'd',
  'look',
  'id',
  'align',
  'shape',
  'tone',
  'code',
  'rule',
  'viewBox',
  'transform',
  'specification',
  'howToCapture',
  'url',
  'property',
]);
const NO_CALLS = new Set([
  'has',
  'get',
  'set',
  'includes',
  'startsWith',
  'endsWith',
  'split',
  'join',
  'indexOf',
  'replace',
  'replaceAll',
  'element',
  'lastIndexOf',
  'resolve',
  'URL',
  'RegExp',
  'code',
]);

function literalsOf(tree: ts.SourceFile, path: string): Literal[] {
  const found: Literal[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isTypeNode(node)) return;
    const text = textOf(node);
    if (text !== undefined) {
      const outer = outermost(node);
      if (outer === node && isForPeople(node, text)) {
        const line = tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1;
        found.push({ place: `src/${path}:${line}`, property: contextOf(node).property, text });
      }
      if (ts.isTemplateExpression(node)) ts.forEachChild(node, visit);
      if (ts.isBinaryExpression(node)) holesOf(node).forEach(visit);
      return;
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

/** Of a literal, a template, or literals added to each other. */
function textOf(node: ts.Node): string | undefined {
  const parts = partsOf(node);
  if (parts === undefined) return undefined;
  let hole = 0;
  return parts.map((part) => (typeof part === 'string' ? part : `{${++hole}}`)).join('');
}

function partsOf(node: ts.Node): (string | ts.Node)[] | undefined {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return [node.text];
  if (ts.isTemplateExpression(node)) {
    return [node.head.text, ...node.templateSpans.flatMap((span) => [span.expression, span.literal.text])];
  }
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    const left = partsOf(node.left);
    const right = partsOf(node.right);
    if (!left && !right) return undefined;
    return [...(left ?? [node.left]), ...(right ?? [node.right])];
  }
  return undefined;
}

function holesOf(node: ts.Node): ts.Node[] {
  return (partsOf(node) ?? []).filter((part): part is ts.Node => typeof part !== 'string');
}

function outermost(node: ts.Node): ts.Node {
  const { parent } = node;
  return ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.PlusToken
    ? outermost(parent)
    : node;
}

function isForPeople(node: ts.Node, text: string): boolean {
  const bare = text.replace(/\{\d+\}/g, '');
  if (!/[a-z]{2}/i.test(bare)) return false;
  const { property, call, isCompared } = contextOf(node);
  if (isCompared || NO_WORDS.has(property) || NO_CALLS.has(call)) return false;
  return /[A-Za-z,.;:] |^ | $/.test(text) || WORDS.has(property) || CALLS.has(call);
}

function contextOf(node: ts.Node): { property: string; call: string; isCompared: boolean } {
  let at = node;
  for (;;) {
    const { parent } = at;
    if (ts.isPropertyAssignment(parent))
      return { property: parent.name.getText(), call: '', isCompared: parent.name === at };
    if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) {
      const { expression } = parent;
      const call = ts.isPropertyAccessExpression(expression) ? expression.name.text : expression.getText();
      return { property: '', call, isCompared: expression === at };
    }
    if (
      ts.isBinaryExpression(parent) &&
      parent.operatorToken.kind !== ts.SyntaxKind.PlusToken &&
      parent.operatorToken.kind !== ts.SyntaxKind.QuestionQuestionToken
    ) {
      return { property: '', call: '', isCompared: true };
    }
    if (ts.isElementAccessExpression(parent) || ts.isCaseClause(parent) || ts.isLiteralTypeNode(parent))
      return { property: '', call: '', isCompared: true };
    if (
      ts.isStatement(parent) ||
      ts.isSourceFile(parent) ||
      ts.isVariableDeclaration(parent) ||
      ts.isFunctionLike(parent)
    )
      return { property: '', call: '', isCompared: false };
    if (ts.isConditionalExpression(parent) && parent.condition === at)
      return { property: '', call: '', isCompared: true };
    at = parent;
  }
}
