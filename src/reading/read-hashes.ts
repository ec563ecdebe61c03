import { createHash } from 'node:crypto';
import { fileSource } from '../ingest/byte-source.js';
import type { InputFile } from '../ingest/captures-folder.js';
import type { Analysis, HashedFile } from '../model/analysis.js';
import { isAccused } from '../model/is-accused.js';
import { filesOfProgram, pathsTo } from '../model/program-files.js';

/**
 * The analysis with the SHA-256 of each file that the tickets name: whoever gets a ticket can tell whether the file
 * beside it is the one that was read.
 *
 * Only of those: hashing all input takes as long as reading it.
 */
export function withHashes(analysis: Analysis, inputs: readonly InputFile[]): Analysis {
  const named = new Set<string>();
  for (const verdict of analysis.verdicts) {
    if (!isAccused(verdict)) continue;
    for (const file of filesOfProgram(analysis, verdict)) for (const path of pathsTo(file)) named.add(path);
  }
  const hashes = inputs.filter(({ path }) => named.has(path)).flatMap(hashOf);
  return hashes.length === 0 ? analysis : { ...analysis, hashes };
}

/** None for a file that cannot be read any more. */
function hashOf({ path, absolute }: InputFile): HashedFile[] {
  try {
    const source = fileSource(absolute);
    try {
      const hash = createHash('sha256');
      const buffer = Buffer.allocUnsafe(1 << 20);
      let bytes = 0;
      for (;;) {
        const count = source.read(buffer, 0) as number;
        if (count === 0) break;
        hash.update(buffer.subarray(0, count));
        bytes += count;
      }
      return [{ path, bytes, sha256: hash.digest('hex') }];
    } finally {
      source.close();
    }
  } catch {
    return [];
  }
}
