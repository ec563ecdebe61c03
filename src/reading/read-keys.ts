import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { InputFile } from '../ingest/captures-folder.js';
import { FileContexts, nameOf } from '../ingest/file-contexts.js';
import { MANIFEST_NAME } from '../ingest/manifest.js';
import type { CaptureGroup } from './read-groups.js';

/** What the files around captures say of them. What is wrong with a manifest follows from its content. */
export function contextsForFacts(): FileContexts {
  return new FileContexts(() => undefined);
}

/**
 * All that bears on what a group of files says, but for the code that reads it: their contents and names, what their
 * paths and the files beside them tell of each, and the manifests above them.
 * @param hashOf stands for the content of a file
 * @returns something to make a key of; undefined: one of them has no hash
 */
export async function groupFacts(
  group: CaptureGroup,
  hashOf: (path: string) => string | undefined,
  contexts: FileContexts,
): Promise<unknown[] | undefined> {
  const manifests = new Map<string, string>();
  const facts: unknown[] = [];
  for (const file of group) {
    const hash = hashOf(file.absolute);
    const context = await contexts.onDisk(file, nameOf(file.path)).catch(() => undefined);
    if (hash === undefined || context === undefined) return undefined;
    facts.push([file.path, file.below, hash, context]);
    addManifests(manifests, file);
  }
  for (const [path, name] of manifests) {
    const hash = hashOf(path);
    if (hash === undefined) return undefined;
    facts.push([name, hash]);
  }
  return facts;
}

/** Those that may speak of the file, or of files inside it, with their names in the report. */
function addManifests(manifests: Map<string, string>, { absolute, below, path }: InputFile): void {
  const parts = below.split('/');
  let folder = dirname(absolute);
  for (let depth = parts.length - 1; depth >= 0; depth--, folder = dirname(folder)) {
    const manifest = join(folder, MANIFEST_NAME);
    if (manifests.has(manifest)) return;
    if (!existsSync(manifest)) continue;
    const prefix = path.slice(0, path.length - below.length);
    manifests.set(manifest, prefix + [...parts.slice(0, depth), MANIFEST_NAME].join('/'));
  }
}
