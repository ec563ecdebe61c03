import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Analysis } from '../../src/model/analysis.js';
import { MAIN, memreport, temporaryFolder } from './run-cli.js';

const folder = temporaryFolder();
const out = join(folder, 'out');
const LEAK = 'samples/sets/leak-example';
const quick = (captures: string, ...more: string[]): string[] => [
  'analyze',
  captures,
  '--out',
  out,
  '--format',
  'json',
  ...more,
];

describe('exit codes', () => {
  it('0: written', () => {
    expect(memreport(quick(LEAK)).status).toBe(0);
    expect(memreport(quick('samples/sets/sawtooth', '--fail-on', 'suspect')).status).toBe(0);
  });

  it('1: written, and --fail-on is met', () => {
    expect(memreport(quick(LEAK, '--fail-on', 'leak')).status).toBe(1);
    expect(memreport(quick(LEAK, '--fail-on', 'suspect')).status).toBe(1);
    expect(existsSync(join(out, 'report.json'))).toBe(true);
  });

  it.each([
    [[]],
    [['frobnicate']],
    [['analyse', LEAK]],
    [['analyze']],
    [['analyze', LEAK, '--frob']],
    [['analyze', LEAK, '--format', 'docx']],
    [['analyze', LEAK, '--fail-on', 'clean']],
    [['analyze', LEAK, '--jobs', 'many']],
    [['analyze', LEAK, '--jobs', '0']],
    [['analyze', LEAK, '--command', '(']],
    [['analyze', LEAK, '--memory-limit', 'much']],
    [['analyze', LEAK, '--symbols', 'no/such/folder']],
    [['analyze', LEAK, '--source', 'package.json']],
    [['analyze', LEAK, '--toolchain-prefix', 'aarch64-linux-gnu-']],
    [['explain', 'frobnication']],
    [['inspect']],
  ])('2: %j', (words) => {
    const { status, stderr, stdout } = memreport(words);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^memreport: /);
    expect(stderr).not.toMatch(/\n +at /);
    expect(stdout).toBe('');
  });

  it('3: some input is damaged, with --strict; 0 without', () => {
    const captures = join(folder, 'damaged');
    mkdirSync(captures);
    copyFileSync('samples/smaps/truncated-in-vma.smaps', join(captures, 'cut.smaps'));
    copyFileSync('samples/memcheck/leak-example.log', join(captures, 'valgrind.77.log'));
    const { status, stderr } = memreport(quick(captures, '--strict'));
    expect(status).toBe(3);
    expect(stderr).toMatch(/^cut\.smaps:\d+: error: expected a whole snapshot, found .* of the VMA at [0-9a-f]+/m);
    expect(memreport(quick(captures)).status).toBe(0);
  });

  it('4: an empty folder, and it says what it looked for', () => {
    const empty = join(folder, 'empty');
    mkdirSync(empty);
    const { status, stderr } = memreport(quick(empty));
    expect(status).toBe(4);
    expect(stderr).toContain('smaps, maps, status, smem, pmap, valgrind or sanitizer logs');
  });

  it('4: a path that is not there, no capture among the files, no program that matches', () => {
    const prose = join(folder, 'prose');
    mkdirSync(prose);
    writeFileSync(join(prose, 'notes.txt'), 'it leaks, I think\n');
    for (const words of [quick(join(folder, 'nowhere')), quick(prose), quick(LEAK, '--command', '^nothing$')]) {
      expect(memreport(words).status).toBe(4);
    }
  });

  it('5: no browser, but everything else is written', () => {
    const words = ['analyze', LEAK, '--out', out, '--browser', join(folder, 'no-chrome')];
    const { status, stderr } = memreport(words);
    expect(status).toBe(5);
    expect(stderr).toMatch(/no PDF: .*no-chrome/);
    expect(existsSync(join(out, 'index.html'))).toBe(true);
    expect(existsSync(join(out, 'report.json'))).toBe(true);
    expect(existsSync(join(out, 'report.pdf'))).toBe(false);
    expect(memreport(['analyze', LEAK, '--out', out], { PUPPETEER_EXECUTABLE_PATH: '/nowhere/chrome' }).status).toBe(5);
  });

  it('6: the output is not writable', () => {
    const file = join(folder, 'a-file');
    writeFileSync(file, '');
    const { status, stderr } = memreport(['analyze', LEAK, '--out', join(file, 'below'), '--format', 'json']);
    expect(status).toBe(6);
    expect(stderr).toContain(file);
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s: %i, and what is written stays', async (signal, code) => {
    const captures = join(folder, signal);
    const child = spawn(process.execPath, [MAIN, 'analyze', 'samples/sets', '--out', captures], { stdio: 'ignore' });
    const exit = once(child, 'exit') as Promise<[number | null]>;
    // The page is written before the PDFs are printed, which takes a while.
    while (!existsSync(join(captures, 'index.html'))) await setTimeout(5);
    child.kill(signal);
    expect((await exit)[0]).toBe(code);
    expect(existsSync(join(captures, 'index.html'))).toBe(true);
    expect(existsSync(join(captures, 'report.pdf'))).toBe(false);
  });

  it('a reader of stdout that goes away is no error', async () => {
    const child = spawn(process.execPath, [MAIN, 'rules'], { stdio: ['ignore', 'pipe', 'ignore'] });
    child.stdout.destroy();
    const [exitCode] = (await once(child, 'exit')) as [number | null];
    expect(exitCode).toBe(0);
  });
});

describe('bad input beside good', () => {
  it('costs a clear problem each, and the rest of the report is unharmed', () => {
    const captures = join(folder, 'mixed');
    const hostile = '<script>alert(1)<‮script>\x1b[31m';
    mkdirSync(join(captures, 'board-7'), { recursive: true });
    const place = (name: string): string => join(captures, 'board-7', name);
    copyFileSync('samples/memcheck/leak-example.log', place('valgrind.77.log'));
    copyFileSync('samples/smaps/truncated-in-line.smaps', place('cut.smaps'));
    copyFileSync('samples/smaps/odd-names.smaps', place(`smaps_${hostile}_812_1769893200.txt`));
    writeFileSync(place('core.bin'), Buffer.from(Array.from({ length: 5000 }, (_, i) => i % 7)));
    writeFileSync(place('packed.gz'), Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3]));
    writeFileSync(place('secret.smaps'), 'x');
    chmodSync(place('secret.smaps'), 0);
    symlinkSync('..', place('loop'));
    symlinkSync('nowhere', place('dangling'));

    const { status, stderr, stdout } = memreport([
      'analyze',
      captures,
      '--out',
      out,
      '--format',
      'html,json',
      '--verbose',
    ]);
    expect(status).toBe(0);
    expect(stderr).not.toMatch(/\n +at /);
    expect(stderr).toMatch(/board-7\/cut\.smaps:\d+: error: expected a whole snapshot/);
    expect(stderr).toMatch(/board-7\/packed\.gz:\d+: error: expected whole gzip data/);
    expect(stderr).toMatch(/board-7\/loop: warning: .*not followed/);
    expect(stderr).toMatch(/board-7\/dangling: error: /);
    // What a capture is called cannot steer the terminal.
    for (const text of [stdout, stderr]) for (const sign of ['\x1b', '\u202e']) expect(text).not.toContain(sign);

    const analysis = JSON.parse(readFileSync(join(out, 'report.json'), 'utf8')) as Analysis;
    const labels = analysis.verdicts.map(({ command, label }) => [command, label]);
    expect(labels).toContainEqual(['leak-example', 'leak']);
    expect(analysis.verdicts.some(({ command }) => command.includes('<script>'))).toBe(true);
    expect(analysis.files.find(({ path }) => path.endsWith('core.bin'))?.status).toBe('ignored');
    const html = readFileSync(join(out, 'index.html'), 'utf8');
    expect(html).not.toContain('<script>alert');
    expect(html).toContain('&lt;script&gt;alert');
  });
});
