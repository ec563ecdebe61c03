import { buffer } from 'node:stream/consumers';
import { zipSync } from 'fflate';
import { type Header, pack } from 'tar-stream';

type Files = Readonly<Record<string, string | Uint8Array>>;

/** A time without parts of a second or of an odd second: what zip can tell. */
export const MODIFIED = Date.UTC(2026, 0, 31, 21, 0, 0);

/** Entries of a tar archive in order; a header without content is of a link, device or folder. */
export async function tarOf(
  entries: readonly (Partial<Header> & { name: string; content?: string | Uint8Array })[],
): Promise<Buffer> {
  const archive = pack();
  for (const { content, ...header } of entries) {
    if (content === undefined) archive.entry({ mtime: new Date(MODIFIED), ...header });
    else archive.entry({ mtime: new Date(MODIFIED), ...header }, Buffer.from(content));
  }
  archive.finalize();
  return buffer(archive);
}

export function tarOfFiles(files: Files): Promise<Buffer> {
  return tarOf(Object.entries(files).map(([name, content]) => ({ name, content })));
}

export function zipOf(files: Files): Buffer {
  const contents = Object.entries(files).map(([name, content]): [string, Uint8Array] => [name, Buffer.from(content)]);
  return Buffer.from(zipSync(Object.fromEntries(contents), { mtime: '2026-01-31T21:00:00' }));
}
