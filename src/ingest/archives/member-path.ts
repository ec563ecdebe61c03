import { LIMITS } from '../limits.js';

/**
 * The path of a member below its archive, or why there is none: it leads elsewhere, or is hidden, as the files that
 * macOS adds (`._smaps`) and those which a walk through folders passes over.
 */
export function memberPath(name: string): { readonly path: string } | 'hidden' | 'outside' {
  if (name.length > LIMITS.memberPath.value || name.includes('\0')) return 'outside';
  if (/^(?:[/\\]|[A-Za-z]:)/.test(name) || /(?:^|[/\\])\.\.(?:[/\\]|$)/.test(name)) return 'outside';
  const parts = name.split('/').filter((part) => part !== '' && part !== '.');
  if (parts.length === 0) return 'outside';
  return parts.some((part) => part.startsWith('.') || part === '__MACOSX') ? 'hidden' : { path: parts.join('/') };
}

/** A path that no other member has: archives may hold a path twice. */
export function numbered(path: string, taken: Set<string>): string {
  let candidate = path;
  for (let times = 2; taken.has(candidate); times++) candidate = `${path} (${times})`;
  taken.add(candidate);
  return candidate;
}
