import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import Handlebars from 'handlebars';
import type { Document } from '../document.js';
import { fontFaces } from './fonts.js';
import { documentView } from './html-view.js';

/** How a page is to be made. */
export interface HtmlOptions {
  /** For paper: long tables are cut and say so, no script, always light. */
  readonly print?: boolean;
}

/**
 * A document as one self-contained page: no network, no other file, readable without its script.
 *
 * What came from a capture is escaped by the templates; charts escape what they write. The page's own policy
 * (default-src 'none', hashes for its one style and one script) is the net below.
 */
export function renderHtml(document: Document, options: HtmlOptions = {}): string {
  const print = options.print ?? false;
  const { page, css, js } = templates();
  const script = print ? '' : js;
  return page({
    ...documentView(document, print),
    css,
    script,
    policy: policyOf(css, script),
    look: print ? 'paper' : 'screen',
  });
}

interface Templates {
  readonly page: (view: object) => string;
  readonly css: string;
  readonly js: string;
}

const FOLDER = new URL('../../../templates/', import.meta.url);

let loaded: Templates | undefined;

/** The templates, read and compiled once. */
function templates(): Templates {
  loaded ??= loadTemplates();
  return loaded;
}

function loadTemplates(): Templates {
  const handlebars = Handlebars.create();
  for (const name of ['cell', 'cells', 'section']) handlebars.registerPartial(name, readTemplate(`${name}.hbs`));
  for (const file of readdirSync(new URL('blocks/', FOLDER)).sort()) {
    if (file.endsWith('.hbs'))
      handlebars.registerPartial(file.slice(0, -'.hbs'.length), readTemplate(`blocks/${file}`));
  }
  const page = handlebars.compile<object>(readTemplate('report.hbs'), {
    strict: true,
    knownHelpersOnly: true,
    preventIndent: true,
  });
  return { page, css: `${fontFaces()}${readTemplate('report.css')}`, js: readTemplate('report.js') };
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
