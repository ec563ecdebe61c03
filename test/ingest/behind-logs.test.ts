import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readFile } from './capture-tree.js';
import { processText } from './smaps-text.js';

const SMAPS = processText(100);
const REPORT = readFileSync('samples/asan/use-after-free.txt', 'utf8');
const LEAKS = readFileSync('samples/lsan/indirect.txt', 'utf8');
const MEMCHECK = readFileSync('samples/memcheck/leak-example.log', 'utf8');
const DATE = 'Mon Nov 23 01:06:25 UTC 2026\n';
const AT = Date.UTC(2026, 10, 23, 1, 6, 25);
/** A report that breaks off inside its stack. */
const BROKEN = REPORT.slice(0, REPORT.indexOf('#1'));

async function outline(text: string): Promise<unknown[]> {
  const { captures } = await readFile(text);
  return captures.map((capture) => {
    const { type, context } = capture;
    return [type, ...(context.sources.takenAt === 'header' ? [context.takenAt] : [])];
  });
}

describe('what stands behind the report of a sanitizer is read', () => {
  it.each([
    ['AddressSanitizer', REPORT],
    ['LeakSanitizer', LEAKS],
    ['a report that breaks off', BROKEN],
    ['UndefinedBehaviorSanitizer', 'a.c:3:7: runtime error: division by zero\n'],
    ['a failure', '==7==LeakSanitizer has encountered a fatal error.\n'],
  ])('a snapshot behind %s', async (_, report) => {
    expect((await outline(`${report}\n${SMAPS}`)).map((capture) => (capture as unknown[])[0]).toSorted()).toEqual([
      'diagnosis',
      'snapshot',
    ]);
    expect(await outline(`${report}${DATE}${SMAPS}`)).toEqual([['diagnosis'], ['snapshot', AT]]);
  });

  it('another log, then a snapshot', async () => {
    expect(await outline(`${REPORT}\n${MEMCHECK}\n${DATE}${SMAPS}`)).toEqual([
      ['diagnosis'],
      ['diagnosis'],
      ['snapshot', AT],
    ]);
  });

  it('the table of a tool', async () => {
    const table = readFileSync('samples/smem/default.txt', 'utf8');
    const { samples, problems } = await readFile(`${REPORT}${table}`);
    expect(samples.length).toBe((await readFile(table)).samples.length);
    expect(problems.map(({ code }) => code)).toEqual(['time-from-modification']);
  });
});

describe('a log goes on behind lines that are not its own', () => {
  it.each([
    ['a date', DATE],
    ['a banner', '==== 2026-11-23 01:06:26 pid=99 ====\n'],
    ['output of the program', 'hello\n  PID of mine: 7\nTotal: 12 kB\n'],
    ["logcat's lines", '11-23 00:42:23.123  412  413 I chatty  : uid=1000 expire 3 lines\n'],
  ])('%s', async (_, between) => {
    for (const log of [LEAKS, MEMCHECK]) {
      const half = log.indexOf('\n', log.length / 2) + 1;
      const { captures } = await readFile(log.slice(0, half) + between + log.slice(half));
      const whole = await readFile(log);
      expect(captures.map((capture) => (capture.type === 'diagnosis' ? capture.leaks.length : capture.type))).toEqual(
        whole.captures.map((capture) => (capture.type === 'diagnosis' ? capture.leaks.length : capture.type)),
      );
    }
  });

  it.each([
    ['in the middle of a stack', 'by 0x'],
    ['before its heap summary', 'HEAP SUMMARY'],
    ['in its leak summary', 'indirectly lost:'],
    ['before its last line', 'ERROR SUMMARY'],
  ])('a log of memcheck that a snapshot interrupts %s', async (_, at) => {
    const line = MEMCHECK.lastIndexOf('\n', MEMCHECK.indexOf(at)) + 1;
    const parts = [MEMCHECK.slice(0, line), DATE, SMAPS, MEMCHECK.slice(line)];
    const { captures, problems, files } = await readFile(parts.join(''));
    const whole = await readFile(MEMCHECK);
    const logs = captures.filter(({ type }) => type === 'diagnosis');
    expect(logs).toHaveLength(1);
    const [log, alone] = [logs[0], whole.captures[0]];
    if (log?.type !== 'diagnosis' || alone?.type !== 'diagnosis') throw new Error('expected a diagnosis');
    expect(log.leaks.map(({ bytes, frames }) => [bytes, frames])).toEqual(
      alone.leaks.map(({ bytes, frames }) => [bytes, frames]),
    );
    expect(log.summaries[0]?.errors).toBe(alone.summaries[0]?.errors);
    expect(log.context.command).toBe(alone.context.command);
    // The date stands above the snapshot only.
    expect(log.context.sources.takenAt).not.toBe('header');
    expect(captures.find(({ type }) => type === 'snapshot')?.context.takenAt).toBe(AT);
    expect(problems.filter(({ code }) => code !== 'time-from-modification')).toEqual([]);
    expect(files[0]?.lines?.reported).toBe(0);
  });

  it('not so a new log of the same process id, nor one that ends for good', async () => {
    const half = MEMCHECK.slice(0, MEMCHECK.indexOf('==', MEMCHECK.length / 2));
    const two = await readFile(half + SMAPS + MEMCHECK);
    expect(two.captures.filter(({ type }) => type === 'diagnosis')).toHaveLength(2);
    expect(two.problems.map(({ code }) => code)).toContain('incomplete-log');
    const one = await readFile(half + SMAPS);
    expect(one.captures.filter(({ type }) => type === 'diagnosis')).toHaveLength(1);
    expect(one.problems.map(({ code }) => code)).toContain('incomplete-log');
  });

  it('several reports of one process are one diagnosis', async () => {
    const error =
      '==7==ERROR: AddressSanitizer: heap-use-after-free on address 0x60b0000000f5 at pc 0x55 bp 0x7f sp 0x7e\n';
    const summary =
      '    #0 0x55 in main /opt/demo/a.c:8\nSUMMARY: AddressSanitizer: heap-use-after-free a.c:8 in main\n';
    const { captures } = await readFile(`${error}${summary}working on\n${DATE}${'='.repeat(65)}\n${error}${summary}`);
    expect(captures).toMatchObject([{ type: 'diagnosis', errors: [{}, {}] }]);
    expect(captures).toHaveLength(1);
  });
});
