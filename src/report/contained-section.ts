import { strong, text } from './cells.js';
import type { Block, Section } from './document.js';
import { withToldColumns } from './told-columns.js';

/** A section with its blocks: none where it has nothing to say, and a note in its place where it throws. */
export function containedSection(
  section: { id: string; title: string },
  prefix: string,
  build: () => readonly Block[],
): Section[] {
  const { id, title } = section;
  try {
    const blocks = build().map(withToldColumns);
    return blocks.length === 0 ? [] : [{ id: prefix + id, title, blocks, sections: [] }];
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const parts = [
      strong('section-failed: '),
      text(`this section could not be made (${reason}). The others are whole.`),
    ];
    return [{ id: prefix + id, title, blocks: [{ type: 'note', tone: 'error', parts }], sections: [] }];
  }
}
