/** A piece of a text that can be left out. */
export interface TextPart {
  readonly title: string;
  /** 0: of the whole; what lies deeper is left out first. */
  readonly depth: number;
  readonly text: string;
}

/** What separates two parts, in characters. */
const BETWEEN = 2;

/**
 * As many parts as there is room for, in their order, and the titles of the others. The least deep are taken first, of
 * those the first. `sentence` is what will tell of those left out: it takes room, too.
 */
export function fittingParts(
  parts: readonly TextPart[],
  room: number,
  sentence: (titles: readonly string[]) => string,
): { readonly kept: readonly string[]; readonly left: readonly string[] } {
  const sizeOf = ({ text }: TextPart): number => text.length + BETWEEN;
  const total = parts.reduce((sum, part) => sum + sizeOf(part), 0);
  if (total <= room) return { kept: parts.map(({ text }) => text), left: [] };
  const longest = sentence(parts.map(({ title }) => title).toSorted((a, b) => b.length - a.length)).length;
  let free = room - longest - BETWEEN;
  const kept = new Set<TextPart>();
  for (const part of parts.toSorted((a, b) => a.depth - b.depth)) {
    if (sizeOf(part) > free) continue;
    free -= sizeOf(part);
    kept.add(part);
  }
  return {
    kept: parts.filter((part) => kept.has(part)).map(({ text }) => text),
    left: parts.filter((part) => !kept.has(part)).map(({ title }) => title),
  };
}
