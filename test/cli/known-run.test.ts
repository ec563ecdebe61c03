import {
  appendFileSync,
  cpSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { memreport, temporaryFolder } from './run-cli.js';

const DEVICES = 12;
/** Files that were written just now may be written to again without a trace: they are read again. */
const SETTLED = 2_100;
const AGAIN = 'nothing has changed since the last run';

/** The files below a folder with their contents. */
function contents(folder: string): Map<string, string> {
  const names = (readdirSync(folder, { recursive: true }) as string[]).filter((name) =>
    statSync(join(folder, name)).isFile(),
  );
  return new Map(names.sort().map((name) => [name, readFileSync(join(folder, name), 'latin1')]));
}

describe('a run over captures that stand as the last one found them', () => {
  const root = temporaryFolder();
  const captures = join(root, 'captures');
  const out = join(root, 'out');
  const analyze = (...more: string[]): ReturnType<typeof memreport> => {
    const environment = { MEMREPORT_NO_CACHE: '', XDG_CACHE_HOME: join(root, 'cache') };
    const words = ['analyze', captures, '--out', out, '--format', 'html,json', '--verbose', ...more];
    return memreport(words, environment);
  };
  /** Whether it found nothing changed; whatever it did, it left what an uncached run writes. */
  const isAgain = (...more: string[]): boolean => {
    const found = analyze(...more);
    const left = contents(out);
    const anew = analyze('--no-cache', ...more);
    expect(contents(out)).toEqual(left);
    expect(found).toMatchObject({ status: anew.status, stdout: anew.stdout });
    return found.stderr.includes(AGAIN);
  };

  beforeAll(async () => {
    for (let device = 0; device < DEVICES; device++) {
      cpSync('samples/smaps/series.log', join(captures, `board-${device}`, 'series.log'));
    }
    writeFileSync(join(captures, 'board-1', 'torn.smaps'), readFileSync('samples/smaps/series.log').subarray(0, 900));
    await sleep(SETTLED);
    analyze();
  }, 60_000);

  it('leaves all as it is, and says the same', () => {
    expect(analyze().stderr).toContain(AGAIN);
    expect(isAgain()).toBe(true);
    expect(isAgain('--strict')).toBe(true);
    expect(isAgain('--fail-on', 'suspect')).toBe(true);
  }, 60_000);

  it.each(['index.html', 'report.json'])(
    'writes %s again where it is gone or another',
    (name) => {
      analyze();
      unlinkSync(join(out, name));
      expect(isAgain()).toBe(false);
      analyze();
      const before = readFileSync(join(out, name));
      writeFileSync(join(out, name), before.fill(32, 0, 1));
      expect(isAgain()).toBe(false);
    },
    60_000,
  );

  it('removes what the last run did not write', () => {
    analyze();
    cpSync(join(out, 'index.html'), join(out, 'tickets', 'of-yesterday.html'));
    expect(isAgain()).toBe(true);
    expect(contents(out).has('tickets/of-yesterday.html')).toBe(false);
  }, 60_000);

  it.each([
    ['--lang', 'zh-CN'],
    ['--memory-limit', '512M'],
    ['--device', 'board-[1-5]'],
    ['--source', 'samples'],
  ])(
    'is another with %s %s',
    (...more) => {
      analyze();
      expect(isAgain(...more)).toBe(false);
    },
    60_000,
  );

  it('is another where a capture changed, is new, is gone, or has other files beside it', () => {
    const changes = [
      (): void => {
        appendFileSync(join(captures, 'board-2', 'series.log'), 'more\n');
      },
      (): void => {
        cpSync(join(captures, 'board-2'), join(captures, 'board-new'), { recursive: true });
      },
      (): void => {
        rmSync(join(captures, 'board-new'), { recursive: true });
      },
      (): void => {
        writeFileSync(join(captures, 'captures.json'), '{"device": "board-7"}');
      },
      (): void => {
        unlinkSync(join(captures, 'captures.json'));
      },
      (): void => {
        utimesSync(join(captures, 'board-4', 'series.log'), 1, 1);
      },
    ];
    for (const change of changes) {
      analyze();
      change();
      expect(isAgain(), change.toString()).toBe(false);
    }
  }, 120_000);
});
