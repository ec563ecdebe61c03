import { baseName, moduleOffset, type StackFrame, siteOf } from './leaks.js';
import { visible } from './problem.js';

/** Where a stack points to in the user's code: "main (leak-example.c:6)", as much of it as is known. */
export function siteText(frames: readonly StackFrame[]): string {
  const site = siteOf(frames);
  if (!site) return 'an unknown place';
  const file = site.file === undefined ? undefined : baseName(site.file);
  const line = file === undefined || site.line === undefined ? file : `${file}:${site.line}`;
  const place = line ?? (site.module === undefined ? undefined : baseName(site.module));
  const offset = site.symbol === undefined && line === undefined ? moduleOffset(site) : undefined;
  if (offset !== undefined) return shown(offset);
  const name = site.symbol ?? (site.address === undefined ? undefined : `0x${site.address}`);
  return shown(name === undefined ? (place ?? 'an unknown place') : place === undefined ? name : `${name} (${place})`);
}

function shown(text: string): string {
  const clean = visible(text);
  return clean.length > LONGEST ? `${clean.slice(0, LONGEST - 1)}…` : clean;
}

/** C++ symbols reach thousands of characters; a sentence cannot. */
const LONGEST = 160;
