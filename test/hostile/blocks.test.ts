import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Document } from '../../src/report/document.js';
import { renderHtml } from '../../src/report/outputs/html.js';
import { renderGithub } from '../../src/report/outputs/markup-github.js';
import { FUZZ_TIMEOUT, fuzzRuns } from '../fuzz/fuzz-runs.js';
import { attackText } from './attack-text.js';
import { attackedDocument } from './attacked-blocks.js';
import { pageShape } from './dom-shape.js';
import { markdownShape } from './markdown-shape.js';

describe('blocks with any text of a capture', () => {
  it(
    'are the same elements of HTML as with plain text',
    () => {
      expectSameShape(fc.sample(attackText, fuzzRuns(100_000)), 400, (document) => pageShape(renderHtml(document)));
    },
    FUZZ_TIMEOUT,
  );

  it(
    'are the same elements on paper',
    () => {
      const shape = (document: Document): string => pageShape(renderHtml(document, { print: true }));
      expectSameShape(fc.sample(attackText, fuzzRuns(2000)), 400, shape);
    },
    FUZZ_TIMEOUT,
  );

  it(
    'are the same elements of Markdown',
    () => {
      // Longer ones are left out for the room that a tracker has: test/report/markup.test.ts.
      const short = attackText.filter((text) => text.length < 60);
      const shape = (document: Document): string => markdownShape(renderGithub(document));
      expectSameShape(fc.sample(short, fuzzRuns(2000)), 22, shape);
    },
    FUZZ_TIMEOUT,
  );
});

/** Many texts to a page, since a page costs more than a text. */
function expectSameShape(texts: readonly string[], atOnce: number, shapeOf: (document: Document) => string): void {
  for (let start = 0; start < texts.length; start += atOnce) {
    const some = texts.slice(start, start + atOnce);
    const plain = some.map(() => 'plain');
    if (shapeOf(attackedDocument(some)) === plainShape(plain.length, shapeOf)) continue;
    // Which of them it was, in the place where it stood.
    for (const [index, text] of some.entries()) {
      const alone = plain.with(index, text);
      expect(shapeOf(attackedDocument(alone)), JSON.stringify(text)).toBe(plainShape(plain.length, shapeOf));
    }
    expect.unreachable(`these together: ${JSON.stringify(some)}`);
  }
}

const plainShapes = new Map<(document: Document) => string, Map<number, string>>();

function plainShape(count: number, shapeOf: (document: Document) => string): string {
  const known = plainShapes.get(shapeOf) ?? new Map<number, string>();
  plainShapes.set(shapeOf, known);
  const shape = known.get(count) ?? shapeOf(attackedDocument(Array.from({ length: count }, () => 'plain')));
  known.set(count, shape);
  return shape;
}
