import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MAIN, memreport, temporaryFolder } from '../cli/run-cli.js';
import { filesBelow, isWhole } from './whole-files.js';

const PRELOAD = `--import ${resolve('test/torture/failing-fs.mjs')}`;
/** As many runs at once as there are processors to be expected. */
const AT_ONCE = 2;

const folder = temporaryFolder();
const captures = join(folder, 'captures');
mkdirSync(join(captures, 'board-7'), { recursive: true });
for (const [from, to] of [
  ['samples/memcheck/leak-example.log', 'valgrind.77.log'],
  ['samples/smaps/odd-names.smaps', 'smaps_odd-names_812_1769893200.txt'],
] as const) {
  cpSync(from, join(captures, 'board-7', to));
}

/** Of an earlier run: two files that this run writes too, and two that it does not. */
const YESTERDAY = new Map(
  ['index.html', 'report.json', 'report.jira', 'tickets/board-7--of-yesterday.html'].map((name) => [
    name,
    Buffer.from('of yesterday'),
  ]),
);

function outputOfYesterday(name: string): string {
  const out = join(folder, name);
  mkdirSync(join(out, 'tickets'), { recursive: true });
  for (const [path, content] of YESTERDAY) writeFileSync(join(out, path), content);
  return out;
}

const words = (out: string): string[] => ['analyze', captures, '--out', out, '--format', 'html,json,md'];

interface Ended {
  readonly status: number | null;
  readonly stderr: string;
}

function run(out: string, environment: Record<string, string>): Promise<Ended> {
  const env = { ...process.env, NODE_OPTIONS: PRELOAD, ...environment };
  return new Promise((done) => {
    const child = execFile(process.execPath, [MAIN, ...words(out)], { env }, (_error, _stdout, stderr) => {
      done({ status: child.exitCode, stderr });
    });
  });
}

describe('each call of the file system fails once', () => {
  const record = join(folder, 'calls');

  /** The calls of an undisturbed run, as `name path`. */
  async function callsOf(out: string): Promise<string[]> {
    expect(await run(out, { CALLS: record })).toMatchObject({ status: 0 });
    return readFileSync(record, 'utf8').split('\n');
  }

  it('ends with a documented exit code, a message, and no torn file', async () => {
    const whole = outputOfYesterday('whole');
    const calls = await callsOf(whole);
    const expected = filesBelow(whole);
    expect([...expected.keys()]).toHaveLength(5);
    expect(calls.length).toBeGreaterThan(100);
    const statuses = new Map<number | null, number>();
    const numbers = calls.keys();
    const next = async (): Promise<void> => {
      for (const index of numbers) {
        const code = index % 2 === 0 ? 'EIO' : 'ENOSPC';
        const out = outputOfYesterday(`${index}`);
        const own = join(folder, `calls-${index}`);
        const { status, stderr } = await run(out, { FAIL_AT: `${index + 1}`, FAIL_WITH: code, CALLS: own });
        // While the disk is waited for, calls may come in another order.
        const failed = readFileSync(own, 'utf8').split('\n')[index] ?? '';
        const what = `${index + 1}: ${code} of ${failed}: exit ${status}, ${stderr}`;
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        expect([0, 4, 6, 7], what).toContain(status);
        expect(stderr, what).not.toMatch(/\n +at /);
        if (status !== 0) expect(stderr, what).toMatch(/^memreport: .*: expected .*, found (?:EIO|ENOSPC|no )/m);
        for (const [name, content] of filesBelow(out)) {
          if (name === '.memreport/journal') continue;
          expect(name, what).not.toContain('.memreport');
          const isOld = YESTERDAY.get(name)?.equals(content) ?? false;
          expect(isOld ? status !== 0 : isWhole(name, content), `${name} after ${what}`).toBe(true);
        }
        if (failed.includes('.tmp')) expect(status, what).toBe(6);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, next));
    expect(statuses.get(6), 'most calls that write').toBeGreaterThan(40);
    expect(statuses.get(0), 'most calls that read captures').toBeGreaterThan(10);
  }, 600_000);

  it('and the next run goes on', async () => {
    const out = outputOfYesterday('resumed');
    const whole = outputOfYesterday('undisturbed');
    const calls = await callsOf(whole);
    const at = calls.findLastIndex((call) => call.startsWith('renameSync'));
    expect((await run(out, { FAIL_AT: `${at + 1}`, FAIL_WITH: 'ENOSPC' })).status).toBe(6);
    const { status, stderr } = memreport([...words(out), '--resume']);
    expect(status).toBe(0);
    expect(stderr).toContain('resuming an interrupted run; files written already: 4');
    expect(filesBelow(out)).toEqual(filesBelow(whole));
  });
});
