import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import Handlebars from 'handlebars';
import { PACKAGE_FOLDER } from '../../own-files.js';
import type { Document } from '../document.js';
import { languageOf } from '../language/languages.js';
import { chineseFontFaces } from './chinese-fonts.js';
import { fontFaces } from './fonts.js';
import { documentView } from './html-view.js';
import type { TableCell } from './medium.js';

/** How a page is to be made. */
export interface HtmlOptions {
  /** For paper: long tables are cut and say so, no script, always light. */
  readonly print?: boolean;
  /** More rules for fonts, with the fonts in them. */
  readonly fontFaces?: string;
  /** `none`: the fonts of the reader's machine, so that the page is a third as large; default those of the report. */
  readonly fonts?: 'none';
}

/**
 * A document as one page, as `renderHtml` makes it, with a font for the Chinese characters in it: those of its own
 * words, or of names in captures.
 */
export async function renderHtmlWithFonts(document: Document, options: HtmlOptions = {}): Promise<string> {
  const page = renderHtml(document, options);
  const fontFaces = await chineseFontFaces(page, options.print ? 'truetype' : 'woff2');
  return fontFaces === '' ? page : renderHtml(document, { ...options, fontFaces });
}

/**
 * A document as one self-contained page: no network, no other file, readable without its script.
 *
 * What came from a capture is escaped by the templates; charts escape what they write. The page's own policy
 * (default-src 'none', hashes for its one style and one script) is the net below.
 */
export function renderHtml(document: Document, options: HtmlOptions = {}): string {
  const print = options.print ?? false;
  const { page, cellElement, fonts, css: sheet, js } = templates();
  const css = (options.fontFaces ?? '') + (options.fonts === 'none' ? '' : fonts) + sheet + pageNumbers(document);
  const script = print ? '' : js;
  return page({
    ...documentView(document, { print, cellElement }),
    css,
    script,
    policy: policyOf(css, script),
    look: print ? 'paper' : 'screen',
  });
}

/** The style sheet has them in English: a page of paper knows no element, and thus no language. */
function pageNumbers({ language }: Document): string {
  const { id, say } = languageOf(language);
  if (id === 'en') return '';
  const [before = '', between = '', after = ''] = say('Page {1} of {2}').split(/\{[12]\}/);
  const content = `"${before}" counter(page) "${between}" counter(pages) "${after}"`;
  return `@page{@bottom-right{font-family:Inter,"Noto Sans SC",sans-serif;content:${content}}}\n`;
}

interface Templates {
  readonly page: (view: object) => string;
  readonly cellElement: (cell: TableCell) => string;
  /** The rules for the fonts of the report, with the fonts in them. */
  readonly fonts: string;
  readonly css: string;
  readonly js: string;
}

/** One script, in the order of its parts. */
const SCRIPTS = ['report.js', 'chart-reading.js'];

const FOLDER = new URL('templates/', PACKAGE_FOLDER);

let loaded: Templates | undefined;

/** The templates, read and compiled once. */
function templates(): Templates {
  loaded ??= loadTemplates();
  return loaded;
}

/** In templates/styles; later ones outrank earlier ones. */
const STYLES = [
  'page',
  'values',
  'verdicts',
  'tables',
  'table-tools',
  'evidence',
  'charts',
  'address-space',
  'call-stacks',
  'phone',
  'paper',
  'paper-blocks',
] as const;

function loadTemplates(): Templates {
  const handlebars = Handlebars.create();
  for (const name of ['cell', 'cells', 'table-cell', 'section'])
    handlebars.registerPartial(name, readTemplate(`${name}.hbs`));
  for (const file of readdirSync(new URL('blocks/', FOLDER)).sort()) {
    if (file.endsWith('.hbs'))
      handlebars.registerPartial(file.slice(0, -'.hbs'.length), readTemplate(`blocks/${file}`));
  }
  const strict = { strict: true, knownHelpersOnly: true, preventIndent: true };
  const page = handlebars.compile<object>(readTemplate('report.hbs'), strict);
  const cellElement = handlebars.compile<TableCell>('{{> table-cell}}', strict);
  return {
    page,
    cellElement,
    fonts: fontFaces(),
    css: STYLES.map((name) => readTemplate(`styles/${name}.css`)).join('\n'),
    js: SCRIPTS.map(readTemplate).join(''),
  };
}

function readTemplate(name: string): string {
  return readFileSync(new URL(name, FOLDER), 'utf8');
}

function policyOf(css: string, script: string): string {
  const scripts = script === '' ? "'none'" : hashOf(script);
  return `default-src 'none'; style-src ${hashOf(css)}; script-src ${scripts}; img-src data:; font-src data:; base-uri 'none'; form-action 'none'`;
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`;
}
