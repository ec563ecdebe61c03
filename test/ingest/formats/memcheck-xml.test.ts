import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { memcheck } from '../../../src/ingest/formats/memcheck.js';
import { memcheckXml } from '../../../src/ingest/formats/memcheck-xml.js';
import { valgrindOther } from '../../../src/ingest/formats/valgrind-tool.js';
import { fingerprintOf, type LossRecord, type MemoryError } from '../../../src/model/leaks.js';
import { expectGoldenJson } from '../../golden.js';
import { readFile } from '../capture-tree.js';
import { readText } from '../read-text.js';
import { DECLARATION, diagnosisOf, END, error, FINISHED, loss, STACK, START, whole } from './memcheck-xml-text.js';

const samples = new URL('../../../samples/', import.meta.url);
const sample = (path: string): string => readFileSync(new URL(path, samples), 'utf8');

describe('samples', () => {
  const names = readdirSync(new URL('memcheck-xml/', samples)).filter((name) => name !== 'helgrind.xml');

  test.each(names)('%s', (name) => {
    const text = sample(`memcheck-xml/${name}`);
    expect(memcheckXml.recognizes(text.slice(0, 4096))).toBe(true);
    expect(memcheck.recognizes(text.slice(0, 4096))).toBe(false);
    expect(valgrindOther.recognizes(text.slice(0, 4096))).toBe(false);
    const { readings, problems, rest } = readText(memcheckXml, text, `memcheck-xml/${name}`);
    expect(rest).toBe('');
    expectGoldenJson(`memcheck-xml/${name}.json`, { readings, problems });
  });

  test('with a remark where it is from says the same', () => {
    const text = sample('memcheck-xml/leak-example.xml');
    const { leaks, problems } = diagnosisOf(text.replace('\n', '\n<!-- of <error> 136,\n     see there -->\n'));
    expect(leaks).toHaveLength(diagnosisOf(text).leaks.length);
    expect(problems).toEqual([]);
  });

  test('laid out anew says the same', () => {
    const text = sample('memcheck-xml/leak-example.xml');
    const told = (xml: string): unknown =>
      readText(memcheckXml, xml).readings.map(
        (reading) =>
          reading.type === 'diagnosis' && [
            reading.says,
            reading.leaks.map((leak) => ({ ...leak, origin: undefined })),
            reading.errors.map((found) => ({ ...found, origin: undefined })),
          ],
      );
    expect(told(text.replaceAll(/<(\w+)>([^<\n]+)</g, '<$1>\n  $2\n<'))).toEqual(told(text));
    expect(told(text.replaceAll(/>\s+</g, '><'))).toEqual(told(text));
  });

  test('of another tool is refused', async () => {
    const { files, problems } = await readFile(sample('memcheck-xml/helgrind.xml'));
    expect(files).toMatchObject([{ format: 'valgrind-other', status: 'refused' }]);
    expect(problems).toMatchObject([
      { code: 'refused-format', message: expect.stringContaining('helgrind') as string },
    ]);
  });

  test.each(['leak-example', 'memory-errors', 'two-processes'])('%s says the same as the text', (name) => {
    const text = told(readText(memcheck, sample(`memcheck/${name}.log`)).readings);
    const xml = told(readText(memcheckXml, sample(`memcheck-xml/${name}.xml`)).readings);
    expect(xml.length).toBeGreaterThan(0);
    expect(xml).toEqual(text);
  });
});

/** What is equal in text and XML of two runs: all but addresses of the heap, object files and folders. */
function told(
  readings: readonly { readonly type: string; leaks?: readonly LossRecord[]; errors?: readonly MemoryError[] }[],
) {
  return readings
    .flatMap(({ leaks = [], errors = [] }) => [
      ...leaks.map(({ kind, bytes, blocks, indirectBytes, frames }) => ({
        kind,
        bytes,
        blocks,
        indirectBytes,
        fingerprint: fingerprintOf(frames),
        lines: frames.map(({ line }) => line),
      })),
      ...errors.map(({ kind, message, access, size, frames, related, address }) => ({
        kind,
        message,
        access,
        size,
        hasAddress: address !== undefined,
        fingerprint: fingerprintOf(frames),
        related: related.map((stack) => [stack.title.replace(/0x\w+/, '0x'), fingerprintOf(stack.frames)]),
      })),
    ])
    .map((item) => JSON.stringify(item))
    .sort();
}

describe('a document', () => {
  test('tells process, program and loss', () => {
    const { says, origin, leaks, summaries, problems } = diagnosisOf(whole(loss(300)));
    expect(says).toEqual({ pid: 812, command: 'a.out' });
    expect(origin.line).toBe(3);
    expect(leaks).toMatchObject([{ tool: 'memcheck', kind: 'definite', bytes: 300, blocks: 1, origin: { line: 19 } }]);
    expect(leaks[0]?.frames[1]).toEqual({
      symbol: 'main',
      file: '/opt/demo/a.c',
      line: 13,
      module: '/opt/demo/a.out',
      address: '10916a',
    });
    expect(summaries).toEqual([]);
    expect(problems).toEqual([]);
  });

  test('tells all kinds of loss', () => {
    const { leaks } = diagnosisOf(
      whole(
        loss(1, '1 of 4') +
          loss(2, '2 of 4', 'IndirectlyLost', 'indirectly lost') +
          loss(3, '3 of 4', 'PossiblyLost', 'possibly lost') +
          loss(4, '4 of 4', 'StillReachable', 'still reachable'),
      ),
    );
    expect(leaks.map(({ kind, bytes }) => [kind, bytes])).toEqual([
      ['definite', 1],
      ['indirect', 2],
      ['possible', 3],
      ['reachable', 4],
    ]);
  });

  test('tells direct and indirect bytes apart', () => {
    const text = loss(640).replace('640 bytes', '640 (64 direct, 576 indirect) bytes');
    expect(diagnosisOf(whole(text)).leaks).toMatchObject([{ bytes: 64, indirectBytes: 576, blocks: 1 }]);
  });

  test('of protocol 3 has the amounts beside the words', () => {
    const text = loss(88)
      .replaceAll(/ *<\/?xwhat>\n/g, '')
      .replace(/<text>.*<\/text>/, '<what>leaked, in words not known</what>');
    const { leaks } = diagnosisOf(whole(text).replace('<protocoltool>memcheck</protocoltool>\n', ''));
    expect(leaks).toMatchObject([{ bytes: 88, blocks: 1 }]);
  });

  test('reports amounts that cannot be read', () => {
    const text = loss(88).replaceAll('88', '99999999999999999999');
    const { leaks, problems } = diagnosisOf(whole(text));
    expect(leaks).toEqual([]);
    expect(problems).toMatchObject([{ code: 'bad-value', line: 19 }]);
  });

  test('keeps the loss records of the last leak check', () => {
    const first = loss(1, '1 of 2') + loss(2, '2 of 2');
    const second = loss(3, '1 of 2') + loss(4, '2 of 2');
    expect(diagnosisOf(whole(first + second)).bytes).toEqual([3, 4]);
    expect(diagnosisOf(DECLARATION + START + first + FINISHED + loss(5, '7 of 7') + END).bytes).toEqual([5]);
    expect(diagnosisOf(DECLARATION + START + first + FINISHED + END).bytes).toEqual([1, 2]);
  });

  test('tells errors with the stacks that belong to them', () => {
    const more = `${STACK}  <auxwhat>Address 0x4A4106C is 4 bytes after a block of size 40 alloc'd</auxwhat>\n${STACK}`;
    const { errors } = diagnosisOf(whole(error('InvalidRead', 'Invalid read of size 4', more)));
    expect(errors).toMatchObject([
      { kind: 'invalid-read', access: 'read', size: 4, address: '4a4106c', message: 'Invalid read of size 4' },
    ]);
    expect(errors[0]?.frames).toHaveLength(2);
    expect(errors[0]?.related).toMatchObject([
      { title: "Address 0x4A4106C is 4 bytes after a block of size 40 alloc'd", frames: [{}, {}] },
    ]);
  });

  test.each([
    ['InvalidJump', 'Jump to the invalid address stated on the next line', 'jump-to-invalid'],
    ['UninitCondition', 'Conditional jump or move depends on uninitialised value(s)', 'uninitialised-value'],
    ['MismatchedFree', 'Mismatched free() / delete / delete []', 'mismatched-free'],
    ['ReallocSizeZero', 'realloc() with size 0', 'realloc-size-zero'],
    ['InvalidWrite', 'words of tomorrow', 'invalid-write'],
    ['FdBadUse', 'File descriptor 2 was closed already', 'bad-file-descriptor'],
    ['FdBadClose', 'File descriptor 3: /tmp/x is already closed', 'bad-file-descriptor'],
    ['FdNotClosed', 'File descriptor 3: /tmp/x is left open', undefined],
    ['Race', 'Possible data race', undefined],
  ])('tells %s as the text does', (kind, what, expected) => {
    expect(diagnosisOf(whole(error(kind, what))).errors.map((one) => one.kind)).toEqual(
      expected === undefined ? [] : [expected],
    );
  });

  test.each([
    ['11', 'SIGSEGV', 1],
    ['2', 'SIGINT', 0],
  ])('tells a fatal signal %s that is an error of its own', (number, name, count) => {
    const signal =
      `<fatal_signal>\n  <tid>1</tid>\n  <signo>${number}</signo>\n  <signame>${name}</signame>\n` +
      `  <event>Access not within mapped region</event>\n  <siaddr>0x1FF0004A0</siaddr>\n${STACK}</fatal_signal>\n`;
    const { errors } = diagnosisOf(whole(signal));
    expect(errors).toHaveLength(count);
    if (count === 0) return;
    expect(errors).toMatchObject([
      {
        kind: 'fatal-signal',
        address: '1ff0004a0',
        message: 'Process terminating with default action of signal 11 (SIGSEGV)',
      },
    ]);
    expect(errors[0]?.frames).toHaveLength(2);
  });

  test('of protocol 6 has the totals', () => {
    const amount = (name: string, bytes: number, blocks: number, unit = 'in_blocks'): string =>
      `  <${name}>\n    <bytes>${bytes}</bytes>\n    <${unit}>${blocks}</${unit}>\n  </${name}>\n`;
    const text = whole(
      `<heap_summary>\n${amount('memory_in_use_at_exit', 720, 5, 'blocks')}  <total_heap_usage>\n` +
        '    <allocs>5</allocs>\n    <frees>1</frees>\n    <bytes_allocated>1720</bytes_allocated>\n' +
        '  </total_heap_usage>\n</heap_summary>\n<all_heap_blocks_freed>false</all_heap_blocks_freed>\n' +
        loss(48, '1 of 9') +
        `<leak_summary>\n${amount('definitely_lost', 48, 3)}${amount('indirectly_lost', 32, 2)}` +
        `${amount('possibly_lost', 96, 6)}${amount('still_reachable', 64, 4).replace(
          '  </still',
          '    <reachable_heuristic>\n<kind>newarray</kind>\n<bytes>7</bytes>\n<blocks>7</blocks>\n' +
            '</reachable_heuristic>\n  </still',
        )}${amount('suppressed', 0, 0)}</leak_summary>\n` +
        '<error_summary>\n <errors>7</errors>\n <error_contexts>6</error_contexts>\n <suppressed>3</suppressed>\n' +
        ' <suppressed_contexts>3</suppressed_contexts>\n</error_summary>\n',
    );
    expect(diagnosisOf(text).summaries).toEqual([
      {
        tool: 'memcheck',
        pid: 812,
        inUseAtExit: { bytes: 720, blocks: 5 },
        allocations: 5,
        frees: 1,
        allocatedBytes: 1720,
        definite: { bytes: 48, blocks: 3 },
        indirect: { bytes: 32, blocks: 2 },
        possible: { bytes: 96, blocks: 6 },
        reachable: { bytes: 64, blocks: 4 },
        suppressed: { bytes: 0, blocks: 0 },
        errors: 7,
        contexts: 6,
        runTime: 276,
        origin: { file: 'test.txt', line: 19 },
      },
    ]);
  });

  test('of protocol 6 in which all was freed tells that nothing is lost', () => {
    const [summary] = diagnosisOf(whole('<all_heap_blocks_freed>true</all_heap_blocks_freed>\n')).summaries;
    expect(summary?.definite).toEqual({ bytes: 0, blocks: 0 });
  });

  test('takes no values from where valgrind left them out', () => {
    const text = whole(loss(300))
      .replace('<pid>812', '<pid>...')
      .replace('<exe>/opt/demo/a.out', '<exe>...')
      .replaceAll('/opt/demo', '...')
      .replaceAll('0x10916A', '0x........');
    const { says, leaks } = diagnosisOf(text);
    expect(says).toEqual({});
    expect(leaks[0]?.frames[1]).toEqual({ symbol: 'main', file: 'a.c', line: 13, module: '.../a.out' });
  });

  test('in one line', () => {
    const text = whole(loss(1, '1 of 2') + loss(2, '2 of 2')).replaceAll('\n', '');
    expect(memcheckXml.recognizes(text)).toBe(true);
    expect(diagnosisOf(text)).toMatchObject({ bytes: [1, 2], says: { pid: 812, command: 'a.out' }, problems: [] });
  });
});

describe('recognition', () => {
  test.each([
    ['the declaration only, before the root', `${DECLARATION}<valgrindoutput>\n`],
    ['no declaration', START],
    ['output before the declaration', `Hello${DECLARATION}${START}`],
    ['an encoding', `<?xml version="1.0" encoding="UTF-8"?>\n${START}`],
    ['protocol 3', `${DECLARATION}<valgrindoutput>\n<protocolversion>3</protocolversion>\n<pid>1</pid>\n`],
  ])('%s', (_name, head) => {
    expect(memcheckXml.recognizes(head)).toBe(true);
    expect(memcheck.recognizes(head)).toBe(false);
    expect(valgrindOther.recognizes(head)).toBe(false);
  });

  test.each([
    DECLARATION,
    `${DECLARATION}<svg>\n`,
    `${DECLARATION}<html>\n<valgrindoutput>\n`,
    'Everything is contained within <valgrindoutput>.\n',
    '<valgrindoutput>\n  <protocolversion>INT<protocolversion>\n  PROTOCOL\n</valgrindoutput>\n',
    '<error>\n  <message>no</message>\n</error>\n',
  ])('not %j', (head) => {
    expect(memcheckXml.recognizes(head)).toBe(false);
    expect(valgrindOther.recognizes(head)).toBe(false);
  });

  test.each(['helgrind', 'drd', 'none', 'exp-sgcheck'])('not of %s', (tool) => {
    const head = whole('').replace('>memcheck<', `>${tool}<`);
    expect(memcheckXml.recognizes(head)).toBe(false);
    expect(valgrindOther.recognizes(head)).toBe(true);
  });

  test('documents of memcheck and of another tool in one file are told apart', async () => {
    const other = whole(error('Race', 'Possible data race')).replaceAll('>memcheck<', '>helgrind<');
    for (const text of [other + whole(loss(1)), whole(loss(1)) + other]) {
      const { captures, files } = await readFile(text, 'a.xml');
      expect(captures).toMatchObject([{ leaks: [{ bytes: 1 }] }]);
      expect(files[0]?.format.split('+').sort()).toEqual(['memcheck-xml', 'valgrind-other']);
    }
  });
});
