import { beforeAll, describe, expect, it } from 'vitest';
import { compare } from '../../src/compare/compare.js';
import type { Analysis } from '../../src/model/analysis.js';
import type { Comparison } from '../../src/model/comparison.js';
import { composeComparison } from '../../src/report/compose-comparison.js';
import { renderHtml } from '../../src/report/outputs/html.js';
import { analysisOf, CLEAN, growing, KIB, type ProgramSketch } from '../compare/build-analysis.js';
import { emptyAnalysis, fixtureAnalysis, HOSTILE } from './fixture-analysis.js';

function compared(before: Analysis, after: Analysis): Comparison {
  return compare({ analysis: before, source: 'captures' }, { analysis: after, source: 'report' });
}

/** The visible text of a page, blanks folded. */
function textOf(comparison: Comparison): string {
  const page = renderHtml(composeComparison(comparison));
  const body = page.slice(page.indexOf('<header'), page.lastIndexOf('<script>'));
  return body
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/ ([.;,])/g, '$1');
}

const held = (bytes: number): number[] => Array.from({ length: 25 }, () => bytes * KIB);
const program = (sketch: ProgramSketch): Analysis => analysisOf(sketch);

describe('the report of a comparison', () => {
  let page = '';
  beforeAll(() => {
    const before = program({
      held: held(100),
      verdict: growing(60 * KIB),
      leaks: [{ path: ['old', 'main'] }],
      memcheck: {},
    });
    const after = program({ held: held(900), verdict: CLEAN, leaks: [{ path: ['new', 'main'] }], memcheck: {} });
    page = textOf(compared(before, after));
  });

  it('begins with what changed', () => {
    expect(page).toMatch(
      /What changed sensord leaks no more; it grew by 60 KiB\/h; 1 new leak: new \(new\.c:7\); 1 leak gone/,
    );
  });

  it('says how long each side was watched, and what would have been seen', () => {
    expect(page).toContain(
      'Before: grows in a straight line ( 25 samples over 24 min ). After: stays flat ( 25 samples over 24 min ).',
    );
    expect(page).toContain('Looks repaired.');
    expect(page).toContain('At the rate before it would have grown by 24 KiB meanwhile.');
  });

  it('shows the stack of what is new, and what it resembles', () => {
    expect(page).toContain('Resembles old (old.c:7) (gone): the same call path but for one function; perhaps renamed.');
  });

  it('does not call a program repaired without doubt that was watched for less', () => {
    const before = program({ held: held(100), verdict: growing(60 * KIB) });
    const after = program({ held: held(100).slice(0, 9), verdict: CLEAN });
    expect(textOf(compared(before, after))).toContain('Perhaps repaired, but watched less than before.');
  });

  it('tells what is more than noise', () => {
    const text = textOf(
      compared(program({ held: held(100), verdict: CLEAN }), program({ held: held(300), verdict: CLEAN })),
    );
    expect(text).toContain('sensord holds 200 KiB more.');
    expect(text).toContain('Its unreclaimable memory rose by 200 KiB; up to 4 KiB would be noise.');
  });

  it('of things that are the same says so, and has no empty table', () => {
    const text = textOf(compared(fixtureAnalysis(), fixtureAnalysis()));
    expect(text).toMatch(/No difference[.;]/);
    expect(text).not.toMatch(/worse|better|NaN|undefined|Infinity/);
  });

  it('of nothing is a page', () => {
    expect(textOf(compared(emptyAnalysis(), emptyAnalysis()))).toContain('No difference.');
  });

  it('escapes what captures say', () => {
    const analysis = (bytes: number): Analysis => ({
      ...analysisOf({
        device: HOSTILE,
        command: HOSTILE,
        held: held(bytes),
        verdict: CLEAN,
        mappings: [{ label: HOSTILE, kind: 'file', growth: 0, privateBytes: bytes * KIB }],
        leaks: bytes > 500 ? [{ path: [HOSTILE, 'main'] }] : [],
        errors: bytes > 500 ? [{ kind: HOSTILE, message: HOSTILE }] : [],
        memcheck: {},
      }),
      captures: [HOSTILE],
    });
    const html = renderHtml(composeComparison(compared(analysis(100), analysis(900))));
    expect(html).toContain('&lt;script&gt;alert(1)');
    expect(html).not.toContain('<script>alert(1)');
    expect(html).not.toContain('\u202e');
  });

  it('stands where one of its sections throws', () => {
    const broken = {
      id: 'broken',
      title: 'Broken',
      build: () => {
        throw new Error('on purpose');
      },
    };
    const document = composeComparison(compared(emptyAnalysis(), emptyAnalysis()), [broken]);
    expect(renderHtml(document)).toContain('on purpose');
  });
});
