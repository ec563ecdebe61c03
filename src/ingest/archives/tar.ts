import { type ByteSource, DamagedSource } from '../byte-source.js';
import type { Allowance } from './allowance.js';
import type { Archive } from './archive.js';
import { memberPath } from './member-path.js';
import { BLOCK } from './signatures.js';
import { TarBytes } from './tar-bytes.js';
import { TarFiles } from './tar-files.js';

/** What may have been taken from the disk for a member before its turn. */
const READ_AHEAD = 1 << 20;

/** @param taken how many bytes of the file on disk were read for `source` so far */
export function tarArchive(source: ByteSource, taken: () => number, allowance: Allowance): Archive {
  return {
    walk: async (visit, skip) => {
      const bytes = new TarBytes(source);
      const files = new TarFiles(bytes);
      for (let file = await files.next(); file; file = await files.next()) {
        allowance.takeEntries();
        const found = memberPath(file.name);
        // A walk through folders does not tell of these either.
        if (file.kind === 'folder' || found === 'hidden') continue;
        if (file.kind !== 'file') skip('link, device or pipe');
        else if (found === 'outside') skip('name that leads out of the archive');
        else {
          const before = taken();
          await visit({
            path: found.path,
            bytes: file.size,
            ...(file.modifiedAt > 0 && { modifiedAt: file.modifiedAt }),
            open: () => files.open(),
            taken: () => taken() - before + READ_AHEAD,
          });
        }
      }
      checkEnd(files.damagedBlocks, bytes);
    },
    close: () => {
      source.close();
    },
  };
}

/** @throws DamagedSource where something of the archive is lost. */
function checkEnd(damagedBlocks: number, bytes: TarBytes): void {
  if (damagedBlocks > 0) {
    const lost = damagedBlocks * BLOCK;
    throw new DamagedSource(
      `expected a header at the end of each file in the tar archive, found others: ${lost} bytes up to the next are not read`,
    );
  }
  if (!bytes.isWhole)
    throw new DamagedSource('expected zeros at the end of the tar archive, found none: it may be cut');
}
