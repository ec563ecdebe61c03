import { describe, expect, test } from 'vitest';
import { sanitizer } from '../../../src/ingest/formats/sanitizer.js';
import { readText } from '../read-text.js';

/** The one process that the text is about. */
function diagnosisOf(text: string) {
  const { readings, problems } = readText(sanitizer, text);
  const [diagnosis] = readings.filter((reading) => reading.type === 'diagnosis');
  if (!diagnosis || readings.length > 1) throw new Error(`${readings.length} readings`);
  return { ...diagnosis, problems };
}

const SEGV = '==7==ERROR: AddressSanitizer: SEGV on unknown address 0x000000000010 (pc 0x55 bp 0x7f sp 0x7e T0)\n';
const MAIN = '    #0 0x55 in main /opt/demo/a.c:8\n';

describe('the end of a report without SUMMARY', () => {
  test.each([
    [`${SEGV}${MAIN}==7==ABORTING\n`],
    [`==7==WARNING: MemorySanitizer: use-of-uninitialized-value\n${MAIN}\nExiting\n`],
    [
      `==================\nWARNING: ThreadSanitizer: data race (pid=7)\n  Write of size 4 at 0x12 by main thread:\n${MAIN}==================\n`,
    ],
    ['==7==WARNING: AddressSanitizer failed to allocate 0x4000000000000 bytes\n'],
    ['==7==AddressSanitizer: hard rss limit exhausted (300Mb vs 379Mb)\n'],
  ])('%j', (text) => {
    const { errors, problems } = diagnosisOf(text);
    expect(errors).toHaveLength(1);
    expect(problems).toEqual([]);
  });

  test('is not what another process says', () => {
    expect(diagnosisOf(`${SEGV}${MAIN}==8==ABORTING\n`).problems).toMatchObject([{ code: 'incomplete-log' }]);
  });
});

describe('the title of a further stack', () => {
  const titlesOf = (text: string): unknown[] => diagnosisOf(text).errors[0]?.related.map(({ title }) => title) ?? [];

  test('is kept where a symbolizer complains below it', () => {
    const text = `${SEGV}${MAIN}freed by thread T0 here:\n/usr/bin/llvm-symbolizer: error: '[stack]': No such file\n${MAIN}`;
    expect(titlesOf(text)).toEqual(['freed by thread T0 here:']);
  });

  test('is its own where the stack above it is lost', () => {
    const text = `WARNING: ThreadSanitizer: data race (pid=7)\n  Write of size 4 at 0x12 by thread T2:\n${MAIN}\n  Previous read of size 4 at 0x12 by thread T1:\n    [failed to restore the stack]\n\n  As if synchronized via sleep:\n${MAIN}\n  Location is global 'a':\n${MAIN}`;
    expect(titlesOf(text)).toEqual(['As if synchronized via sleep:', "Location is global 'a':"]);
  });

  test('is the line right above it else', () => {
    const frame = 'Address 0x7f is located in stack of thread T0 at offset 80 in frame\n';
    const text = `${SEGV}${MAIN}${frame}${MAIN}  This frame has 1 object(s):\n    [32, 48) 'a'\n${frame.replace('80', '90')}${MAIN}`;
    expect(titlesOf(text)).toEqual([frame.trim(), frame.replace('80', '90').trim()]);
  });

  test('is told without what the first line has in front, as far as it is the same', () => {
    const tombstone = 'I DEBUG   : ';
    const text = `${SEGV}${MAIN}freed by thread T0 here:\n${MAIN}`.replace(/^(?=.)/gm, tombstone);
    expect(titlesOf(text.replace('==7==', "Abort message: '==7=="))).toEqual(['freed by thread T0 here:']);
  });

  test.each(['> ', '11-23 00:42:01.123  6126  6248 I app     : ', 'Nov 23 00:42:23 board app[412]: '])(
    'is told without %j',
    (prefix) => {
      const text = `${SEGV}${MAIN}freed by thread T0 here:\n${MAIN}`.replace(/^(?=.)/gm, prefix);
      expect(titlesOf(text.replaceAll('01.123 ', '01.987 ').replace('01.987 ', '01.123 '))).toEqual([
        'freed by thread T0 here:',
      ]);
    },
  );
});

test("Fuchsia's stacks have the functions that were inlined, the first one's too", () => {
  const { errors } = diagnosisOf(
    `${SEGV}   #0.2  0x51 in f ../f.cc:1 <libf.so>+0x1\n   #0.1  0x51 in g ../f.cc:2 <libf.so>+0x1\n` +
      '   #0    0x51 in h ../f.cc:3 <libf.so>+0x1\n   #1.1  0x52 in i ../f.cc:4 <libf.so>+0x2\n   #1    0x52 in main ../f.cc:5 <libf.so>+0x2\n' +
      'previously allocated by thread T0 here:\n   #0    0x53 in malloc <libc.so>+0x3\n',
  );
  expect(errors[0]?.frames.map(({ symbol }) => symbol)).toEqual(['f', 'g', 'h', 'i', 'main']);
  expect(errors[0]?.related.map(({ frames }) => frames.length)).toEqual([1]);
});

describe('the runtime library without words', () => {
  test.each([
    ['ubsan: add-overflow', 'add-overflow', []],
    ['ubsan: implicit-conversion by 0x55D4', 'implicit-conversion', [{ address: '55d4' }]],
    ['I/app(77): ubsan: shift-out-of-bounds', 'shift-out-of-bounds', []],
  ])('%s', (line, kind, frames) => {
    const { errors, problems } = diagnosisOf(`${line}\n`);
    expect(errors).toMatchObject([{ tool: 'ubsan', kind, message: line.slice(line.indexOf('ubsan')), frames }]);
    expect(problems).toEqual([]);
  });

  test('is not what somebody says of it', () => {
    expect(sanitizer.recognizes('ubsan: enabled\n')).toBe(false);
    expect(sanitizer.recognizes('UBSAN: array-index-out-of-bounds in drivers/sensor.c:12:3\n')).toBe(false);
  });
});

test('leaks know which of several leak checks of the process told them', () => {
  const check = (...bytes: number[]): string =>
    `==52==ERROR: LeakSanitizer: detected memory leaks\n\n${bytes
      .map((size) => `Direct leak of ${size} byte(s) in 1 object(s) allocated from:\n${MAIN}\n`)
      .join('')}SUMMARY: LeakSanitizer: 1 byte(s) leaked in 1 allocation(s).\n`;
  const { leaks } = diagnosisOf(check(24) + check(24, 8));
  expect(leaks.map((leak) => [leak.bytes, leak.check])).toEqual([
    [24, undefined],
    [24, 2],
    [8, 2],
  ]);
});

test('two processes that write at once have a stack each, and a leak without a stack has none', () => {
  const head = 'Direct leak of 24 byte(s) in 1 object(s) allocated from:\n';
  const headline = '==52==ERROR: LeakSanitizer: detected memory leaks\n\n';
  const summary = 'SUMMARY: LeakSanitizer: 48 byte(s) leaked in 2 allocation(s).\n';
  const stacksOf = (text: string): number[] => diagnosisOf(text).leaks.map(({ frames }) => frames.length);
  expect(stacksOf(`${headline}${head}${head}${MAIN}\n${MAIN}\n${summary}`)).toEqual([1, 1]);
  expect(stacksOf(`${headline}${head}${head}${MAIN}\n${MAIN}\n${summary}`.replaceAll('\n', '\n> '))).toEqual([1, 1]);
  expect(stacksOf(`${headline}${head}    <empty stack>\n\n${head}${MAIN}\n${summary}`)).toEqual([0, 1]);
});

test('a library is no program, even where the C library seems to call it', () => {
  const { says } = diagnosisOf(
    `${SEGV}    #0 0x55 in f /opt/demo/a.c:8\n    #1 0x56 in start_thread (/lib/libstdc++.so.6+0xd44a2)\n` +
      '    #2 0x57 in __libc_start_call_main ../libc_start_call_main.h:58\n    #3 0x58 in _start (/opt/demo/sensord+0x1090)\n',
  );
  expect(says).toEqual({ pid: 7, command: '/opt/demo/sensord' });
});

describe('an error of an object whose library tells the tool of its accesses', () => {
  test.each([
    [
      'Swift access race',
      '  Modifying access of Swift variable at 0x7b04 by thread T18:',
      'Swift-access-race',
      'write',
    ],
    [
      'race on NSMutableArray',
      '  Read-only access of NSMutableArray at 0x7b04 by main thread:',
      'race-on-external-object',
      'read',
    ],
  ])('%s', (words, access, kind, told) => {
    const { errors } = diagnosisOf(`WARNING: ThreadSanitizer: ${words} (pid=7)\n${access}\n${MAIN}`);
    expect(errors).toMatchObject([{ tool: 'tsan', kind, access: told, address: '7b04', frames: [{ symbol: 'main' }] }]);
  });
});

test('two definitions of a global have its address', () => {
  const { errors } = diagnosisOf(
    "==7==ERROR: AddressSanitizer: odr-violation (0x55D3A0c1):\n  [1] size=4 'a' a.c:3:5\n",
  );
  expect(errors).toMatchObject([{ kind: 'odr-violation', address: '55d3a0c1' }]);
});

test('what a tool says of its own start is no error', () => {
  expect(sanitizer.recognizes("==7==WARNING: AddressSanitizer: failed to intercept 'memcpy'\n")).toBe(false);
  expect(sanitizer.recognizes('==7==WARNING: ThreadSanitizer: memory layout is incompatible, possibly …\n')).toBe(
    false,
  );
});

test.each([
  'grep -q "ERROR: AddressSanitizer" log.txt',
  'r"==\\d+==ERROR: AddressSanitizer: (\\S+)"',
  'It prints `==7==ERROR: LeakSanitizer: detected memory leaks` then.',
  'Look for "SUMMARY: AddressSanitizer:" there.',
  'AddressSanitizer: finds errors of memory',
  'const PATTERNS = ["WARNING: ThreadSanitizer: data race", "deadlock"];',
])('what is said of reports is none: %s', (line) => {
  expect(sanitizer.recognizes(`${line}\n`)).toBe(false);
});
