/** Fewer letters are too few for a beginning and an end. */
const LEAST_FOR_BOTH = 9;

/** A name with the middle left out where it has more than `most` letters: beginnings and ends tell names apart. */
export function shortened(name: string, most: number): string {
  if (name.length <= most) return name;
  if (most < LEAST_FOR_BOTH) return `${name.slice(0, most - 1)}…`;
  const half = Math.floor((most - 1) / 2);
  return `${name.slice(0, most - 1 - half)}…${name.slice(name.length - half)}`;
}
