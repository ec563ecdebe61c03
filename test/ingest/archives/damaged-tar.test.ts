import { describe, expect, it } from 'vitest';
import { readFile } from '../capture-tree.js';
import { processText } from '../smaps-text.js';
import { tarOf, tarOfFiles } from './build-archives.js';

const TEXT = processText(100);
const FILES = { 'board/1/smaps': TEXT, 'board/2/smaps': TEXT, 'board/3/smaps': TEXT };
/** A header and the content of one file, in blocks. */
const MEMBER = 512 + Math.ceil(TEXT.length / 512) * 512;

async function read(tar: Buffer) {
  const { snapshots, files, problems } = await readFile(tar, 'x.tar');
  return {
    pids: snapshots.map(({ context }) => context.pid),
    files,
    codes: problems.map(({ code }) => code),
    problems,
  };
}

describe('a tar archive with a damaged header', () => {
  it('costs one file, and is told', async () => {
    const tar = await tarOfFiles(FILES);
    tar.write('xxxx', MEMBER + 148);
    const { pids, codes, problems, files } = await read(tar);
    expect(pids).toEqual([1, 3]);
    expect(codes).toContain('damaged-compression');
    expect(problems.find(({ code }) => code === 'damaged-compression')).toMatchObject({
      severity: 'error',
      message: `expected a header at the end of each file in the tar archive, found others: ${MEMBER} bytes up to the next are not read`,
    });
    expect(files.find(({ format }) => format === 'archive')).toMatchObject({ status: 'partial' });
  });

  it('whose content is larger than a chunk is passed over up to the next', async () => {
    const long = TEXT.repeat(2000);
    const tar = await tarOfFiles({ 'board/1/smaps': TEXT, 'board/2/smaps': long, 'board/3/smaps': TEXT });
    tar.write('xxxx', MEMBER + 148);
    const { pids, codes } = await read(tar);
    expect(pids).toEqual([1, 3]);
    expect(codes).toContain('damaged-compression');
  });

  it('behind which nothing is whole is told too', async () => {
    const tar = await tarOfFiles(FILES);
    tar.write('xxxx', 2 * MEMBER + 148);
    const { pids, codes } = await read(tar);
    expect(pids).toEqual([1, 2]);
    expect(codes).toContain('damaged-compression');
  });

  it('is none where a header says the size of the next in words of its own', async () => {
    const tar = await tarOf([
      { name: 'board/1/smaps', content: TEXT, pax: { size: String(TEXT.length), comment: 'a' } },
      { name: `${'long/'.repeat(60)}2/smaps`, content: TEXT },
      { name: 'board/4', type: 'directory' },
      { name: 'board/3/smaps', content: TEXT },
    ]);
    const { pids, codes } = await read(tar);
    expect(pids).toEqual([1, 2, 3]);
    expect(codes).not.toContain('damaged-compression');
  });
});
