import { chmod, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';
import { makeFolder } from '../../make-folder.js';
import { PACKAGE_FOLDER } from '../../own-files.js';

/**
 * The Chromium that comes with the package @sparticuz/chromium (linux, x64), unpacked once into a cache folder.
 *
 * Not by that package's own executablePath(): it unpacks into the shared temporary folder, and would start whatever
 * already lies there.
 */
const inflate = promisify(brotliDecompress);

const PACKAGE = '@sparticuz/chromium';

export interface EmbeddedBrowser {
  readonly executable: string;
  /** Unpacks the libraries that a bare host lacks (nss, nspr, expat) and returns their folder. */
  libraries(): Promise<string>;
}

/** Unpacks it where needed. `undefined`: this platform has none. Throws when the cache folder cannot be written. */
export async function embeddedBrowser(cacheDir: string): Promise<EmbeddedBrowser | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const archive = await packageFolder();
  if (archive === undefined) return undefined;
  const folder = join(cacheDir, `chromium-${archive.version}`);
  const executable = join(folder, 'chromium');
  if (!(await isFile(executable))) {
    makeFolder(folder, 0o700);
    await writeWhole(executable, await inflate(await readFile(join(archive.bin, 'chromium.br'))), 0o700);
  }
  return { executable, libraries: () => unpackLibraries(archive.bin, folder) };
}

async function packageFolder(): Promise<{ bin: string; version: string } | undefined> {
  try {
    // The package's entry is build/cjs/index.cjs; its package.json is not exported.
    const root = join(dirname(createRequire(PACKAGE_FOLDER).resolve(PACKAGE)), '..', '..');
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
    return { bin: join(root, 'bin'), version };
  } catch {
    return undefined;
  }
}

async function unpackLibraries(bin: string, folder: string): Promise<string> {
  const target = join(folder, 'lib');
  if ((await readdir(target).catch(() => [])).length > 0) return target;
  const unpacked = `${target}.${process.pid}.tmp`;
  makeFolder(unpacked, 0o700);
  for (const file of tarFiles(await inflate(await readFile(join(bin, 'al2023.tar.br'))))) {
    await writeFile(join(unpacked, file.name), file.data, { mode: 0o700 });
  }
  // Another process may have been faster: then its folder is as good as ours.
  await rename(unpacked, target).catch(() => rm(unpacked, { recursive: true, force: true }));
  return target;
}

/** The regular files of a tar archive, by base name: enough for one that a pinned package brings along. */
function* tarFiles(archive: Buffer): Generator<{ name: string; data: Buffer }> {
  const BLOCK = 512;
  for (let at = 0; at + BLOCK <= archive.length; ) {
    const header = archive.subarray(at, at + BLOCK);
    const path = header.subarray(0, 100).toString('utf8').replace(/\0.*$/s, '');
    if (path === '') return;
    const size = Number.parseInt(header.subarray(124, 136).toString('latin1'), 8) || 0;
    const kind = header[156];
    const name = path.slice(path.lastIndexOf('/') + 1);
    if ((kind === 0x30 || kind === 0) && name !== '')
      yield { name, data: archive.subarray(at + BLOCK, at + BLOCK + size) };
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
}

/** Writes under another name first: a file of that name is whole, and never busy while it is started. */
async function writeWhole(path: string, data: Buffer, mode: number): Promise<void> {
  const unfinished = `${path}.${process.pid}.tmp`;
  try {
    await writeFile(unfinished, data, { mode });
    await chmod(unfinished, mode);
    await rename(unfinished, path);
  } finally {
    await rm(unfinished, { force: true });
  }
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile() && found.size > 0,
    () => false,
  );
}
