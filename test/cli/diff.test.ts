import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Comparison } from '../../src/model/comparison.js';
import { memreport, temporaryFolder } from './run-cli.js';

const LEAKY = 'samples/pairs/heap-leaky.tar.gz';
const REPAIRED = 'samples/pairs/heap-repaired.tar.gz';
const LOG = (name: string): string => `samples/pairs/heap-${name}.valgrind.log`;
const scratch = temporaryFolder();
let runs = 0;

function diffed(words: readonly string[], environment: Record<string, string> = {}) {
  const out = join(scratch, `run-${runs++}`);
  return { out, ...memreport(['diff', ...words, '--out', out], environment) };
}

describe('memreport diff', () => {
  it('says in one sentence what changed, then the tables and the paths', () => {
    const { stdout, stderr, status, out } = diffed([LEAKY, REPAIRED]);
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(stdout.split('\n', 1)[0]).toBe('heap-repaired leaks no more; it grew by 225.1 MiB/h.');
    expect(stdout).toMatch(/^better +heap-repaired +leak → clean +225\.1 MiB\/h → 0/m);
    expect(stdout).toMatch(/^slower +\[heap\] +heap-repaired /m);
    expect(stdout.trimEnd().split('\n').slice(-2)).toEqual([join(out, 'index.html'), join(out, 'diff.json')]);
    expect(readdirSync(out).sort()).toEqual(['diff.json', 'index.html']);
    const { counts } = JSON.parse(readFileSync(join(out, 'diff.json'), 'utf8')) as Comparison;
    expect(counts.stoppedLeaking).toBe(1);
  });

  it('prints what the README shows', () => {
    const readme = readFileSync('README.md', 'utf8');
    const [, shown = ''] = /\$ memreport diff [^\n]*\n([\s\S]*?)```/.exec(readme) ?? [];
    const { stdout } = diffed([LEAKY, REPAIRED]);
    expect(shown.trim().split('\n').length).toBeGreaterThan(5);
    expect(stdout).toContain(shown.trim());
  });

  it('says "No difference" of a thing and itself, and fails on nothing', () => {
    const { stdout, status } = diffed([LEAKY, LEAKY, '--fail-on', 'new-leak,growth']);
    expect(stdout).toMatch(/^No difference\.\n/);
    expect(status).toBe(0);
  });

  it.each([
    ['new-leak', [LOG('repaired'), LOG('leaky')], 1],
    ['new-leak', [LOG('leaky'), LOG('repaired')], 0],
    ['growth', [REPAIRED, LEAKY], 1],
    ['growth', [LEAKY, REPAIRED], 0],
    ['growth', [LOG('repaired'), LOG('leaky')], 0],
    ['new-leak,growth', [REPAIRED, LEAKY], 1],
  ])('exits for --fail-on %s of %j with %i', (failOn, sides, expected) => {
    const { status, out } = diffed([...sides, '--fail-on', failOn]);
    expect(status).toBe(expected);
    expect(existsSync(join(out, 'diff.json'))).toBe(true);
  });

  it.each([
    [['only-one'], /not enough|expected/i],
    [[LEAKY, REPAIRED, '--fail-on', 'leak'], /--fail-on: expected new-leak, growth, found "leak"/],
    [[LEAKY, REPAIRED, '--format', 'doc'], /--format: expected/],
    [[LEAKY, REPAIRED, '--match-devices', 'board'], /--match-devices: expected all, or pairs/],
    [[LEAKY, REPAIRED, '--device', '('], /--device: expected a regular expression/],
  ])('exits with 2 for %j', (words, message) => {
    const { status, stderr, stdout } = diffed(words);
    expect(status).toBe(2);
    expect(stderr).toMatch(message);
    expect(stdout).toBe('');
  });

  it('exits with 4 where a side is missing or tells of no program', () => {
    const empty = join(scratch, 'empty.txt');
    writeFileSync(empty, 'no capture\n');
    for (const [path, found] of [
      [join(scratch, 'nowhere'), 'found nothing at this path'],
      [empty, 'found no program'],
    ] as const) {
      for (const sides of [
        [path, LEAKY],
        [LEAKY, path],
      ]) {
        const { status, stderr } = diffed(sides);
        expect(status).toBe(4);
        expect(stderr).toContain(`${path}: expected`);
        expect(stderr).toContain(found);
      }
    }
  });

  it('exits with 6 where the output folder cannot be made', () => {
    const file = join(scratch, 'file');
    writeFileSync(file, '');
    const { status } = memreport(['diff', LOG('leaky'), LOG('repaired'), '--out', join(file, 'below')]);
    expect(status).toBe(6);
  });

  it('pairs devices as asked for', () => {
    const { out } = diffed([LEAKY, REPAIRED, '--match-devices', 'all']);
    const { pairing } = JSON.parse(readFileSync(join(out, 'diff.json'), 'utf8')) as Comparison;
    expect(pairing.by).toBe('command');
    const given = diffed([LEAKY, REPAIRED, '--match-devices', 'heap-leaky=heap-repaired']);
    const named = JSON.parse(readFileSync(join(given.out, 'diff.json'), 'utf8')) as Comparison;
    expect(named.pairing).toMatchObject({ by: 'given', devices: [{ before: 'heap-leaky', after: 'heap-repaired' }] });
    const unknown = diffed([LEAKY, REPAIRED, '--match-devices', 'heap-leaky=nobody']);
    expect(unknown.status).toBe(4);
    expect(unknown.stderr).toContain(`${REPAIRED}: expected programs to compare, found no device "nobody"`);
  });

  it('prints no control character of a name', () => {
    const log = readFileSync(LOG('leaky'), 'utf8').replaceAll('heap-leaky', 'heap\u001b]0;owned\u0007\u202e');
    const hostile = join(scratch, 'hostile.log');
    writeFileSync(hostile, log);
    const { stdout, stderr } = diffed([LOG('repaired'), hostile]);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    expect(stdout + stderr).not.toMatch(/[\x00-\x09\x0b-\x1f\u202e]/);
    expect(stdout).toContain('leaks now');
  });
});
