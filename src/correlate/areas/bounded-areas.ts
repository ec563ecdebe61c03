import { type DraftArea, merge } from './draft-areas.js';

/** Areas that are never merged with others, but for those that must be: what nobody can look at as a drawing. */
const MOST_KEPT = 60;
/** Places where merged areas are cut: at the largest holes between them. */
const MOST_CUTS = 28;
/** What a drawing bears; 60 areas kept, 61 between them, 28 cuts. */
export const MOST_AREAS = 150;

/**
 * At most MOST_AREAS of them: those that weigh most stay as they are, what lies between is put together, but not
 * over the largest holes.
 */
export function boundedAreas(areas: readonly DraftArea[]): DraftArea[] {
  if (areas.length <= MOST_AREAS) return [...areas];
  const kept = new Set(areas.toSorted((a, b) => weightOf(b) - weightOf(a)).slice(0, MOST_KEPT));
  const cuts = new Set(
    areas
      .map((area, index) => ({ area, hole: area.from - (areas[index - 1]?.to ?? area.from) }))
      .toSorted((a, b) => b.hole - a.hole)
      .slice(0, MOST_CUTS)
      .map(({ area }) => area),
  );
  const bounded: DraftArea[] = [];
  let open: DraftArea | undefined;
  let heaviest = 0;
  for (const area of areas) {
    if (kept.has(area)) {
      bounded.push(area);
      open = undefined;
    } else if (open === undefined || cuts.has(area)) {
      open = { ...area, permissions: new Set(area.permissions) };
      heaviest = weightOf(area);
      bounded.push(open);
    } else {
      const { label, category } = weightOf(area) > heaviest ? area : open;
      heaviest = Math.max(heaviest, weightOf(area));
      merge(open, area);
      open.others++;
      open.label = label;
      open.category = category;
    }
  }
  return bounded;
}

/** Larger than any memory: what a reader looks for first. */
const LANDMARK = 2 ** 50;
const LANDMARKS: ReadonlySet<string> = new Set(['heap', 'stack']);

function weightOf(area: DraftArea): number {
  const landmark = LANDMARKS.has(area.category) || area.writableCode > 0 ? LANDMARK : 0;
  return landmark + 4 * Math.max(0, area.growth) + 2 * area.privateBytes + area.rss + area.size / 1024;
}
