import type { MappingKind } from '../model/vma-table.js';

/** Gives each mapping that any process has (name and kind) a number. */
export interface MappingNames {
  readonly names: { readonly label: string; readonly kind: MappingKind }[];
  readonly numbers: Map<string, number>;
}

export function numberOfMapping(mappings: MappingNames, label: string, kind: MappingKind): number {
  const key = `${kind} ${label}`;
  const known = mappings.numbers.get(key);
  if (known !== undefined) return known;
  const number = mappings.names.push({ label, kind }) - 1;
  mappings.numbers.set(key, number);
  return number;
}
