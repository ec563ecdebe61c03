import type { CaptureFormat } from './format.js';

const tests = new WeakMap<readonly CaptureFormat[], (line: string) => boolean>();

/**
 * Tells lines with which no format's section can begin from those with which one may: by far the most lines of a bug
 * report are such, and to ask every recognizer about each takes ten times as long. Where a format does not tell its
 * first lines, all may be.
 */
export function firstLineTest(formats: readonly CaptureFormat[]): (line: string) => boolean {
  const known = tests.get(formats);
  if (known) return known;
  const made = testOf(formats.map(({ firstLine }) => firstLine));
  tests.set(formats, made);
  return made;
}

function testOf(patterns: readonly (RegExp | undefined)[]): (line: string) => boolean {
  if (patterns.includes(undefined)) return () => true;
  const told = [...new Set(patterns.map((pattern) => pattern?.source ?? ''))];
  // An alternation of which all parts are anchored is tried at one place only.
  const [anchored, anywhere] = [true, false].map((isAnchored) => {
    const sources = told.filter((source) => source.startsWith('^') === isAnchored);
    return sources.length === 0 ? undefined : new RegExp(sources.map((source) => `(?:${source})`).join('|'));
  });
  return (line) => {
    const start = line.length > LOOKED_AT ? line.slice(0, LOOKED_AT) : line;
    return (anchored?.test(start) ?? false) || (anywhere?.test(start) ?? false);
  };
}

/** As much as recognizers see. */
const LOOKED_AT = 4096;
