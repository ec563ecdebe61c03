import { readdirSync, readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { CaptureFormat } from '../../../src/ingest/format.js';
import { memcheck } from '../../../src/ingest/formats/memcheck.js';
import { sanitizer } from '../../../src/ingest/formats/sanitizer.js';
import { valgrindOther } from '../../../src/ingest/formats/valgrind-tool.js';
import { fingerprintOf } from '../../../src/model/leaks.js';
import { expectGoldenJson } from '../../golden.js';
import { readText } from '../read-text.js';

function diagnosesOf(text: string) {
  const { readings, problems, rest } = readText(sanitizer, text);
  return { diagnoses: readings.filter((reading) => reading.type === 'diagnosis'), problems, rest };
}

/** The one process that the text is about. */
function diagnosisOf(text: string) {
  const { diagnoses, problems } = diagnosesOf(text);
  const [diagnosis] = diagnoses;
  if (!diagnosis || diagnoses.length > 1) throw new Error(`${diagnoses.length} diagnoses`);
  return { ...diagnosis, problems };
}

const LEAKS = '==52==ERROR: LeakSanitizer: detected memory leaks\n\n';
const leak = (bytes: number, kind = 'Direct'): string =>
  `${kind} leak of ${bytes} byte(s) in 2 object(s) allocated from:\n` +
  '    #0 0x7fab in malloc (/usr/lib/libasan.so.2+0x98602)\n    #1 0x4007d7 in main leak-example.c:6\n\n';
const leaked = (bytes: number): string => `SUMMARY: AddressSanitizer: ${bytes} byte(s) leaked in 2 allocation(s).\n`;
const ERROR =
  '==7==ERROR: AddressSanitizer: heap-use-after-free on address 0x60b0000000F5 at pc 0x55 bp 0x7f sp 0x7e\n';
const MAIN = '    #0 0x55 in main /opt/demo/a.c:8\n';
const main = { symbol: 'main', file: '/opt/demo/a.c', line: 8, address: '55' };

describe.each(['asan', 'lsan'])('samples of %s', (kind) => {
  const folder = new URL(`../../../samples/${kind}/`, import.meta.url);
  const names = readdirSync(folder);

  test.each(names)('%s', (name) => {
    const text = readFileSync(new URL(name, folder), 'utf8');
    // What ByteWindow.head gives: from the first line that is not empty, without colours.
    const head = stripVTControlCharacters(text).trimStart().slice(0, 4096);
    expect(sanitizer.recognizes(head)).toBe(true);
    expect(memcheck.recognizes(head)).toBe(false);
    expect(valgrindOther.recognizes(head)).toBe(false);
    const { readings, problems, rest } = readText(sanitizer, text, `${kind}/${name}`);
    expect(rest).toBe('');
    expectGoldenJson(`sanitizer/${kind}-${name}.json`, { readings, problems });
  });

  test.each(names)('%s: cut at any line, nothing is thrown or invented', (name) => {
    const lines = readFileSync(new URL(name, folder), 'utf8').split('\n');
    const whole = readText(sanitizer, lines.join('\n'));
    for (let count = 0; count < lines.length; count++) {
      const cut = readText(sanitizer, lines.slice(0, count).join('\n'));
      expect(cut.readings.length).toBeLessThanOrEqual(whole.readings.length);
    }
  });
});

test.each([
  ['leak-example.log', 'leak-example.txt'],
  ['time-stamp.log', 'leak-example.txt'],
])('memcheck (%s) and LeakSanitizer (%s) name the same leak by the same fingerprint', (log, report) => {
  const fingerprints = (format: CaptureFormat, path: string): string[] =>
    readText(format, readFileSync(new URL(`../../../samples/${path}`, import.meta.url), 'utf8'))
      .readings.flatMap((reading) => (reading.type === 'diagnosis' ? reading.leaks : []))
      .map(({ frames }) => fingerprintOf(frames));
  const found = fingerprints(memcheck, `memcheck/${log}`);
  expect(found).toHaveLength(1);
  expect(fingerprints(sanitizer, `lsan/${report}`)).toEqual(found);
});

describe('leaks', () => {
  test('direct and indirect, with their stacks', () => {
    const { says, leaks, errors, summaries, problems } = diagnosisOf(
      LEAKS + leak(12_288) + leak(8, 'Indirect') + leaked(12_296),
    );
    const frames = [
      { symbol: 'malloc', module: '/usr/lib/libasan.so.2', address: '7fab', offset: '98602' },
      { symbol: 'main', file: 'leak-example.c', line: 6, address: '4007d7' },
    ];
    expect(says).toEqual({ pid: 52 });
    expect(leaks).toEqual([
      { tool: 'lsan', kind: 'definite', bytes: 12_288, blocks: 2, frames, origin: { file: 'test.txt', line: 3 } },
      { tool: 'lsan', kind: 'indirect', bytes: 8, blocks: 2, frames, origin: { file: 'test.txt', line: 7 } },
    ]);
    expect(errors).toEqual([]);
    expect(problems).toEqual([]);
    // SUMMARY does not part direct from indirect leaks: no total per kind is known.
    expect(summaries).toEqual([]);
  });

  test('lists of objects and tables of suppressions are no frames', () => {
    const { leaks, problems } = diagnosisOf(
      `${LEAKS}${leak(64)}Objects leaked above:\n0x606000000380 (64 bytes)\n\n` +
        `-----------\nSuppressions used:\n  count      bytes template\n      4         96 lose_list\n-----------\n\n${leaked(64)}`,
    );
    expect(leaks.map(({ frames }) => frames.length)).toEqual([2]);
    expect(problems).toEqual([]);
  });

  test('fewer than SUMMARY says are a problem', () => {
    const { problems } = diagnosisOf(LEAKS + leak(64) + leaked(100));
    expect(problems).toMatchObject([{ severity: 'warning', code: 'incomplete-log', line: 7 }]);
    expect(problems[0]?.message).toContain('100');
  });

  test.each([
    'Omitting 3 more leak(s)',
    'Too many leaks! Only the first 5000 leaks encountered will be reported.',
    'The 1 top leak(s):',
  ])('left out by the tool: %s', (line) => {
    const { leaks, problems } = diagnosisOf(`${LEAKS}${line}\n${leak(64)}${leaked(64)}`);
    expect(leaks).toHaveLength(1);
    expect(problems).toMatchObject([{ code: 'incomplete-log', line: 3 }]);
  });

  test('a report that is cut is a problem', () => {
    expect(diagnosisOf(LEAKS + leak(64)).problems).toMatchObject([{ code: 'incomplete-log', line: 6 }]);
  });

  test('a tool that could not look says neither leak nor none', () => {
    const { leaks, summaries, problems } = diagnosisOf(
      '==31==LeakSanitizer has encountered a fatal error.\n==31==HINT: LeakSanitizer does not work under ptrace (strace, gdb, etc)\n',
    );
    expect(leaks).toEqual([]);
    expect(summaries).toEqual([]);
    expect(problems).toMatchObject([{ code: 'incomplete-log', line: 1 }]);
  });

  test('without the headline', () => {
    const { leaks, says } = diagnosisOf(leak(64) + leak(32));
    expect(leaks.map(({ bytes }) => bytes)).toEqual([64, 32]);
    expect(says).toEqual({});
  });

  test('only their SUMMARY: a problem', () => {
    const { diagnoses, problems } = diagnosesOf(leaked(64));
    expect(diagnoses).toEqual([]);
    expect(problems).toMatchObject([{ code: 'incomplete-log', line: 1 }]);
  });

  test('of forked processes are kept apart', () => {
    const { diagnoses } = diagnosesOf(
      LEAKS + leak(64) + leaked(64) + LEAKS.replace('52', '53') + leak(64) + leaked(64),
    );
    expect(diagnoses.map(({ says, leaks }) => [says.pid, leaks.length])).toEqual([
      [52, 1],
      [53, 1],
    ]);
  });
});

describe('errors', () => {
  test('with access, address and stacks', () => {
    const { errors } = diagnosisOf(
      `${ERROR}READ of size 1 at 0x60b0000000f5 thread T0\n${MAIN}\n0x60b0000000f5 is located 5 bytes inside of 100-byte region\n` +
        `freed by thread T0 here:\n    #0 0x1 in free (/x.so+0x1)\n${MAIN.replace('#0', '#1')}\npreviously allocated by thread T0 here:\n    #0 0x2 in malloc (/x.so+0x2)\n\n` +
        `SUMMARY: AddressSanitizer: heap-use-after-free /opt/demo/a.c:8 in main\n    #0 0x3 in not_part_of_it (/x.so+0x3)\n`,
    );
    expect(errors).toEqual([
      {
        tool: 'asan',
        kind: 'heap-use-after-free',
        message: 'heap-use-after-free on address 0x60b0000000F5 at pc 0x55 bp 0x7f sp 0x7e',
        address: '60b0000000f5',
        access: 'read',
        size: 1,
        frames: [main],
        related: [
          {
            title: 'freed by thread T0 here:',
            frames: [{ symbol: 'free', module: '/x.so', address: '1', offset: '1' }, main],
          },
          {
            title: 'previously allocated by thread T0 here:',
            frames: [{ symbol: 'malloc', module: '/x.so', address: '2', offset: '2' }],
          },
        ],
        origin: { file: 'test.txt', line: 1 },
      },
    ]);
  });

  test.each([
    [
      'ERROR: AddressSanitizer: attempting double-free on 0x603000000040 in thread T0:',
      'asan',
      'double-free',
      '603000000040',
    ],
    [
      'ERROR: AddressSanitizer: attempting free on address which was not malloc()-ed: 0x7ffc in thread T0',
      'asan',
      'bad-free',
      '7ffc',
    ],
    [
      'ERROR: AddressSanitizer: SEGV on unknown address 0x000000000000 (pc 0x55 bp 0x7f sp 0x7f T0)',
      'asan',
      'SEGV',
      '000000000000',
    ],
    ['ERROR: AddressSanitizer: SEGV on unknown address (pc', 'asan', 'SEGV', undefined],
    [
      'ERROR: AddressSanitizer: requested allocation size 0x7fffffffffffffff (0x8 after adjustments)',
      'asan',
      'allocation-size-too-big',
      undefined,
    ],
    [
      'ERROR: AddressSanitizer: alloc-dealloc-mismatch (operator new [] vs free) on 0x6020',
      'asan',
      'alloc-dealloc-mismatch',
      '6020',
    ],
    [
      'ERROR: AddressSanitizer: attempting to call malloc_usable_size() for pointer which is not owned: 0x6020',
      'asan',
      'bad-malloc_usable_size',
      '6020',
    ],
    [
      'ERROR: AddressSanitizer: bad parameters to __sanitizer_annotate_contiguous_container:',
      'asan',
      'bad-__sanitizer_annotate_contiguous_container',
      undefined,
    ],
    [
      'ERROR: AddressSanitizer: invalid alignment requested in aligned_alloc: 3, the alignment must be a power of two',
      'asan',
      'invalid-aligned-alloc-alignment',
      undefined,
    ],
    [
      'ERROR: HWAddressSanitizer: allocation-tail-overwritten; heap object [0x0042,0x0052) of size 13',
      'hwasan',
      'allocation-tail-overwritten',
      '0042',
    ],
    ['ERROR: AddressSanitizer: negative-size-param: (size=-1)', 'asan', 'negative-size-param', undefined],
    ['AddressSanitizer: hard rss limit exhausted (300Mb vs 379Mb)', 'asan', 'rss-limit-exceeded', undefined],
    ['ERROR: AddressSanitizer', 'asan', 'unknown-crash', undefined],
    ['ERROR: HWAddressSanitizer: tag-mismatch on address 0x6810 at pc 0x55', 'hwasan', 'tag-mismatch', '6810'],
    ['WARNING: MemorySanitizer: use-of-uninitialized-value', 'msan', 'use-of-uninitialized-value', undefined],
    ['ERROR: UndefinedBehaviorSanitizer: FPE on unknown address 0x7f (pc 0x1 T0)', 'ubsan', 'FPE', '7f'],
  ])('%s', (headline, tool, kind, address) => {
    const { says, errors } = diagnosisOf(`==7==${headline}\n${MAIN}`);
    expect(says.pid).toBe(7);
    expect(errors).toMatchObject([{ tool, kind, frames: [main] }]);
    expect(errors[0]?.address).toBe(address);
  });

  test('the SUMMARY has the last word on the kind', () => {
    const { errors } = diagnosisOf(
      `==7==ERROR: AddressSanitizer: something new on address 0x1\n${MAIN}SUMMARY: AddressSanitizer: brand-new-kind /a.c:8 in main\n`,
    );
    expect(errors).toMatchObject([{ kind: 'brand-new-kind' }]);
  });

  test.each([
    ['==7==The signal is caused by a WRITE memory access.', 'write'],
    ['==7==The signal is caused by a READ memory access.', 'read'],
    ['==7==The signal is caused by a UNKNOWN memory access.', undefined],
  ])('%s', (line, access) => {
    expect(
      diagnosisOf(`==7==ERROR: AddressSanitizer: SEGV on unknown address 0x0 (pc 0x1)\n${line}\n${MAIN}`).errors[0]
        ?.access,
    ).toBe(access);
  });

  test("ThreadSanitizer's, which have no prefix", () => {
    const { says, errors } = diagnosisOf(
      '==================\nWARNING: ThreadSanitizer: data race on vptr (ctor/dtor vs virtual call) (pid=77)\n' +
        '  Write of size 8 at 0x7b10 by thread T1:\n    #0 run() a.cc:3 (demo+0x1)\n\n' +
        '  Previous read of size 8 at 0x7b10 by main thread:\n    #0 main a.cc:9 (demo+0x2)\n\n' +
        'SUMMARY: ThreadSanitizer: data race a.cc:3 in run()\n==================\nThreadSanitizer: reported 1 warnings\n',
    );
    expect(says).toEqual({ pid: 77, command: 'demo' });
    expect(errors).toMatchObject([
      {
        tool: 'tsan',
        kind: 'data-race-on-vptr',
        access: 'write',
        size: 8,
        address: '7b10',
        frames: [{ symbol: 'run()' }],
        related: [{ title: 'Previous read of size 8 at 0x7b10 by main thread:', frames: [{ symbol: 'main' }] }],
      },
    ]);
  });

  test.each([
    ["signed integer overflow: 2 + 2147483647 cannot be represented in type 'int'", 'signed-integer-overflow'],
    ['division by zero', 'integer-divide-by-zero'],
    ["shift exponent 42 is too large for 32-bit type 'int'", 'invalid-shift-exponent'],
    ["index 6 out of bounds for type 'int [4]'", 'out-of-bounds-index'],
    ["store to null pointer of type 'double'", 'null-pointer-use', { access: 'write' }],
    ["load of value 6, which is not a valid value for type 'bool'", 'invalid-bool-load'],
    ["member call on misaligned address 0x1 for type 'A'", 'misaligned-pointer-use', { address: '1' }],
    [
      "load of misaligned address 0x7ffe2f4dbdad for type 'int', which requires 4 byte alignment",
      'misaligned-pointer-use',
      { access: 'read', address: '7ffe2f4dbdad' },
    ],
    ['a message of tomorrow', 'undefined-behavior'],
  ])("UndefinedBehaviorSanitizer's: %s", (message, kind, told: object = {}) => {
    const { says, errors, problems } = diagnosisOf(`src/demo.cc:49:36: runtime error: ${message}\n`);
    expect(says).toEqual({});
    expect(errors).toEqual([
      {
        tool: 'ubsan',
        kind,
        message: `runtime error: ${message}`,
        ...told,
        frames: [{ file: 'src/demo.cc', line: 49 }],
        related: [],
        origin: { file: 'test.txt', line: 1 },
      },
    ]);
    expect(problems).toEqual([]);
  });

  test('runtime errors belong to the only process of the log', () => {
    const { says, errors } = diagnosisOf(
      `a.c:1:2: runtime error: division by zero\n${MAIN}${ERROR}${MAIN}SUMMARY: AddressSanitizer: heap-use-after-free a.c:8 in main\n`,
    );
    expect(says.pid).toBe(7);
    expect(errors.map(({ tool, frames }) => [tool, frames])).toEqual([
      ['ubsan', [main]],
      ['asan', [main]],
    ]);
  });

  test('several reports of one process, and leaks after them, are one diagnosis', () => {
    const summary = 'SUMMARY: AddressSanitizer: heap-use-after-free a.c:8 in main\n';
    const { diagnoses } = diagnosesOf(
      `${ERROR}${MAIN}${summary}${ERROR}${MAIN}${summary}${LEAKS.replace('52', '7')}${leak(64)}${leaked(64)}`,
    );
    expect(diagnoses.map(({ errors, leaks }) => [errors.length, leaks.length])).toEqual([[2, 1]]);
  });

  test("libFuzzer's own stacks are none of theirs", () => {
    const { errors } = diagnosisOf(
      `${ERROR}${MAIN}\n==7== ERROR: libFuzzer: deadly signal\n    #0 0x1 in fuzzer (/x+0x1)\n`,
    );
    expect(errors).toMatchObject([{ frames: [main], related: [] }]);
  });
});

describe('the command', () => {
  test.each([
    [
      'the module of main',
      '    #0 0x1 in f (/lib/x.so+0x1)\n    #1 0x2 in main (/opt/demo/a.out+0x2)\n',
      '/opt/demo/a.out',
    ],
    [
      'what the C library starts',
      '    #0 0x1  (/opt/demo/b.out+0x1)\n    #1 0x2 in __libc_start_call_main ../x.h:58\n',
      '/opt/demo/b.out',
    ],
    [
      'the module of _start',
      '    #0 0x1 in main a.c:8\n    #1 0x2 in _start (/opt/demo/c.out+0x2)\n',
      '/opt/demo/c.out',
    ],
    ['not told', '    #0 0x1 in main a.c:8\n', undefined],
  ])('%s', (_name, frames, command) => {
    expect(diagnosisOf(ERROR + frames).says.command).toBe(command);
  });

  test('the name in the prefix (log_exe_name)', () => {
    expect(diagnosisOf(ERROR.replace('==7==', '==sensord==7==')).says).toEqual({ pid: 7, command: 'sensord' });
  });
});

describe('prefixes', () => {
  const text = `${ERROR}READ of size 1 at 0x60b0000000f5 thread T0\n${MAIN}\nSUMMARY: AddressSanitizer: heap-use-after-free a.c:8 in main\n`;
  test.each([
    ["a log collector's", text.replaceAll(/^(?=.)/gm, 'Nov 23 00:42:23 qemuarm app[412]: ')],
    ["logcat's", text.replaceAll(/^(?=.)/gm, '11-23 00:42:23.123  412  413 I wrap.sh : ')],
    ['indentation of a mail', text.replaceAll(/^/gm, '    ')],
    ['carriage returns', text.replaceAll('\n', '\r\n')],
    ['a blank after the pid', text.replaceAll('==7==', '==7== ')],
  ])('%s', (_name, prefixed) => {
    const { says, errors, problems } = diagnosisOf(prefixed);
    expect(says.pid).toBe(7);
    expect(errors).toMatchObject([{ kind: 'heap-use-after-free', access: 'read', size: 1, frames: [main] }]);
    expect(problems).toEqual([]);
  });
});

describe('recognition', () => {
  test.each([
    `=================================================================\n${ERROR}`,
    'AddressSanitizer:DEADLYSIGNAL\n',
    '==================\nWARNING: ThreadSanitizer: data race (pid=1)\n',
    "E/libc: Abort message: '==12528==ERROR: HWAddressSanitizer: tag-mismatch on address 0x1\n",
    leak(1),
    leaked(1),
    'a.c:3: runtime error: division by zero\n',
  ])('%j', (head) => {
    expect(sanitizer.recognizes(head)).toBe(true);
    expect(memcheck.recognizes(head)).toBe(false);
  });

  test.each([
    '==================================================================\nBUG: KASAN: slab-out-of-bounds in f+0x1/0x2\n',
    'BUG: KASAN: use-after-free in f+0x1/0x2\n',
    '[    0.000000] KernelAddressSanitizer initialized\n',
    'panic: runtime error: index out of range [-1]\n',
    'panic in thread &t{pc:1} at instr "{neg <nil> 0}": runtime error: index out of range\n',
    '\tat com.example.JsonSanitizerFuzzer.fuzzerTestOneInput(JsonSanitizerFuzzer.java:49)\n',
    'INFO app ERROR: AddressBook sync\n',
    '# - AddressSanitizer (ASan)\n',
    '=================================================================\nresults\n',
    '    #0 0x1 in main a.c:3\n',
    '',
  ])('not %j', (head) => {
    expect(sanitizer.recognizes(head)).toBe(false);
  });

  test('a valgrind log ends the section', () => {
    const log = '==9== Memcheck, a memory error detector\n==9== Command: ./a\n';
    expect(diagnosesOf(`${ERROR}${MAIN}${log}`).rest).toBe(log);
  });
});
