import { describe, expect, it } from 'vitest';
import { memcheck } from '../../../src/ingest/formats/memcheck.js';
import { readText } from '../read-text.js';

function diagnosisOf(text: string) {
  const { readings, problems } = readText(memcheck, text);
  const [reading] = readings;
  if (reading?.type !== 'diagnosis') throw new Error('no diagnosis');
  return { ...reading, problems };
}

const HEAD = '==77== 128 bytes in 1 blocks are definitely lost in loss record 9 of 9\n';
const MALLOC = '==77==    at 0x48417B4: malloc (vg_replace_malloc.c:381)\n';

const framesOf = (frames: string) => diagnosisOf(HEAD + frames).leaks[0]?.frames;

describe('the first line of a loss record', () => {
  it.each([
    ['2,352 (128 direct, 2,224 indirect) bytes in 1 blocks are definitely', 'lost in loss record 9 of 9'],
    ['2,352 (128 direct, 2,224 indirect) bytes in 1 blocks are definitely', '> lost in loss record 9 of 9'],
    ['2,352 (128 direct, 2,224 indirect) bytes in 1 blocks are', 'definitely lost in loss record 9 of 9'],
    ['2,352 (128 direct, 2,224 indirect) bytes in', '1 blocks are definitely lost in loss record 9 of 9'],
    ['128 bytes in 1 blocks are definitely lost in loss', 'record 9 of 9'],
    ['128 bytes in 1 blocks are definitely lost in lo', 'ss record 9 of 9'],
  ])('%j is read with its rest', (first, second) => {
    const { leaks } = diagnosisOf(`==77== ${first}\n${second}\n${MALLOC}`);
    expect(leaks).toMatchObject([{ kind: 'definite', bytes: 128, blocks: 1, origin: { line: 1 } }]);
    expect(leaks[0]?.frames).toHaveLength(1);
  });
});

describe('a frame', () => {
  it.each([
    ['malloc (in', '/usr/lib/vg.so)', { symbol: 'malloc', module: '/usr/lib/vg.so' }],
    ['malloc (in', '> /usr/lib/vg.so)', { symbol: 'malloc', module: '/usr/lib/vg.so' }],
    ['malloc (in /usr/l', 'ib/vg.so)', { symbol: 'malloc', module: '/usr/lib/vg.so' }],
    ['lose (leak-', 'list.c:18)', { symbol: 'lose', file: 'leak-list.c', line: 18 }],
    ['operator', 'new(unsigned long) (vg.c:1)', { symbol: 'operator new(unsigned long)', file: 'vg.c', line: 1 }],
    ['f(int,', 'char) (f.cc:1)', { symbol: 'f(int, char)', file: 'f.cc', line: 1 }],
    ['A<B<int>', '>::f() (f.cc:1)', { symbol: 'A<B<int> >::f()', file: 'f.cc', line: 1 }],
    ['???', '(in /usr/lib/x.so)', { module: '/usr/lib/x.so' }],
  ])('of which %j stands alone is read with its rest', (first, second, frame) => {
    expect(framesOf(`${MALLOC}==77==    by 0x1: ${first}\n${second}\n`)?.[1]).toEqual({ address: '1', ...frame });
  });

  it('fills several rows of a narrow terminal', () => {
    const name = `std::map<std::string, ${'demo::'.repeat(20)}Value>::insert(char const*)`;
    const whole = `==77==    by 0x1091FC: ${name} (stl_map.h:624)`;
    const rows = whole.match(/.{1,80}/g) ?? [];
    expect(rows.length).toBeGreaterThan(2);
    expect(framesOf(`${MALLOC}${rows.join('\n')}\n==77==    by 0x2: main (x.c:1)\n`)).toMatchObject([
      { symbol: 'malloc' },
      { symbol: name, file: 'stl_map.h', line: 624 },
      { symbol: 'main' },
    ]);
  });

  it('without a place is what it is where the program goes on', () => {
    expect(framesOf(`${MALLOC}==77==    by 0x1: jitted\nhello (world)\n==77==    by 0x2: ???\nfa (b.c:1)\n`)).toEqual([
      expect.objectContaining({ symbol: 'malloc' }),
      { symbol: 'jitted', address: '1' },
      { address: '2' },
    ]);
  });
});

it('reads totals that were wrapped, and tells of those that cannot be read', () => {
  const summary = '==77== HEAP SUMMARY:\n==77==   total heap usage: 87,487 allocs, 63,899 frees, 17,732,188\n';
  const whole = diagnosisOf(`${summary}> bytes allocated\n==77==\n`);
  expect(whole.summaries).toMatchObject([{ allocations: 87_487, frees: 63_899, allocatedBytes: 17_732_188 }]);
  expect(whole.problems).toEqual([]);
  expect(diagnosisOf(`${summary}the program speaks\n==77==\n`).problems).toMatchObject([
    { code: 'bad-value', line: 2 },
  ]);
});

it('reads the words of an error that were wrapped', () => {
  const error = `==77== Argument 'size' of function malloc has a fishy (possibly negative) value:\n-1\n${MALLOC}`;
  expect(diagnosisOf(error).errors).toMatchObject([
    { message: "Argument 'size' of function malloc has a fishy (possibly negative) value: -1" },
  ]);
  const address = `==77== Invalid read of size 1\n${MALLOC}==77==  Address 0x5 is 0 bytes after a block of size\n4 alloc'd\n`;
  expect(diagnosisOf(`${address}${MALLOC}`).errors).toMatchObject([
    { address: '5', related: [{ title: "Address 0x5 is 0 bytes after a block of size 4 alloc'd" }] },
  ]);
});
