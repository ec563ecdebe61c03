import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { PACKAGE_FOLDER } from '../../own-files.js';

/**
 * The page's own fonts, so that a report looks the same on every machine, a container without any font included.
 * Static cuts: Chromium puts variable fonts into a PDF as pictures of letters.
 */
const FONTS = [
  { family: 'Inter', weight: 400, file: '@fontsource/inter/files/inter-latin-400-normal.woff2' },
  { family: 'Inter', weight: 600, file: '@fontsource/inter/files/inter-latin-600-normal.woff2' },
  {
    family: 'JetBrains Mono',
    weight: 400,
    file: '@fontsource/jetbrains-mono/files/jetbrains-mono-latin-400-normal.woff2',
  },
  // A weight that is missing is drawn by the browser, and then is no font in a PDF.
  {
    family: 'JetBrains Mono',
    weight: 600,
    file: '@fontsource/jetbrains-mono/files/jetbrains-mono-latin-600-normal.woff2',
  },
] as const;

/** The rules for the fonts, with the fonts in them. */
export function fontFaces(): string {
  const { resolve } = createRequire(PACKAGE_FOLDER);
  return FONTS.map(({ family, weight, file }) => {
    const data = readFileSync(resolve(file)).toString('base64');
    return `@font-face{font-family:"${family}";font-weight:${weight};src:url(data:font/woff2;base64,${data}) format("woff2")}\n`;
  }).join('');
}
