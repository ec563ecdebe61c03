import { type Stats, statSync } from 'node:fs';

/** What the system says of a file; nothing where it cannot: whoever reads the file reports why. */
export function statOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}
