import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { fragmentShape } from './dom-shape.js';

/** The elements of the page that GitHub makes of Markdown, with the names of their attributes. */
export function markdownShape(text: string): string {
  return fragmentShape(markdownPage(text));
}

export function markdownPage(text: string): string {
  return micromark(text, { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true });
}
