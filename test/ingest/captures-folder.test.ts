import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type InputFile, listCaptures } from '../../src/ingest/captures-folder.js';
import type { Problem } from '../../src/model/problem.js';
import { captureTree, readCaptures } from './capture-tree.js';
import { processText } from './smaps-text.js';

function list(...roots: string[]): { files: InputFile[]; paths: string[]; problems: Problem[] } {
  const problems: Problem[] = [];
  const files = listCaptures(roots, (problem) => problems.push(problem));
  return { files, paths: files.map(({ path }) => path), problems };
}

describe('listCaptures', () => {
  it('lists files by name, numbers by value, without hidden ones', () => {
    const root = captureTree({
      'smaps.10': '',
      'smaps.9': '',
      'b/x': '',
      'a/z': '',
      B: '',
      '.hidden': '',
      '.git/config': '',
    });
    expect(list(root).paths).toEqual(['B', 'a/z', 'b/x', 'smaps.9', 'smaps.10']);
    expect(list(root).files[0]).toMatchObject({ absolute: join(root, 'B'), below: 'B', rootName: 'captures' });
  });

  it('names the captures folder where there are several, and tells two of one name apart', () => {
    const one = captureTree({ smaps: '' });
    const two = captureTree({ smaps: '', 'board/smaps': '' });
    expect(list(one, two).paths).toEqual(['captures-2/board/smaps', 'captures-2/smaps', 'captures/smaps']);
    expect(list(one, two).files.map(({ rootName }) => rootName)).toEqual(['captures', 'captures', 'captures']);
  });

  it("takes a process's own folder for no device, given by itself or with its file", () => {
    const root = captureTree({ 'board-7/812/smaps': '', 'board-8/proc/813/smaps': '' });
    for (const [given, path, rootName] of [
      ['board-7/812', '812/smaps', 'board-7'],
      ['board-7/812/smaps', '812/smaps', 'board-7'],
      ['board-8/proc/813/smaps', '813/smaps', 'board-8'],
    ] as const) {
      const { files } = list(join(root, given));
      expect(files).toMatchObject([{ path, below: path, rootName }]);
      expect(existsSync(files[0]?.absolute ?? '')).toBe(true);
    }
  });

  it('names no two files alike', () => {
    const root = captureTree({ 'captures/smaps': '', 'captures-2/smaps': '', 'x/captures/smaps': '', 'x/smaps': '' });
    const roots = [join(root, 'captures'), join(root, 'x/captures'), join(root, 'captures-2')];
    for (const given of [roots, roots.toReversed(), [...roots, join(root, 'x/smaps'), join(root, 'captures/smaps')]]) {
      const { paths } = list(...given);
      expect(new Set(paths).size).toBe(given.length);
    }
  });

  it('takes files', () => {
    const root = captureTree({ 'board/smaps': '' });
    expect(list(join(root, 'board/smaps')).files).toEqual([
      { absolute: join(root, 'board/smaps'), path: 'smaps', below: 'smaps', rootName: 'board' },
    ]);
  });

  it('takes a relative path, and one with a slash at its end', () => {
    const root = captureTree({ smaps: '' });
    expect(list(relative(process.cwd(), root)).files).toEqual(list(`${root}/`).files);
  });

  it('reports what is not there', () => {
    const { files, problems } = list('/nowhere/at/all');
    expect(files).toEqual([]);
    expect(problems).toMatchObject([{ severity: 'error', code: 'unreadable', file: '/nowhere/at/all' }]);
  });

  it.skipIf(process.platform !== 'linux')('tells of a name that is no UTF-8', async () => {
    const root = captureTree({ smaps: processText(4) });
    writeFileSync(Buffer.concat([Buffer.from(`${root}/smaps.`), Buffer.from([0xff])]), processText(4));
    const { files, problems } = await readCaptures(root);
    expect(files.map(({ path, status }) => [path, status])).toEqual([
      ['smaps', 'read'],
      ['smaps.\uFFFD', 'refused'],
    ]);
    expect(problems.find(({ code }) => code === 'unreadable')).toMatchObject({ file: 'smaps.\uFFFD' });
  });

  it('does not walk in circles', () => {
    const root = captureTree({ 'a/b/smaps': '' });
    symlinkSync('..', join(root, 'a/up'));
    symlinkSync(root, join(root, 'a/b/top'));
    const { paths, problems } = list(root);
    expect(paths).toEqual(['a/b/smaps']);
    expect(problems.map(({ code, file, severity }) => [code, file, severity])).toEqual([
      ['directory-loop', 'a/b/top', 'warning'],
      ['directory-loop', 'a/up', 'warning'],
    ]);
  });

  it('reads nothing twice through links', () => {
    const root = captureTree({ '20260131T210000Z/smaps': '', 'z.log': '' });
    symlinkSync('20260131T210000Z', join(root, 'latest'));
    symlinkSync('z.log', join(root, 'last.log'));
    expect(list(root)).toMatchObject({ paths: ['20260131T210000Z/smaps', 'z.log'], problems: [] });
  });

  it('follows links out of the captures folder once, and to where it would not look', () => {
    const elsewhere = captureTree({ smaps: '' });
    const root = captureTree({ '.store/x': '' });
    symlinkSync(elsewhere, join(root, 'one'));
    symlinkSync(elsewhere, join(root, 'two'));
    symlinkSync('.store/x', join(root, 'x'));
    expect(list(root).paths).toEqual(['one/smaps', 'x']);
  });

  it('reports links that lead nowhere or to themselves', () => {
    const root = captureTree({ smaps: '' });
    symlinkSync('nothing', join(root, 'dangling'));
    symlinkSync('self', join(root, 'self'));
    const { paths, problems } = list(root);
    expect(paths).toEqual(['smaps']);
    expect(problems.map(({ code, file }) => [code, file])).toEqual([
      ['unreadable', 'dangling'],
      ['unreadable', 'self'],
    ]);
  });

  it('leaves pipes and sockets alone', async () => {
    // A socket's path must be short.
    const root = mkdtempSync(join(tmpdir(), 'c-'));
    onTestFinished(() => {
      rmSync(root, { recursive: true });
    });
    execFileSync('mkfifo', [join(root, 'pipe')]);
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(join(root, 'socket'), resolve));
    expect(list(root)).toEqual({ files: [], paths: [], problems: [] });
    expect(list(join(root, 'pipe')).problems).toMatchObject([{ code: 'unreadable' }]);
    server.close();
  });

  it('goes down deep folders, but not for ever', () => {
    const root = captureTree({});
    const deep = Array.from({ length: 80 }, () => 'd').join('/');
    mkdirSync(join(root, deep), { recursive: true });
    expect(list(root).problems).toMatchObject([{ code: 'directory-loop' }]);
  });

  // Root may read everything, so there is nothing to see then.
  it.skipIf(process.getuid?.() === 0)('reports a folder that cannot be read', () => {
    const root = captureTree({ 'closed/smaps': '', open: '' });
    execFileSync('chmod', ['000', join(root, 'closed')]);
    const { paths, problems } = list(root);
    execFileSync('chmod', ['700', join(root, 'closed')]);
    expect(paths).toEqual(['open']);
    expect(problems).toMatchObject([{ code: 'unreadable', file: 'closed' }]);
  });
});

it('a file that vanishes before it is read costs a problem and no more', async () => {
  const root = captureTree({ 'a.smaps': processText(1), 'b.smaps': processText(1) });
  const { problems, files, snapshots } = await readCaptures(root, join(root, 'c.smaps'));
  expect(problems.filter(({ severity }) => severity === 'error')).toMatchObject([{ code: 'unreadable' }]);
  expect([files.length, snapshots.length]).toEqual([2, 2]);
});
