import { afterEach, describe, expect, it, vi } from 'vitest';
import { RunStages } from '../../src/cli/run-stages.js';
import { Terminal } from '../../src/cli/terminal.js';
import { loadLanguage } from '../../src/language.js';
import { memreport } from './run-cli.js';

const COUNTS = { files: 1105, bytes: 3 * 1024 ** 3, programs: 1, problems: 2, written: 12 };

function linesOf(options: { readonly jsonLog?: boolean }, act: (terminal: Terminal) => void): string[] {
  const lines: string[] = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    lines.push(String(text).trim());
    return true;
  });
  act(new Terminal({ quiet: false, verbose: false, color: false, ...options }));
  return lines;
}

afterEach(() => {
  vi.restoreAllMocks();
});

/** A run whose clock is turned by hand, up to the third gigabyte of four. */
function run(terminal: Terminal): void {
  let now = 1000;
  const stages = new RunStages(terminal, () => now);
  stages.begin('reading');
  now += 6000;
  const gigabyte = 1024 ** 3;
  stages.progress({
    done: 900,
    total: 1105,
    bytes: 3 * gigabyte,
    totalBytes: 4 * gigabyte,
    problems: 2,
    path: 'a/smaps',
  });
  now += 2000;
  stages.begin('judging');
  now += 500;
  stages.progress({ done: 3, total: 40, path: 'board-7' });
  stages.begin('writing');
  now += 61_500;
  stages.finish(COUNTS);
}

describe('the stages of a run', () => {
  it('end in a line that says what each took', () => {
    expect(linesOf({}, run).at(-1)).toBe(
      'memreport: 1,105 files (3 GiB) read and 1 program judged in 8.5 s; 12 files written in 61.5 s; 70.0 s in all',
    );
  });

  it('tell how far they are, how fast, and how long it will take', () => {
    const told: string[] = [];
    const terminal = new Terminal({ quiet: true, verbose: false, color: false });
    vi.spyOn(terminal, 'progress').mockImplementation((text) => told.push(text()));
    run(terminal);
    expect(told).toEqual([
      'reading 900 of 1,105 files, 3 GiB of 4 GiB, 512 MiB a second, 2 s left, 2 problems: a/smaps',
      'judging 3 of 40 devices: board-7',
    ]);
  });

  it('are events for programs, each a line of JSON', () => {
    const events = linesOf({ jsonLog: true }, (terminal) => {
      run(terminal);
      terminal.message('memreport: told');
    }).map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(events.map(({ event }) => event)).toEqual(['stage', 'stage', 'stage', 'summary', 'message']);
    for (const { time } of events) expect(Number.isNaN(Date.parse(String(time)))).toBe(false);
    expect(events[3]).toMatchObject({
      ...COUNTS,
      milliseconds: 70_000,
      stages: { reading: { milliseconds: 8000 }, judging: { milliseconds: 500 }, writing: { milliseconds: 61_500 } },
    });
    expect(events[4]).toMatchObject({ level: 'info', text: 'told' });
  });

  it('are told in Chinese, too', async () => {
    const { find } = await loadLanguage('zh-CN');
    expect(
      find('1,105 files (3 GiB) read and 1 program judged in 8.5 s; 12 files written in 61.5 s; 70.0 s in all'),
    ).toMatch(/1,105.*8\.5.*70\.0/);
  });
});

describe('--json-log', () => {
  it('makes each line of stderr an object, failures too', () => {
    const { stderr, status } = memreport(['analyze', '/nowhere', '--json-log']);
    expect(status).toBe(4);
    expect(
      stderr
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toMatchObject([{ event: 'message', level: 'error', text: expect.stringContaining('/nowhere') as unknown }]);
  });
});
