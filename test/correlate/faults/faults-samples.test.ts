import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { analyze } from '../../../src/analyze.js';
import type { ErrorReport, KernelFindingReport } from '../../../src/model/analysis.js';
import type { FaultCause } from '../../../src/model/fault-cause.js';

type Told = ErrorReport | KernelFindingReport;

/** By story: what each teller's fault comes to, as kind and mapping; `-`: the tool's own kind is the cause. */
const STORIES: Readonly<Record<string, Readonly<Record<'asan' | 'memcheck' | 'kernel', string>>>> = {
  'null-dereference': { asan: 'null-page', memcheck: 'null-page', kernel: 'null-page' },
  'write-to-constant': {
    asan: 'write-to-readonly /opt/demo/faults/asan/faults',
    memcheck: 'write-to-readonly /opt/demo/faults/faults',
    kernel: 'write-to-readonly /opt/demo/faults/faults',
  },
  'jump-to-data': {
    asan: 'execute-of-data /opt/demo/faults/asan/faults',
    memcheck: 'execute-of-data /opt/demo/faults/faults',
    kernel: 'execute-of-data /opt/demo/faults/faults',
  },
  'use-after-munmap': {
    asan: 'freed-mapping [anonymous]',
    memcheck: 'freed-mapping [anonymous]',
    kernel: 'freed-mapping [anonymous]',
  },
  'stack-overflow': {
    asan: 'stack-guard [stack]',
    // Valgrind gives the program a stack of its own, which has no name.
    memcheck: 'stack-guard [anonymous: thread stack]',
    kernel: 'stack-guard [stack]',
  },
  'thread-overflow': {
    asan: 'stack-guard [anonymous: thread stack]',
    memcheck: 'stack-guard [anonymous: thread stack]',
    kernel: 'stack-guard [anonymous: thread stack]',
  },
  // AddressSanitizer stops at the first write behind the block; memcheck has a heap of its own, which has no name.
  'beyond-heap': { asan: '-', memcheck: 'unmapped', kernel: 'beyond-heap [heap]' },
  'overwritten-pointer': { asan: 'unmapped', memcheck: 'unmapped', kernel: 'unmapped' },
};

describe.each(Object.entries(STORIES))('the fault of samples/faults, %s', (story, truth) => {
  let asan: Told[];
  let memcheck: ErrorReport[];
  let kernel: Told[];
  beforeAll(async () => {
    const { errors, kernelFindings } = await analyze({ captures: [`samples/faults/${story}.tar.gz`] });
    asan = errors.filter(({ tool }) => tool === 'asan');
    memcheck = errors.filter(({ tool }) => tool === 'memcheck');
    kernel = kernelFindings;
  });

  it('has its cause in each log', () => {
    expect(asan.map(wordsOf)).toEqual([truth.asan]);
    expect(memcheck.filter(({ kind }) => kind === 'fatal-signal').map(wordsOf)).toEqual([truth.memcheck]);
    expect(kernel.map(wordsOf)).toEqual([truth.kernel]);
  });

  it('is told from the snapshot right before it', () => {
    for (const told of [...asan, ...memcheck, ...kernel]) {
      if (!told.cause || told.cause.kind === 'null-page') continue;
      const [log = ''] = told.origins.map(({ file }) => folderOf(file));
      const snapshots = told.cause.origins.map(({ file }) => file);
      expect(snapshots.length).toBeGreaterThan(0);
      for (const file of snapshots) expect(file).toMatch(new RegExp(`^${log}/[^/]+/\\d+/smaps$`));
    }
  });

  it('reads the same of the access before it was fatal', () => {
    const fatal = memcheck.find(({ kind }) => kind === 'fatal-signal');
    const before = memcheck.find((error) => error !== fatal && error.address === fatal?.address);
    if (before) expect(before.cause).toEqual(fatal?.cause);
  });
});

/** What memcheck's own words tell where no snapshot was taken. */
describe.each([
  ['null-dereference', 'null-page'],
  ['write-to-constant', 'unknown'],
  ['jump-to-data', 'execute-of-data'],
  ['use-after-munmap', 'unknown'],
  ['stack-overflow', 'stack-guard'],
  ['thread-overflow', 'unknown'],
])("memcheck's log alone of samples/faults, %s", (story, kind) => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'memreport-faults-'));
    execFileSync('tar', [
      'xzf',
      `samples/faults/${story}.tar.gz`,
      '-C',
      folder,
      '--wildcards',
      '*/memcheck/valgrind.*',
    ]);
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it(`is ${kind}`, async () => {
    const { errors } = await analyze({ captures: [folder] });
    expect(errors.filter((error) => error.kind === 'fatal-signal').map((error) => error.cause?.kind)).toEqual([kind]);
  });
});

describe('the sentences of the causes', () => {
  const kernelStatement = async (story: string): Promise<string | undefined> => {
    const { kernelFindings } = await analyze({ captures: [`samples/faults/${story}.tar.gz`] });
    return kernelFindings[0]?.cause?.statement;
  };

  it.each([
    ['null-dereference', 'reads at 0x10 in the null page: a null pointer, with the offset of a field or an element'],
    [
      'write-to-constant',
      'writes to /opt/demo/faults/faults (r--p), 0x8 bytes from its beginning: constants, which must not be written',
    ],
    ['stack-overflow', /^writes below \[stack\], beyond what it may grow to/],
    ['beyond-heap', /^writes right behind the end of \[heap\]/],
    [
      'overwritten-pointer',
      /^reads where nothing is mapped, 0x[0-9a-f]+ bytes before .*faults \(r--p\); .* read "BBBB"/,
    ],
  ])('%s', async (story, sentence) => {
    expect(await kernelStatement(story)).toMatch(sentence);
  });
});

function wordsOf({ cause }: { readonly cause?: FaultCause }): string {
  return cause ? [cause.kind, cause.mapping].join(' ').trim() : '-';
}

function folderOf(file: string): string {
  return file.slice(0, file.lastIndexOf('/'));
}
