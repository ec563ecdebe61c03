import { addLocations, type Location, type Locations, locationOf } from './location.js';

/** The words that make addr2line print address, functions (demangled, inlined ones too) and lines. */
export function addr2lineWords(file: string): string[] {
  return ['-a', '-f', '-C', '-i', '-e', file];
}

/**
 * What addr2line says, by address: a line with the address, then a line with the function and one with the place for
 * each function that it is in.
 *
 *     0x0000000000001183
 *     copy_field
 *     /opt/demo/a.c:23 (discriminator 2)
 *     parse_message
 *     /opt/demo/a.c:43
 *
 * Source: binutils/addr2line.c, translate_addresses.
 *
 * @param asked the addresses in the order in which they were asked
 */
export function parseAddr2line(output: string, asked: readonly string[]): Locations {
  const locations = new Map<string, readonly Location[]>();
  const lines = output.split('\n').map((line) => line.replace(/\r$/, ''));
  let next = 0;
  for (let at = 0; at < lines.length; ) {
    const digits = /^0x0*([0-9a-f]{1,16})$/i.exec(lines[at] ?? '')?.[1]?.toLowerCase();
    const place = digits === undefined ? -1 : asked.indexOf(digits, next);
    at++;
    if (digits === undefined || place === -1) continue;
    next = place + 1;
    const said: (Location | undefined)[] = [];
    while (at + 1 < lines.length && !isAddress(lines[at])) {
      said.push(locationIn(lines[at], lines[at + 1]));
      at += 2;
    }
    addLocations(locations, digits, said);
  }
  return locations;
}

function isAddress(line: string | undefined): boolean {
  return line !== undefined && /^0x[0-9a-f]{8,16}$/i.test(line);
}

function locationIn(symbol: string | undefined, place = ''): Location | undefined {
  const { file, line } = /^(?<file>.*?):(?<line>\d{1,9}|\?)(?: \(discriminator \d{1,9}\))?$/.exec(place)?.groups ?? {};
  return locationOf(symbol, file, Number(line));
}
