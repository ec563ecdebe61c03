import type { LineReader, SectionReader } from './format.js';

/** Runs a line-wise reader over the window's bytes. */
export function lineReader(reader: LineReader): SectionReader {
  return {
    read(window) {
      for (let text = window.peekLine(); text !== undefined; text = window.peekLine()) {
        if (!reader.line(text, window.line)) return;
        window.skipLine();
      }
    },
    end: (atEndOfFile) => {
      reader.end(atEndOfFile);
    },
  };
}
