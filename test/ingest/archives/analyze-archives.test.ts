import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { analyze } from '../../../src/analyze.js';
import { inspect } from '../../../src/inspect.js';
import { captureTree } from '../capture-tree.js';
import { tarOfFiles, zipOf } from './build-archives.js';

const SETS = 'samples/sets';

function filesOf(folder: string): Record<string, Buffer> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  const files = paths.filter((path) => statSync(join(folder, path)).isFile());
  return Object.fromEntries(files.map((path) => [path, readFileSync(join(folder, path))]));
}

it('an archive of a captures folder gets the verdicts of the folder', async () => {
  const files = filesOf(SETS);
  const plain = await analyze({ captures: [SETS] });
  expect(plain.verdicts.map(({ label }) => label)).toContain('leak');
  const withoutArchive = (value: unknown): unknown => JSON.parse(JSON.stringify(value).replaceAll('x.dat/', ''));
  for (const packed of [gzipSync(await tarOfFiles(files)), zipOf(files)]) {
    const read = await analyze({ captures: [captureTree({ 'x.dat': packed })] });
    expect(withoutArchive(read.verdicts)).toEqual(plain.verdicts);
    expect(withoutArchive(read.programs)).toEqual(plain.programs);
    expect(withoutArchive(read.leaks)).toEqual(plain.leaks);
    expect(read.files).toHaveLength(plain.files.length);
  }
});

it('inspect has a result for each file of an archive', async () => {
  const [smaps, status, ...more] = await inspect(['samples/packed/leak-example.tar.zst']);
  expect(more).toEqual([]);
  const prefix = 'samples/packed/leak-example.tar.zst';
  expect(smaps?.result).toMatchObject({
    file: `${prefix}/smaps/leak-example.smaps`,
    formats: ['smaps'],
    status: 'read',
  });
  expect(smaps?.result.snapshots).toHaveLength(1);
  expect(smaps?.lastTable?.count).toBe(24);
  expect(status?.result).toMatchObject({ file: `${prefix}/status/leak-example.status`, formats: ['status'] });
});
