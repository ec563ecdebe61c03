import type { LineReader, SectionReader } from './format.js';

/** Runs a line-wise reader over the window's bytes. */
export function lineReader(reader: LineReader): SectionReader {
  return {
    read(window) {
      for (;;) {
        if (reader.takeKnown?.(window) === false) return;
        const text = window.peekLine();
        if (text === undefined) return;
        const taken = reader.line(text, window.line);
        if (taken === 'ignored') window.ignoreLine();
        else if (taken) window.skipLine();
        else return;
      }
    },
    end: (atEndOfFile) => {
      reader.end(atEndOfFile);
    },
    isUnfinished: () => reader.isUnfinished?.() ?? false,
    goesOnWith: (line) => reader.goesOnWith?.(line) ?? false,
  };
}
