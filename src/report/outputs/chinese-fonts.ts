import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { PACKAGE_FOLDER } from '../../own-files.js';

/**
 * The characters that a page's own Latin fonts lack and Noto Sans SC has: ideographs, kana, their punctuation, and
 * full-width forms. Hangul is in none of the fonts.
 */
const RANGES = ['2e80-2fdf', '3000-30ff', '3105-312f', '3200-4dbf', '4e00-9fff', 'f900-faff', 'fe30-fe4f', 'ff00-ffef'];
const CHARACTERS = new RegExp(`[${RANGES.map(escapedRange).join('')}]`, 'gu');

const WEIGHTS = [400, 600] as const;

/**
 * The rules for a font with exactly the Chinese characters of a page, each once in both weights; empty where it has
 * none. What is no such character is drawn by the other fonts. The same page gives the same bytes.
 * `woff2` is half as large as `truetype` and takes ten times as long: for pages that are kept.
 */
export async function chineseFontFaces(page: string, format: FontFormat = 'woff2'): Promise<string> {
  const characters = [...new Set(page.match(CHARACTERS))].sort().join('');
  if (characters === '') return '';
  const key = `${format} ${characters}`;
  const faces = recent.get(key) ?? facesOf(characters, format);
  recent.set(key, faces);
  const [oldest] = recent.keys();
  if (recent.size > MOST_RECENT && oldest !== undefined) recent.delete(oldest);
  return faces;
}

type FontFormat = 'woff2' | 'truetype';

/** Tickets of one kind have the same characters, and their fonts take half a second to make. */
const recent = new Map<string, Promise<string>>();
const MOST_RECENT = 32;

async function facesOf(characters: string, format: FontFormat): Promise<string> {
  const { default: subsetFont } = await import('subset-font');
  const { resolve } = createRequire(PACKAGE_FOLDER);
  let faces = '';
  for (const weight of WEIGHTS) {
    const file = resolve(`@fontsource/noto-sans-sc/files/noto-sans-sc-chinese-simplified-${weight}-normal.woff`);
    const font = await subsetFont(readFileSync(file), characters, { targetFormat: format, noLayoutClosure: true });
    const data = Buffer.from(font).toString('base64');
    faces += `@font-face{font-family:"Noto Sans SC";font-weight:${weight};unicode-range:${UNICODE_RANGE};src:url(data:font/${format};base64,${data}) format("${format}")}\n`;
  }
  return faces;
}

const UNICODE_RANGE = RANGES.map((range) => `U+${range.toUpperCase()}`).join(',');

function escapedRange(range: string): string {
  return range
    .split('-')
    .map((code) => `\\u{${code}}`)
    .join('-');
}
