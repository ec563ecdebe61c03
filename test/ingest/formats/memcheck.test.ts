import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { memcheck } from '../../../src/ingest/formats/memcheck.js';
import { sanitizer } from '../../../src/ingest/formats/sanitizer.js';
import { valgrindOther } from '../../../src/ingest/formats/valgrind-tool.js';
import type { MemoryError } from '../../../src/model/leaks.js';
import { expectGoldenJson } from '../../golden.js';
import { readText } from '../read-text.js';

/** Text with memcheck's prefix before each line. */
const log = (text: string, pid = 100): string =>
  text
    .split('\n')
    .map((line) => `==${pid}== ${line}\n`)
    .join('');

function diagnosesOf(text: string) {
  const { readings, problems, rest } = readText(memcheck, text);
  return { diagnoses: readings.filter((reading) => reading.type === 'diagnosis'), problems, rest };
}

/** The one process that the text is about. */
function diagnosisOf(text: string) {
  const { diagnoses, problems } = diagnosesOf(text);
  const [diagnosis] = diagnoses;
  if (!diagnosis || diagnoses.length > 1) throw new Error(`${diagnoses.length} diagnoses`);
  return { ...diagnosis, problems };
}

const MALLOC = '   at 0x48417B4: malloc (vg_replace_malloc.c:381)\n   by 0x1091FC: main (leak-example.c:29)\n';
const TITLE = 'Memcheck, a memory error detector\nCommand: /opt/demo/a.out 3\n';
const NO_ERRORS = 'ERROR SUMMARY: 0 errors from 0 contexts (suppressed: 0 from 0)';

describe('samples', () => {
  const folder = new URL('../../../samples/memcheck/', import.meta.url);
  const names = readdirSync(folder);

  test.each(names)('%s', (name) => {
    const text = readFileSync(new URL(name, folder), 'utf8');
    expect(memcheck.recognizes(text.slice(0, 4096))).toBe(true);
    expect(sanitizer.recognizes(text.slice(0, 4096))).toBe(false);
    expect(valgrindOther.recognizes(text.slice(0, 4096))).toBe(false);
    const { readings, problems, rest } = readText(memcheck, text, `memcheck/${name}`);
    expect(rest).toBe('');
    expectGoldenJson(`memcheck/${name}.json`, { readings, problems });
  });

  test.each(names)('%s: the loss records add up to the totals that memcheck printed', (name) => {
    for (const reading of readText(memcheck, readFileSync(new URL(name, folder), 'utf8')).readings) {
      if (reading.type !== 'diagnosis') throw new Error(reading.type);
      for (const kind of ['definite', 'indirect', 'possible', 'reachable'] as const) {
        const records = reading.leaks.filter((leak) => leak.kind === kind);
        if (records.length === 0) continue;
        const total = reading.summaries[0]?.[kind];
        expect(records.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(total?.bytes);
        expect(records.reduce((sum, { blocks }) => sum + blocks, 0)).toBe(total?.blocks);
      }
    }
  });

  test.each(names)('%s: cut at any line, nothing is thrown or invented', (name) => {
    const lines = readFileSync(new URL(name, folder), 'utf8').split('\n');
    const whole = readText(memcheck, lines.join('\n'));
    for (let count = 0; count < lines.length; count++) {
      const cut = readText(memcheck, lines.slice(0, count).join('\n'));
      expect(cut.readings.length).toBeLessThanOrEqual(whole.readings.length);
    }
  });
});

describe('loss records', () => {
  test('direct and indirect bytes', () => {
    const { leaks } = diagnosisOf(
      log(`12,336 (48 direct, 12,288 indirect) bytes in 1 blocks are definitely lost in loss record 4 of 4\n${MALLOC}`),
    );
    expect(leaks).toEqual([
      {
        tool: 'memcheck',
        kind: 'definite',
        bytes: 48,
        indirectBytes: 12_288,
        blocks: 1,
        frames: [
          { symbol: 'malloc', file: 'vg_replace_malloc.c', line: 381, address: '48417b4' },
          { symbol: 'main', file: 'leak-example.c', line: 29, address: '1091fc' },
        ],
        origin: { file: 'test.txt', line: 1 },
      },
    ]);
  });

  test('the four kinds', () => {
    const kinds = ['definitely lost', 'indirectly lost', 'possibly lost', 'still reachable'];
    const text = kinds.map((kind, i) => `${i + 1} bytes in 1 blocks are ${kind} in loss record 1 of 4\n${MALLOC}`);
    expect(diagnosisOf(log(text.join('\n'))).leaks.map(({ kind, bytes }) => [kind, bytes])).toEqual([
      ['definite', 1],
      ['indirect', 2],
      ['possible', 3],
      ['reachable', 4],
    ]);
  });

  test('of checks while it ran: what each found in use is kept in order, and the last is told', () => {
    const check = (second: number, kept: number): string =>
      `${kept} bytes in 1 blocks are still reachable in loss record 1 of 1\n${MALLOC}\nLEAK SUMMARY:\n` +
      `   definitely lost: ${second} bytes in 1 blocks\n   still reachable: ${kept} (+1) bytes in 1 (+0) blocks\n`;
    const text = [check(1, 10), check(2, 20), `HEAP SUMMARY:\n    in use at exit: 5 bytes in 1 blocks\n${check(3, 2)}`]
      .map((part, i) => part.replaceAll(/^/gm, `==00:00:00:0${i + 1}.000 100== `))
      .join('\n');
    const { leaks, summaries } = diagnosisOf(`${text}\n==00:00:00:04.000 100== ${NO_ERRORS}\n`);
    expect(leaks.map(({ bytes }) => bytes)).toEqual([2]);
    expect(summaries).toMatchObject([
      {
        reachable: { bytes: 2 },
        runTime: 3000,
        checks: [
          { bytes: 11, runTime: 1000, line: 6 },
          { bytes: 22, runTime: 2000, line: 14 },
        ],
      },
    ]);
  });

  test('and errors that are quoted behind the log count once', () => {
    const found = `Invalid read of size 1\n${MALLOC}\n`;
    const record = `12 bytes in 1 blocks are definitely lost in loss record 1 of 1\n${MALLOC}\n`;
    const whole = `${TITLE}${found}${record}LEAK SUMMARY:\n   definitely lost: 12 bytes in 1 blocks\n${NO_ERRORS}`;
    const other = record.replace('12 bytes', '13 bytes');
    const { leaks, errors } = diagnosisOf(`${log(whole)}First:\n${log(found)}Then:\n${log(record)}${log(other)}`);
    expect(errors).toHaveLength(1);
    expect(leaks.map(({ bytes }) => bytes)).toEqual([12, 13]);
    // The same log again, from where it was cut.
    expect(diagnosisOf(log(whole) + log(whole.slice(TITLE.length))).leaks).toHaveLength(1);
  });

  test('of a repeated leak check replace those of the one before', () => {
    const check = (bytes: string): string =>
      `${bytes} bytes in 1 blocks are definitely lost in loss record 1 of 1\n${MALLOC}\n` +
      `LEAK SUMMARY:\n   definitely lost: ${bytes} bytes in 1 blocks\n`;
    const { leaks, summaries } = diagnosisOf(log(check('1,024') + check('2,048')));
    expect(leaks.map(({ bytes }) => bytes)).toEqual([2048]);
    expect(summaries[0]?.definite).toEqual({ bytes: 2048, blocks: 1 });
  });

  test('with what changed since the last leak check', () => {
    const { leaks, summaries } = diagnosisOf(
      log(
        `1,072 (+1,072) (48 (+48) direct, 1,024 (+1,024) indirect) bytes in 1 (+1) blocks are possibly lost in new loss record 1 of 2\n${MALLOC}` +
          '\nLEAK SUMMARY:\n   definitely lost: 0 (-64) bytes in 0 (-1) blocks\n     possibly lost: 48 (+48) bytes in 1 (+1) blocks',
      ),
    );
    expect(leaks.map(({ bytes, indirectBytes }) => [bytes, indirectBytes])).toEqual([[48, 1024]]);
    expect(summaries[0]).toMatchObject({ definite: { bytes: 0, blocks: 0 }, possible: { bytes: 48, blocks: 1 } });
  });

  test('that changed stand for what an earlier check told of the same stack', () => {
    const record = (amounts: string, kind: string): string =>
      `${amounts} are ${kind} in loss record 1 of 2\n${MALLOC}\nLEAK SUMMARY:\n   definitely lost: 9 bytes in 1 blocks\n`;
    const { leaks } = diagnosisOf(
      log(
        record('100 (+100) bytes in 1 (+1) blocks', 'definitely lost') +
          record('40 (+40) bytes in 1 (+1) blocks', 'still reachable') +
          record('300 (+200) bytes in 3 (+2) blocks', 'definitely lost') +
          record('0 (-40) bytes in 0 (-1) blocks', 'still reachable'),
      ),
    );
    expect(leaks.map(({ bytes, kind }) => [bytes, kind])).toEqual([[300, 'definite']]);
  });

  test('after the summary, as valgrind 2 printed them', () => {
    const { leaks, summaries, problems } = diagnosisOf(
      log(
        `malloc/free: in use at exit: 35 bytes in 2 blocks.\nmalloc/free: 7 allocs, 5 frees, 1,035 bytes allocated.\n\n` +
          `LEAK SUMMARY:\n   definitely lost: 35 bytes in 2 blocks.\n   possibly lost:   0 bytes in 0 blocks.\n\n` +
          `35 bytes in 2 blocks are definitely lost in loss record 1 of 1\n${MALLOC}`,
      ),
    );
    expect(leaks.map(({ bytes }) => bytes)).toEqual([35]);
    expect(summaries[0]).toMatchObject({
      definite: { bytes: 35, blocks: 2 },
      possible: { bytes: 0, blocks: 0 },
      inUseAtExit: { bytes: 35, blocks: 2 },
      allocations: 7,
      frees: 5,
      allocatedBytes: 1035,
    });
    expect(summaries[0]).not.toHaveProperty('indirect');
    expect(problems).toEqual([]);
  });

  test('that cannot be read are a problem, and cost nothing else', () => {
    const { leaks, problems } = diagnosisOf(
      log(
        `99,999,999,999,999,999,999 bytes in 1 blocks are definitely lost in loss record 1 of 2\n${MALLOC}\n` +
          `8 bytes in 1 blocks are definitely lost in loss record 2 of 2\n${MALLOC}`,
      ),
    );
    expect(leaks.map(({ bytes }) => bytes)).toEqual([8]);
    expect(problems).toMatchObject([{ code: 'bad-value', line: 1 }]);
  });
});

describe('totals', () => {
  test('heuristics are not added', () => {
    const { summaries } = diagnosisOf(
      log(
        'LEAK SUMMARY:\n   definitely lost: 0 bytes in 0 blocks\n   still reachable: 48,016 bytes in 363 blocks\n' +
          '                      of which reachable via heuristic:\n' +
          '                        length64           : 50,824 bytes in 408 blocks\n        suppressed: 278,855 bytes in 12 blocks',
      ),
    );
    expect(summaries[0]).toMatchObject({
      reachable: { bytes: 48_016, blocks: 363 },
      suppressed: { bytes: 278_855, blocks: 12 },
    });
  });

  test.each([
    'All heap blocks were freed -- no leaks are possible',
    'All heap blocks were freed -- no leaks are possible.',
    "No malloc'd blocks -- no leaks are possible.",
  ])('%s', (words) => {
    const { summaries, problems } = diagnosisOf(
      log(`${TITLE}HEAP SUMMARY:\n    in use at exit: 0 bytes in 0 blocks\n${words}\n${NO_ERRORS}`),
    );
    const none = { bytes: 0, blocks: 0 };
    expect(summaries[0]).toMatchObject({
      definite: none,
      indirect: none,
      possible: none,
      reachable: none,
      suppressed: none,
    });
    expect(problems).toEqual([]);
  });

  test('no leak check: the totals are not known, and not zero', () => {
    const { summaries, problems } = diagnosisOf(
      log(`${TITLE}HEAP SUMMARY:\n    in use at exit: 36,671 bytes in 516 blocks\n${NO_ERRORS}`),
    );
    expect(summaries[0]).toMatchObject({ inUseAtExit: { bytes: 36_671, blocks: 516 }, errors: 0, contexts: 0 });
    for (const kind of ['definite', 'indirect', 'possible', 'reachable', 'suppressed']) {
      expect(summaries[0]).not.toHaveProperty(kind);
    }
    expect(problems).toEqual([]);
  });

  test('killed: no totals, and a problem at the last line', () => {
    const { summaries, leaks, says, problems } = diagnosisOf(log(`${TITLE}\n`));
    expect(summaries).toEqual([]);
    expect(leaks).toEqual([]);
    expect(says).toEqual({ pid: 100, command: '/opt/demo/a.out 3' });
    expect(problems).toMatchObject([{ severity: 'warning', code: 'incomplete-log', line: 4 }]);
  });

  test('ended on purpose at the first error: no totals, and why', () => {
    const { problems } = diagnosisOf(
      log(`${TITLE}Invalid read of size 1\n${MALLOC}\n\nExit program on first error (--exit-on-first-error=yes)`),
    );
    expect(problems).toMatchObject([{ code: 'incomplete-log' }]);
    expect(problems[0]?.message).toContain('ended at its first error');
  });

  test('of the last ERROR SUMMARY', () => {
    const { summaries } = diagnosisOf(
      log(
        'ERROR SUMMARY: 1 errors from 1 contexts (suppressed: 0 from 0)\n\nERROR SUMMARY: 1,234 errors from 6 contexts (suppressed: 0 from 0)',
      ),
    );
    expect(summaries).toMatchObject([{ errors: 1234, contexts: 6 }]);
  });

  test('that cannot be read are a problem, not zero', () => {
    const { summaries, problems } = diagnosisOf(log('LEAK SUMMARY:\n   definitely lost: 61,4'));
    expect(summaries).toEqual([]);
    expect(problems).toMatchObject([{ code: 'bad-value', line: 2 }]);
  });

  test('errors left out by memcheck are told', () => {
    const { problems } = diagnosisOf(
      log(`${TITLE}More than 1000 different errors detected.  I'm not reporting any more.\n${NO_ERRORS}`),
    );
    expect(problems).toMatchObject([{ severity: 'warning', code: 'incomplete-log', line: 3 }]);
  });
});

describe('processes', () => {
  test('interleaved in one log are kept apart', () => {
    const first = log(
      `${TITLE}8 bytes in 1 blocks are definitely lost in loss record 1 of 1\n${MALLOC}${NO_ERRORS}`,
      1,
    ).split('\n');
    const second = log(
      `Memcheck, a memory error detector\nCommand: ./b\n16 bytes in 2 blocks are possibly lost in loss record 1 of 1\n${MALLOC}${NO_ERRORS}`,
      2,
    ).split('\n');
    const { diagnoses } = diagnosesOf(first.flatMap((line, i) => [line, second[i]]).join('\n'));
    expect(
      diagnoses.map(({ says, leaks }) => [says, leaks.map(({ bytes, frames }) => [bytes, frames.length])]),
    ).toEqual([
      [{ pid: 1, command: '/opt/demo/a.out 3' }, [[8, 2]]],
      [{ pid: 2, command: './b' }, [[16, 2]]],
    ]);
  });

  test('a forked child keeps its own records, and has the command of its parent', () => {
    const record = `8 bytes in 1 blocks are definitely lost in loss record 1 of 1\n${MALLOC}\n${NO_ERRORS}`;
    const { diagnoses } = diagnosesOf(log(TITLE, 1) + log(record, 2) + log(record, 1));
    expect(diagnoses.map(({ says, leaks }) => [says.pid, says.command, leaks.length])).toEqual([
      [1, '/opt/demo/a.out 3', 1],
      [2, '/opt/demo/a.out 3', 1],
    ]);
  });

  test('a pid that executes another program is two diagnoses', () => {
    const { diagnoses, problems } = diagnosesOf(
      log(TITLE) + log(`Memcheck, a memory error detector\nCommand: ./b\n${NO_ERRORS}`),
    );
    expect(diagnoses.map(({ says, origin }) => [says.command, origin.line])).toEqual([
      ['/opt/demo/a.out 3', 1],
      ['./b', 4],
    ]);
    expect(problems).toEqual([]);
  });

  test('the command of a log of valgrind 3.2', () => {
    const { says } = diagnosisOf(
      log(
        `Memcheck, a memory error detector.\nMy PID = 100, parent PID = 7.  Prog and args are:\n   ./a.out -x\n${NO_ERRORS}`,
      ),
    );
    expect(says.command).toBe('./a.out -x');
  });
});

describe('prefixes', () => {
  const text = `Memcheck, a memory error detector\nCommand: ./a\nHEAP SUMMARY:\n    in use at exit: 73,728 bytes in 6 blocks\n${NO_ERRORS}`;
  const prefixes: [name: string, prefixed: string][] = [
    ['time stamps', text.replaceAll(/^/gm, '==00:00:00:00.479 100== ')],
    ['program output before it', text.replaceAll(/^/gm, '7 == 8^C==100== ')],
    ["a log collector's", text.replaceAll(/^/gm, 'Nov 23 00:42:01 board app[77]: ==100== ')],
    ['a tab behind it', text.replaceAll(/^ */gm, '==100==\t')],
    ['blanks at the end of lines', text.replaceAll(/^/gm, '==100== ').replaceAll(/$/gm, '  ')],
    ['carriage returns', text.replaceAll(/^/gm, '==100== ').replaceAll('\n', '\r\n')],
  ];

  test.each(prefixes)('%s', (_name, prefixed) => {
    const { says, summaries } = diagnosisOf(prefixed);
    expect(says).toEqual({ pid: 100, command: './a' });
    expect(summaries).toMatchObject([{ inUseAtExit: { bytes: 73_728, blocks: 6 }, errors: 0 }]);
    expect(memcheck.recognizes(prefixed)).toBe(true);
  });

  test('none in a string of JSON or of some source text', () => {
    expect(
      memcheck.recognizes(`"body": "leaks:${String.raw`\n==100== Memcheck, a memory error detector\n==100== `}"`),
    ).toBe(false);
    expect(memcheck.recognizes('log << "==100== HEAP SUMMARY:";')).toBe(false);
  });

  test('debug lines, client messages, suppressions and program output are no part of it', () => {
    const { errors, leaks, problems } = diagnosisOf(
      log(`${TITLE}8 bytes in 1 blocks are definitely lost in loss record 1 of 1\n${MALLOC}`) +
        '{\n   <insert_a_suppression_name_here>\n   Memcheck:Leak\n   fun:malloc\n}\n' +
        '--100-- REDIR: 0x1 (libc.so.6:memmove)\n**100** Invalid read of size 4\nInvalid read of size 4\n' +
        log(NO_ERRORS),
    );
    expect(errors).toEqual([]);
    expect(leaks).toHaveLength(1);
    expect(problems).toEqual([]);
  });
});

describe('errors', () => {
  const main = [{ symbol: 'main', file: 'a.c', line: 8, address: '10a644' }];
  const MAIN = '   at 0x10A644: main (a.c:8)';
  const cases: [head: string, expected: Partial<MemoryError>][] = [
    ['Invalid read of size 1', { kind: 'invalid-read', access: 'read', size: 1 }],
    ['Invalid write of size 8', { kind: 'invalid-write', access: 'write', size: 8 }],
    ['Conditional jump or move depends on uninitialised value(s)', { kind: 'uninitialised-value' }],
    ['Use of uninitialised value of size 8', { kind: 'uninitialised-value', size: 8 }],
    ['Syscall param write(buf) points to uninitialised byte(s)', { kind: 'syscall-param' }],
    ['Invalid free() / delete / delete[] / realloc()', { kind: 'invalid-free' }],
    ['Mismatched free() / delete / delete []', { kind: 'mismatched-free' }],
    ['Source and destination overlap in memcpy(0x41bb2b0, 0x41bb070, 123)', { kind: 'overlap' }],
    ['Jump to the invalid address stated on the next line', { kind: 'jump-to-invalid', access: 'execute' }],
    ['Process terminating with default action of signal 11 (SIGSEGV)', { kind: 'fatal-signal' }],
    ['Process terminating with default action of signal 6 (SIGABRT): dumping core', { kind: 'fatal-signal' }],
    ["Argument 'size' of function malloc has a fishy (possibly negative) value: -1", { kind: 'fishy-value' }],
  ];

  test.each(cases)('%s', (head, expected) => {
    expect(diagnosisOf(log(`${head}\n${MAIN}\n`)).errors).toEqual([
      {
        tool: 'memcheck',
        message: head,
        ...expected,
        frames: main,
        related: [],
        origin: { file: 'test.txt', line: 1 },
      },
    ]);
  });

  test('with the stacks of the block', () => {
    const { errors } = diagnosisOf(
      log(
        `Invalid read of size 1\n${MAIN}\n Address 0x4D6fc85 is 5 bytes inside a block of size 100 free'd\n` +
          "   at 0x484417B: free (x.c:1)\n Block was alloc'd at\n   at 0x48417B4: malloc (x.c:2)\n   by 0x1: f (x.c:3)\n",
      ),
    );
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatchObject({
      address: '4d6fc85',
      frames: main,
      related: [
        { title: "Address 0x4D6fc85 is 5 bytes inside a block of size 100 free'd", frames: [{ symbol: 'free' }] },
        { title: "Block was alloc'd at", frames: [{ symbol: 'malloc' }, { symbol: 'f' }] },
      ],
    });
  });

  test('a signal, with the address', () => {
    const { errors } = diagnosisOf(
      log(
        'Process terminating with default action of signal 11 (SIGSEGV)\n Access not within mapped region at address 0x1FFF001000\n' +
          `${MAIN}\n If you believe this happened as a result of a stack\n overflow in your program's main thread\n`,
      ),
    );
    expect(errors).toMatchObject([{ kind: 'fatal-signal', address: '1fff001000', frames: main, related: [] }]);
  });

  test('a signal, with a stack of several frames, which is one', () => {
    const stack = ' at 0x10915E: deep (crash.c:4)\n by 0x109182: middle (crash.c:9)\n by 0x1091A0: main (crash.c:14)';
    const { errors } = diagnosisOf(
      log(
        'Process terminating with default action of signal 11 (SIGSEGV)\n' +
          ` Bad permissions for mapped region at address 0x10A004\n${stack}\n`,
      ),
    );
    expect(errors).toMatchObject([
      { frames: [{ symbol: 'deep' }, { symbol: 'middle' }, { symbol: 'main' }], related: [] },
    ]);
  });

  test.each(['2 (SIGINT)', '15 (SIGTERM)', '13 (SIGPIPE)'])('an end by signal %s is none', (signal) => {
    const { errors } = diagnosisOf(
      log(`${TITLE}Process terminating with default action of signal ${signal}\n${MAIN}\n\n${NO_ERRORS}`),
    );
    expect(errors).toEqual([]);
  });

  test('in a variable (--read-var-info)', () => {
    const { errors } = diagnosisOf(
      log(
        `Invalid read of size 4\n${MAIN}\n Location 0x1fff000618 is 0 bytes inside loc.b[1],\n declared at var.c:5\n`,
      ),
    );
    expect(errors).toMatchObject([{ kind: 'invalid-read', address: '1fff000618', related: [] }]);
  });

  test('listed again at the end (-s) are not counted again', () => {
    const error = `Invalid read of size 1\n${MAIN}\n Address 0x0 is not stack'd, malloc'd or (recently) free'd\n`;
    const { errors } = diagnosisOf(
      log(
        `${error}\nERROR SUMMARY: 3 errors from 2 contexts (suppressed: 0 from 0)\n\n3 errors in context 1 of 2:\n${error}\n\n1 errors in context 2 of 2:\nInvalid write of size 1\n${MAIN}\n\n`,
      ),
    );
    expect(errors.map(({ kind }) => kind)).toEqual(['invalid-read', 'invalid-write']);
  });

  test('of threads', () => {
    expect(diagnosisOf(log(`Thread 2 worker:\nInvalid read of size 1\n${MAIN}\n`).concat(log(''))).errors).toHaveLength(
      1,
    );
  });
});

describe('recognition', () => {
  test.each([
    ['a log made with -q', '==7== 8 bytes in 1 blocks are definitely lost in loss record 1 of 1\n'],
    ['a log whose head is lost', '==7==    by 0x4C2ECF0: test (test.c:530)\n==7== Invalid read of size 4\n'],
    ['an empty line first', '==7== \n==7== Invalid write of size 4\n'],
    ['no blank after the prefix', '==4873==\n==4873== LEAK SUMMARY:\n'],
  ])('%s', (_name, head) => {
    expect(memcheck.recognizes(head)).toBe(true);
    expect(valgrindOther.recognizes(head)).toBe(false);
    expect(sanitizer.recognizes(head)).toBe(false);
  });

  test.each([
    '==> /proc/2/smaps <==\n',
    '=================================================================\n==7==ERROR: AddressSanitizer: SEGV\n',
    '==7== ERROR: AddressSanitizer: heap-use-after-free on address 0x1\n    #0 0x1 in main\n',
    '==7== ERROR: libFuzzer: deadly signal\n    #0 0x1 in main\n',
    'a == b\n',
    '====\n==\n====7====\n',
    'Invalid read of size 4\n   at 0x........: main (a.c:1)\n',
    '<?xml version="1.0"?>\n',
    '',
  ])('not %j', (head) => {
    expect(memcheck.recognizes(head)).toBe(false);
    expect(valgrindOther.recognizes(head)).toBe(false);
  });

  test.each([
    '==21610== drd, a thread error detector\n',
    '==21606== Helgrind, a thread error detector\n',
    '==1== Cachegrind, a cache and branch-prediction profiler\n',
    '==1== Cachegrind, a high-precision tracing profiler\n',
    '==1== Callgrind, a call-graph generating cache profiler\n',
    '==1== Massif, a heap profiler\n',
    '==21618== DHAT, a dynamic heap analysis tool\n',
    '==1== Nulgrind, the minimal Valgrind tool\n',
    '==1== Possible data race during read of size 4 at 0x601038 by thread #1\n',
  ])('of another tool, by name: %j', (head) => {
    expect(memcheck.recognizes(head)).toBe(false);
    expect(valgrindOther.recognizes(head)).toBe(true);
    expect(valgrindOther.refusal).toContain('memcheck');
  });

  test('a log of another tool, or of a sanitizer, ends the section', () => {
    const other = '==9== Helgrind, a thread error detector\n==9== ERROR SUMMARY: 5 errors from 5 contexts\n';
    expect(diagnosesOf(log(`${TITLE}${NO_ERRORS}`) + other).rest).toBe(other);
    const report = '==9==ERROR: LeakSanitizer: detected memory leaks\n';
    expect(diagnosesOf(log(`${TITLE}${NO_ERRORS}`) + report).rest).toBe(report);
    const log2 = log(TITLE);
    expect(readText(valgrindOther, other + log2).rest).toBe(log2);
  });
});
