import { appendFileSync, cpSync, readdirSync, readFileSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { memreport, temporaryFolder } from './run-cli.js';

const DEVICES = 60;

/** A program on each of so many devices. */
function night(root: string): string {
  for (let device = 0; device < DEVICES; device++) {
    cpSync('samples/smaps/series.log', join(root, `board-${device}`, 'series.log'));
  }
  return root;
}

/** The files below a folder with their contents. */
function contents(folder: string): Map<string, string> {
  const names = (readdirSync(folder, { recursive: true }) as string[]).filter((name) =>
    statSync(join(folder, name)).isFile(),
  );
  return new Map(names.sort().map((name) => [name, readFileSync(join(folder, name), 'latin1')]));
}

const OLD = new Date(Date.UTC(2020, 0, 1));

describe('the files of devices', () => {
  const root = temporaryFolder();
  const captures = night(join(root, 'captures'));
  const analyze = (out: string, ...more: string[]): void => {
    const environment = { MEMREPORT_NO_CACHE: '', XDG_CACHE_HOME: join(root, 'cache') };
    const words = ['analyze', captures, '--out', join(root, out), '--format', 'html,json,csv', ...more];
    expect(memreport(words, environment)).toMatchObject({ status: 0 });
  };

  it('are left as they are where they would be made from the same, and made anew where anything differs', () => {
    analyze('out');
    const first = contents(join(root, 'out'));
    expect([...first.keys()].filter((name) => name.startsWith('devices/'))).toHaveLength(5 * DEVICES);
    const touched = ['devices/board-1/index.html', 'devices/board-2/report.json'].map((name) =>
      join(root, 'out', name),
    );
    appendFileSync(touched[0] ?? '', 'edited');
    rmSync(touched[1] ?? '');
    analyze('out');
    expect(contents(join(root, 'out'))).toEqual(first);
    // Its bytes are the same, but for a date that says it was not written to.
    const kept = join(root, 'out', 'devices', 'board-3', 'index.html');
    utimesSync(kept, OLD, OLD);
    appendFileSync(join(captures, 'board-7', 'series.log'), readFileSync(join(captures, 'board-7', 'series.log')));
    analyze('out');
    expect(statSync(kept).mtime).toEqual(OLD);
    analyze('anew', '--no-cache');
    expect(contents(join(root, 'out'))).toEqual(contents(join(root, 'anew')));
    expect(contents(join(root, 'out'))).not.toEqual(first);
    analyze('out', '--lang', 'zh-CN');
    analyze('anew', '--no-cache', '--lang', 'zh-CN');
    expect(contents(join(root, 'out'))).toEqual(contents(join(root, 'anew')));
  }, 120_000);
});
