import { readFileSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { fileURLToPath } from 'node:url';

/** `file:///…/x.js:LINE:COLUMN`, as stack traces name a place in a module. */
const PLACE = /(file:\/\/[^\s()]+\.js):(\d+):(\d+)/g;

/**
 * A stack trace with the places in the sources, for those in files that the build made of them. Only here and not by
 * Node itself (--enable-source-maps), which would read all maps at each start.
 */
export function inSources(trace: string): string {
  return trace.replace(PLACE, (place, url: string, line: string, column: string) => {
    const map = mapOf(url);
    const found = map?.findEntry(Number(line) - 1, Number(column) - 1);
    if (!found || !('originalSource' in found)) return place;
    return `${found.originalSource.replace(/^(\.\.\/)+/, '')}:${found.originalLine + 1}:${found.originalColumn + 1}`;
  });
}

function mapOf(url: string): SourceMap | undefined {
  try {
    return new SourceMap(JSON.parse(readFileSync(fileURLToPath(`${url}.map`), 'utf8')) as SourceMapPayload);
  } catch {
    // It was not built, or its map is not there.
    return undefined;
  }
}
