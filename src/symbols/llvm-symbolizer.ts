import { addLocations, type Location, type Locations, locationOf } from './location.js';

/** The words that make llvm-symbolizer answer in JSON, one line for each address, from files of this folder only. */
export function llvmSymbolizerWords(file: string, folder: string): string[] {
  return [
    `--obj=${file}`,
    '--output-style=JSON',
    '--demangle',
    '--inlines',
    `--fallback-debug-path=${folder}`,
    `--debug-file-directory=${folder}`,
  ];
}

/** The first version of LLVM whose symbolizer has `--output-style=JSON`. */
export const JSON_SINCE = 13;

/** `Debian LLVM version 14.0.6` → 14; undefined: it is no text of LLVM's. */
export function llvmVersion(text: string): number | undefined {
  const major = /LLVM version (\d{1,4})\./.exec(text)?.[1];
  return major === undefined ? undefined : Number(major);
}

/**
 * What llvm-symbolizer's JSON says, by address.
 *
 *     {"Address":"0x1183","ModuleName":"a.out","Symbol":[{"FileName":"/src/a.c","FunctionName":"f","Line":23,…},…]}
 *
 * Source: https://llvm.org/docs/CommandGuide/llvm-symbolizer.html, "Output style".
 */
export function parseLlvmSymbolizer(output: string): Locations {
  const locations = new Map<string, readonly Location[]>();
  for (const line of output.split('\n')) {
    if (line === '') continue;
    const answer = jsonObject(line);
    const { Address: address, Symbol: symbols } = answer;
    const digits = typeof address === 'string' ? /^0x([0-9a-f]{1,16})$/i.exec(address)?.[1] : undefined;
    if (digits === undefined || !Array.isArray(symbols)) continue;
    const said = symbols.map((symbol: unknown) => {
      if (typeof symbol !== 'object' || symbol === null) return undefined;
      const { FunctionName, FileName, Line } = symbol as Record<string, unknown>;
      return locationOf(FunctionName, FileName, Line);
    });
    addLocations(locations, digits.toLowerCase(), said);
  }
  return locations;
}

function jsonObject(line: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    // A line that broke off answers nothing; its address stays as it was.
    return {};
  }
}
