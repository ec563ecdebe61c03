import { groupBy } from '../model/group-by.js';
import { baseName } from '../model/leaks.js';

/** A mapping as both sides know it. */
export interface MappingName {
  readonly label: string;
  readonly kind: string;
}

/**
 * For mappings that only one side has: the name before of each mapping after, by `nameKey`, where they are the same file
 * but for a version in the name (`libssl.so.1.1`, `libssl.so.3`), or each the program's own file.
 */
export function renamedMappings(
  gone: readonly MappingName[],
  added: readonly MappingName[],
  commands: { readonly before: string; readonly after: string },
): Map<string, MappingName> {
  const renamed = new Map<string, MappingName>();
  const earlier = groupBy(gone, (mapping) => withoutVersion(mapping, commands.before));
  for (const [name, later] of groupBy(added, (mapping) => withoutVersion(mapping, commands.after))) {
    const [old, ...others] = earlier.get(name) ?? [];
    const [now, ...more] = later;
    if (old && now && others.length + more.length === 0) renamed.set(nameKey(now), old);
  }
  return renamed;
}

export function nameKey({ label, kind }: MappingName): string {
  return `${kind} ${label}`;
}

function withoutVersion({ label, kind }: MappingName, command: string): string {
  if (kind !== 'file') return `${kind} ${label}`;
  const name = baseName(label);
  return name === command ? 'own file' : `file ${name.replace(/\d+/g, '*').replace(/(?<=\.so)(?:\.\*)+$/, '')}`;
}
