import type { LineReader, SectionReader } from './format.js';

/** Runs a line-wise reader over the window's bytes. */
export function lineReader(reader: LineReader): SectionReader {
  return {
    read(window) {
      for (let text = window.peekLine(); text !== undefined; text = window.peekLine()) {
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
