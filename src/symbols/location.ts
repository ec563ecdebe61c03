/** One function that an address is in, innermost first where it was inlined. */
export interface Location {
  readonly symbol?: string;
  readonly file?: string;
  readonly line?: number;
}

/** What symbolizers say of addresses (lower-case hexadecimal, without "0x"); those that they do not know are left out. */
export type Locations = ReadonlyMap<string, readonly Location[]>;

/** More functions than this are not inlined into one place: what follows is dropped. */
const MOST_INLINED = 64;
const LONGEST_NAME = 4096;

/** Words for "not known" are left out, as are locations that say nothing. */
export function locationOf(symbol: unknown, file: unknown, line: unknown): Location | undefined {
  const known = (value: unknown): value is string => typeof value === 'string' && !/^(?:\?\?|<invalid>)?$/.test(value);
  const location: Location = {
    ...(known(symbol) && { symbol: symbol.slice(0, LONGEST_NAME) }),
    ...(known(file) && { file: file.slice(0, LONGEST_NAME) }),
    ...(known(file) && Number.isSafeInteger(line) && (line as number) > 0 && { line: line as number }),
  };
  return location.symbol === undefined && location.file === undefined ? undefined : location;
}

/** Keeps what was said of an address, unless it is nothing. */
export function addLocations(
  to: Map<string, readonly Location[]>,
  address: string,
  said: readonly (Location | undefined)[],
): void {
  const locations = said.flatMap((location) => location ?? []).slice(0, MOST_INLINED);
  if (locations.length > 0) to.set(address, locations);
}
