import { spawnSync } from 'node:child_process';
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { type AnalyzeOptions, analyze } from '../../src/analyze.js';
import type { Analysis, ErrorReport, LeakReport } from '../../src/model/analysis.js';
import type { StackFrame } from '../../src/model/leaks.js';
import { captureTree } from '../ingest/capture-tree.js';

const LOGS = 'samples/symbols/logs';
const DEBUG = 'samples/symbols/debug';

function isThere(command: string): boolean {
  return spawnSync(command, ['--version']).status === 0;
}

const HAS_LLVM = isThere('llvm-symbolizer');
const HAS_ADDR2LINE = isThere('addr2line');

function run(captures: string, folder: string, more: Partial<AnalyzeOptions> = {}): Promise<Analysis> {
  return analyze({ captures: [captures], symbols: { folder }, ...more });
}

/** `copy_field lost-frames.c:23`, without the allocator and what calls main. */
function callsOf({ frames }: { readonly frames: readonly StackFrame[] }): string[] {
  return frames
    .filter(({ file }) => /lost-|plugin-host/.test(file ?? ''))
    .map(({ symbol, file, line }) => `${symbol ?? '?'} ${file?.replace(/.*\//, '') ?? ''}:${line ?? ''}`);
}

const COPY_FIELD = ['copy_field lost-frames.c:23', 'parse_message lost-frames.c:43', 'main lost-frames.c:65'];
const KEEP_HEADER = ['keep_header lost-frames.c:30', 'parse_message lost-frames.c:44', 'main lost-frames.c:65'];

/** The truths of samples/README.md. */
function expectTruth({ leaks, errors }: Pick<Analysis, 'leaks' | 'errors'>): void {
  const lost = (one: LeakReport): unknown[] => [one.tool, one.bytes, one.blocks, callsOf(one)];
  expect(
    leaks
      .filter(({ command }) => command === 'lost-frames')
      .map(lost)
      .sort(),
  ).toEqual([
    ['lsan', 144, 3, KEEP_HEADER],
    ['lsan', 200, 2, COPY_FIELD],
    ['memcheck', 144, 3, KEEP_HEADER],
    ['memcheck', 300, 3, COPY_FIELD],
  ]);
  const take = [
    'net::Pool<Session>::take(long) lost-sessions.cc:20',
    'net::open(net::Pool<Session>&, long) lost-sessions.cc:33',
    'main lost-sessions.cc:51',
  ];
  expect(leaks.filter(({ command }) => command === 'lost-sessions').map(lost)).toEqual([['memcheck', 128, 2, take]]);
  const read = (one: ErrorReport): unknown[] => [one.tool, callsOf(one), callsOf(one.related[0] ?? { frames: [] })];
  const check = ['net::check(char const*, int) lost-sessions.cc:39', 'main lost-sessions.cc:52'];
  expect(errors.map(read).sort()).toEqual([
    ['asan', check, ['main lost-sessions.cc:47']],
    ['memcheck', check, ['main lost-sessions.cc:47']],
  ]);
  expect(new Set(errors.map(({ fingerprint }) => fingerprint)).size).toBe(1);
}

describe('real logs of stripped programs', () => {
  it('have no names without symbols, and keep apart what has different addresses', async () => {
    const { leaks, problems } = await analyze({ captures: [LOGS] });
    expect(leaks.flatMap(({ frames }) => callsOf({ frames }))).toEqual([]);
    expect(leaks.filter(({ tool }) => tool === 'lsan').map(({ bytes }) => bytes)).toEqual([200, 144]);
    expect(problems.map(({ code }) => code)).not.toContain('unresolved-frames');
  });

  it.skipIf(!HAS_LLVM)('are named by llvm-symbolizer, and told as one leak by all tools', async () => {
    expectTruth(await run(LOGS, DEBUG));
  });

  it.skipIf(!HAS_ADDR2LINE)('are named by addr2line', async () => {
    expectTruth(await run(LOGS, DEBUG, { symbols: { folder: DEBUG, toolchainPrefix: '' } }));
  });

  it.skipIf(!HAS_LLVM && !HAS_ADDR2LINE)(
    'say that valgrind is taken to have loaded an executable where it does',
    async () => {
      const { problems } = await run(LOGS, DEBUG);
      const assumed = problems.filter(({ code }) => code === 'assumed-load-address');
      expect(assumed.map(({ file, severity }) => [file, severity])).toEqual([
        ['massif.lost-frames.out', 'warning'],
        ['valgrind.lost-sessions.log', 'warning'],
      ]);
      expect(assumed[0]?.message).toMatch(/^\d+ frames .*plain\/lost-frames": taken to be loaded at 0x108000/);
    },
  );

  it.skipIf(!HAS_LLVM && !HAS_ADDR2LINE)(
    'take a library and an executable where the maps of the process have them',
    async () => {
      const { leaks, problems } = await run('samples/symbols/library', DEBUG);
      const caller = 'lost_frames lost-frames.c:65';
      expect(leaks.map((leak) => [leak.bytes, callsOf(leak)])).toEqual([
        [300, [...COPY_FIELD.slice(0, 2), caller, 'main plugin-host.c:16']],
        [144, [...KEEP_HEADER.slice(0, 2), caller, 'main plugin-host.c:16']],
      ]);
      expect(problems.map(({ code }) => code)).not.toContain('assumed-load-address');
    },
  );

  it.skipIf(!HAS_LLVM && !HAS_ADDR2LINE)(
    "take the kernel's word on where the code of a faulting program is",
    async () => {
      const { kernelFindings } = await run('samples/symbols/fault', DEBUG);
      const calls = kernelFindings.map(({ frames }) => frames.map(({ symbol, line }) => [symbol, line]));
      expect(calls).toEqual([
        [
          ['set_level', 18],
          ['raise_alarm', 25],
        ],
      ]);
    },
  );

  it.skipIf(!HAS_LLVM && !HAS_ADDR2LINE)('give the call sites of a heap profile the names of its leaks', async () => {
    const { programs, leaks } = await run(LOGS, DEBUG);
    const sites = programs.flatMap(({ heapProfiles = [] }) => heapProfiles.flatMap((profile) => profile.sites));
    expect(sites.map((site) => [site.last, callsOf(site)])).toEqual([
      [300, COPY_FIELD],
      [144, KEEP_HEADER],
    ]);
    const prints = new Set(
      leaks.filter(({ command }) => command === 'lost-frames').map(({ fingerprint }) => fingerprint),
    );
    expect(new Set(sites.map(({ fingerprint }) => fingerprint))).toEqual(prints);
  });

  it('say of a library without maps that its place is not known', async () => {
    const folder = captureTree({});
    cpSync('samples/symbols/library', folder, { recursive: true, filter: (path) => !path.endsWith('.maps') });
    const { problems } = await run(folder, DEBUG);
    expect(problems.map(({ message }) => message)).toContainEqual(
      expect.stringMatching(/^3 frames .*liblost\.so": nothing tells where it was loaded: capture \/proc\/PID\/maps/),
    );
  });

  it('take no name from a file of another build', async () => {
    const folder = captureTree({});
    cpSync(`${DEBUG}/plain`, folder, { recursive: true });
    const { errors, problems } = await run(LOGS, folder);
    const asan = errors.find(({ tool }) => tool === 'asan');
    expect(asan?.frames[0]).toMatchObject({ module: '/opt/demo/symbols/asan/lost-sessions', offset: '11f7' });
    expect(asan?.frames[0]?.symbol).toBeUndefined();
    expect(problems.map(({ message }) => message)).toContainEqual(
      expect.stringMatching(/asan\/lost-sessions": lost-sessions\.debug is of another build/),
    );
  });

  it('are read without names where no symbolizer can be run', async () => {
    const { leaks, problems } = await run(LOGS, DEBUG, { symbols: { folder: DEBUG, toolchainPrefix: '/nowhere/' } });
    expect(leaks.length).toBeGreaterThan(4);
    expect(problems).toContainEqual({
      severity: 'warning',
      code: 'no-symbolizer',
      message: expect.stringMatching(/\/nowhere\/addr2line cannot be run .*: check --toolchain-prefix/) as string,
      file: DEBUG,
      line: 0,
    });
    vi.stubEnv('PATH', '');
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    const told = (await run(LOGS, DEBUG)).problems.find(({ code }) => code === 'no-symbolizer');
    expect(told?.message).toContain('install llvm or binutils');
  });
});

describe.skipIf(!isThere('aarch64-linux-gnu-addr2line') || !isThere('aarch64-linux-gnu-as'))(
  'another architecture',
  () => {
    it("is asked of the target's own addr2line", async () => {
      const folder = captureTree({});
      const source = [
        '.globl leaky',
        '.type leaky, %function',
        'leaky:',
        ' nop',
        ' bl leaky',
        ' ret',
        '.size leaky, .-leaky',
        '',
      ];
      writeFileSync(join(folder, 'leaky.s'), source.join('\n'));
      const make = (command: string, words: string[]): void => {
        const { status, stderr } = spawnSync(`aarch64-linux-gnu-${command}`, words, { cwd: folder, encoding: 'utf8' });
        expect(status, stderr).toBe(0);
      };
      make('as', ['-g', '-o', 'leaky.o', 'leaky.s']);
      make('ld', ['-shared', '--build-id', '-o', 'libleaky.so', 'leaky.o']);
      const { stdout } = spawnSync('aarch64-linux-gnu-nm', [join(folder, 'libleaky.so')], { encoding: 'utf8' });
      const leaky = Number.parseInt(/^([0-9a-f]+) T leaky$/m.exec(stdout)?.[1] ?? '', 16);
      const offset = (leaky + 4).toString(16);
      const log = captureTree({
        'asan.log.5': `==5==ERROR: LeakSanitizer: detected memory leaks\n\nDirect leak of 8 byte(s) in 1 object(s) allocated from:\n    #0 0x7f1 in malloc (/lib/libasan.so+0x1)\n    #1 0x7f2  (/data/lib/libleaky.so+0x${offset})\n\nSUMMARY: AddressSanitizer: 8 byte(s) leaked in 1 allocation(s).\n`,
      });
      const { leaks } = await run(log, folder, { symbols: { folder, toolchainPrefix: 'aarch64-linux-gnu-' } });
      expect(leaks[0]?.frames[1]).toMatchObject({ symbol: 'leaky', line: 5 });
      expect(leaks[0]?.frames[1]?.file).toMatch(/leaky\.s$/);
    });
  },
);
