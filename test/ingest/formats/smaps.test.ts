import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteWindow } from '../../../src/ingest/byte-window.js';
import type { Reading } from '../../../src/ingest/format.js';
import { smaps } from '../../../src/ingest/formats/smaps.js';
import { RunMemory } from '../../../src/ingest/run-memory.js';
import { totalsOf } from '../../../src/model/memory.js';
import { copyTable, type VmaTable, vmaAt } from '../../../src/model/vma-table.js';
import { expectGoldenJson } from '../../golden.js';
import { type ReadCaptures, readFile } from '../capture-tree.js';
import { type ReadResult, readText } from '../read-text.js';
import { FIELD_NAMES, type Field, processText, smapsText, type VmaText, vmaText } from '../smaps-text.js';
import { type ReferenceVma, referenceSmaps } from './reference-smaps.js';

const SAMPLES = new URL('../../../samples/smaps/', import.meta.url);
const sample = (name: string): Buffer => readFileSync(new URL(name, SAMPLES));
const LEAK_EXAMPLE = sample('leak-example.smaps').toString('latin1');
const SETS = new URL('../../../samples/sets/', import.meta.url);

interface Snapshot {
  table: VmaTable;
  truncated?: boolean;
}

function snapshotsOf({ readings }: { readings: readonly Reading[] }): Snapshot[] {
  return readings.map((reading) => {
    if (reading.type !== 'snapshot') throw new Error(`expected a snapshot, found a ${reading.type}`);
    return reading;
  });
}

function tableOf(result: ReadResult): VmaTable {
  const [only, ...more] = snapshotsOf(result);
  if (!only || more.length > 0) throw new Error(`expected one snapshot, found ${snapshotsOf(result).length}`);
  return only.table;
}

/** A table in the words of the slow reader. Counters of zero are left out, as a table cannot tell them from absent. */
function plainTable(table: VmaTable): ReferenceVma[] {
  return Array.from({ length: table.count }, (_, row) => {
    const { start, end, permissions } = vmaAt(table, row);
    const counters = [...table.counters].map(([name, column]): Field => [name, column[row] ?? Number.NaN]);
    const path = table.paths[table.path[row] ?? 0] ?? '';
    return {
      range: `${start}-${end}`,
      permissions,
      path,
      line: table.line[row] ?? 0,
      counters: withoutZeros(Object.fromEntries(counters)),
    };
  });
}

function withoutZeros(counters: Record<string, number>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(counters)
      .filter(([, value]) => value !== 0)
      .sort(),
  );
}

function reference(text: string): ReferenceVma[][] {
  return referenceSmaps(text).map((vmas) => vmas.map((vma) => ({ ...vma, counters: withoutZeros(vma.counters) })));
}

/** Reads text that comes in windows of these many lines at a time. */
function readInSteps(text: string, steps: readonly number[], run = new RunMemory(), file = 'test.txt'): ReadResult {
  const lines = text.split(/(?<=\n)/);
  const readings: Reading[] = [];
  const problems: ReadResult['problems'] = [];
  const reader = smaps.open({
    file,
    paths: run.paths,
    kept: (owner, make) => run.kept(owner, make),
    emit: (reading) =>
      readings.push(reading.type === 'snapshot' ? { ...reading, table: copyTable(reading.table) } : reading),
    problem: (severity, code, message, line) => problems.push({ severity, code, message, file, line }),
  });
  const buffer = Buffer.alloc(Buffer.byteLength(text) + 64);
  const window = new ByteWindow(buffer);
  let from = 0;
  for (let i = 0; from < lines.length; i++) {
    const chunk = Buffer.from(lines.slice(from, from + (steps[i % steps.length] ?? 1)).join(''));
    from += steps[i % steps.length] ?? 1;
    chunk.copy(buffer);
    window.position = 0;
    window.end = chunk.length;
    reader.read(window);
    if (window.position < window.end) break;
  }
  reader.end(true);
  return { readings, problems, rest: '' };
}

describe('smaps of the samples', () => {
  for (const name of readdirSync(SAMPLES)) {
    it(`${name} gives what it gave before`, async () => {
      const { snapshots, problems } = await readFile(sample(name), name);
      expect(snapshots.length).toBeGreaterThan(0);
      expectGoldenJson(`smaps/${name}.json`, {
        snapshots: snapshots.map(({ table, truncated, origin, context: { device, command, pid } }) => ({
          device,
          command,
          ...(pid !== undefined && { pid }),
          line: origin.line,
          ...(truncated && { truncated }),
          vmaCount: table.count,
          totals: totalsOf(table),
          first: vmaAt(table, 0),
          last: vmaAt(table, table.count - 1),
        })),
        problems,
      });
    });
  }

  it('give the same as the slow reader', () => {
    const files = readdirSync(SETS, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('/smaps'));
    expect(files.length).toBeGreaterThan(20);
    const run = new RunMemory();
    for (const path of files) {
      const text = readFileSync(new URL(path, SETS), 'latin1');
      const { readings, problems } = readInSteps(text, [100], run, path);
      expect(problems).toEqual([]);
      expect(snapshotsOf({ readings }).map(({ table }) => plainTable(table))).toEqual(reference(text));
    }
  });

  it('has the names that the kernel printed, whatever is in them', () => {
    const table = tableOf(readText(smaps, sample('odd-names.smaps')));
    const text = sample('odd-names.smaps').toString('utf8');
    const names = referenceSmaps(text)
      .flat()
      .map(({ path }) => path);
    expect(names.length).toBe(table.count);
    // A carriage return at the end of a name cannot be told from one of the line.
    expect(plainTable(table).map(({ path }) => path)).toEqual(names.map((path) => path.replace(/\r$/, '')));
    expect(names.some((name) => name.includes('\u202e'))).toBe(true);
    expect(names.some((name) => /^ | $/.test(name))).toBe(true);
    expect(names.some((name) => name.length > 250)).toBe(true);
  });
});

describe('smaps cut at any line', () => {
  const lines = LEAK_EXAMPLE.split(/(?<=\n)/);
  const whole = reference(LEAK_EXAMPLE)[0] ?? [];
  const headers = new Set(whole.map(({ line }) => line));

  it('keeps the VMAs that are whole, and says once that it is cut', () => {
    for (let cut = 1; cut < lines.length; cut++) {
      const { readings, problems } = readText(smaps, lines.slice(0, cut).join(''));
      const count = whole.filter(({ line }) => line <= cut).length;
      const isWhole = headers.has(cut + 1);
      expect(
        problems.map(({ code }) => code),
        `cut after line ${cut}`,
      ).toEqual(isWhole ? [] : ['truncated-capture']);
      const kept = whole.slice(0, isWhole ? count : count - 1);
      const found = snapshotsOf({ readings });
      expect(
        found.flatMap(({ table }) => plainTable(table)),
        `cut after line ${cut}`,
      ).toEqual(kept);
      expect(found.map(({ truncated }) => truncated ?? false)).toEqual(kept.length === 0 ? [] : [!isWhole]);
    }
  });

  it('or at any byte, makes no sample of what is cut', () => {
    for (let cut = 700; cut < 2600; cut++) {
      const { readings, problems, rest } = readText(smaps, LEAK_EXAMPLE.slice(0, cut));
      const line = LEAK_EXAMPLE.slice(0, cut).split('\n').length;
      const tail = LEAK_EXAMPLE.slice(LEAK_EXAMPLE.lastIndexOf('\n', cut - 1) + 1, cut);
      // Only the end of a block, or of its last line, can be taken for the end of the snapshot.
      const mayBeWhole = (LEAK_EXAMPLE[cut - 1] === '\n' && headers.has(line)) || tail.startsWith('VmFlags:');
      const [only] = snapshotsOf({ readings });
      expect(rest, `cut at ${cut}`).toBe('');
      if (!mayBeWhole) {
        expect(
          problems.map(({ code }) => code),
          `cut at ${cut}: ${tail}`,
        ).toEqual(['truncated-capture']);
        expect(only?.truncated ?? true, `cut at ${cut}`).toBe(true);
      }
    }
  });

  it('is not mixed up with the snapshot after it', () => {
    const { readings } = readText(smaps, lines.slice(0, 60).join('') + LEAK_EXAMPLE);
    expect(snapshotsOf({ readings }).map(({ table, truncated }) => [table.count, truncated])).toEqual([
      [2, true],
      [whole.length, undefined],
    ]);
  });
});

describe('smaps of other kernels and hands', () => {
  const RSS = (table: VmaTable): number | undefined => totalsOf(table).rss;

  it('has the same numbers with CRLF', () => {
    const crlf = readText(smaps, LEAK_EXAMPLE.replaceAll('\n', '\r\n'));
    expect(crlf.problems).toEqual([]);
    expect(plainTable(tableOf(crlf))).toEqual(reference(LEAK_EXAMPLE)[0]);
  });

  it('has the same numbers where somebody made remarks behind them', () => {
    let line = 0;
    const marks = [' # swapped out', '  // resident', '     <- virtual size', ' (all of it)', ' /* none */'];
    const remarked = LEAK_EXAMPLE.replaceAll(/ kB$/gm, (unit) => `${unit}${line++ % 3 === 0 ? marks[line % 5] : ''}`);
    expect(remarked.length).toBeGreaterThan(LEAK_EXAMPLE.length + 1000);
    const read = readText(smaps, remarked);
    expect(read.problems).toEqual([]);
    expect(plainTable(tableOf(read))).toEqual(reference(LEAK_EXAMPLE)[0]);
  });

  it('has the same numbers where the two kinds of line ends follow each other', () => {
    const crlf = LEAK_EXAMPLE.replaceAll('\n', '\r\n');
    const tables = snapshotsOf(readText(smaps, LEAK_EXAMPLE + crlf + LEAK_EXAMPLE)).map(({ table }) =>
      plainTable(table),
    );
    const [expected] = reference(LEAK_EXAMPLE);
    const numbers = (vmas: readonly ReferenceVma[] | undefined): unknown => vmas?.map((vma) => ({ ...vma, line: 0 }));
    expect(tables.map(numbers)).toEqual([numbers(expected), numbers(expected), numbers(expected)]);
  });

  it.each(['Pss', 'Swap', 'Anonymous', 'Locked'])('without %s has no such counter, rather than zeros', (name) => {
    const without = LEAK_EXAMPLE.replace(new RegExp(`^${name}: .*\n`, 'gm'), '');
    const table = tableOf(readText(smaps, without));
    expect(table.counters.has(name)).toBe(false);
    expect(plainTable(table).length).toBe(24);
    // The same when another kernel's snapshot came before.
    const [, second] = snapshotsOf(readText(smaps, LEAK_EXAMPLE + without));
    expect(second?.table.counters.has(name)).toBe(false);
    expect(second && RSS(second.table)).toBe(RSS(table));
  });

  it('before 3.8 has no VmFlags', () => {
    const old = smapsText([1, 2, 3].map((page) => vmaText(page, '', page))).replaceAll(/^VmFlags.*\n/gm, '');
    expect(readText(smaps, old)).toMatchObject({ problems: [], readings: [{ table: { count: 3 } }] });
    const single = old.slice(0, old.indexOf('\n00002000') + 1);
    expect(readText(smaps, single)).toMatchObject({ problems: [], readings: [{ table: { count: 1 } }] });
    expect(snapshotsOf(readText(smaps, `${processText(1)}${old}`)).map(({ truncated }) => truncated)).toEqual([
      undefined,
      undefined,
    ]);
  });

  it('does not depend on the file that was read before', () => {
    const young = LEAK_EXAMPLE;
    const old = smapsText([1, 2].map((page) => vmaText(page, '', page))).replaceAll(/^VmFlags.*\n/gm, '');
    const vendor = smapsText([vmaText(1, '', 1, { fields: [...vmaText(1, '', 1).fields, ['Vendor_Thing', 7]] })]);
    const texts = [
      young,
      old,
      vendor,
      young.replaceAll('\n', '\r\n'),
      old.slice(0, old.indexOf('\n00002000') + 1),
      young.slice(0, 1500),
    ];
    const alone = texts.map((text) => readInSteps(text, [1000]));
    for (const order of [
      [0, 1, 2, 3, 4, 5],
      [5, 4, 3, 2, 1, 0],
      [1, 4, 0, 2, 5, 3],
    ]) {
      const run = new RunMemory();
      for (const index of order) {
        const { readings, problems } = readInSteps(texts[index] ?? '', [1000], run, `file-${index}`);
        const outline = (from: readonly Reading[]): unknown =>
          snapshotsOf({ readings: from }).map(({ table, truncated }) => [
            plainTable(table),
            [...table.counters.keys()].sort(),
            truncated,
          ]);
        expect(outline(readings), `file ${index} of ${order.join()}`).toEqual(outline(alone[index]?.readings ?? []));
        expect(problems.map(({ code, line }) => [code, line])).toEqual(
          alone[index]?.problems.map(({ code, line }) => [code, line]),
        );
      }
    }
  });

  it('with THPeligible of two widths, and tabs', () => {
    for (const line of ['THPeligible:\t\t0', 'THPeligible:    0', 'THPeligible:           0']) {
      const text = LEAK_EXAMPLE.replace(/^THPeligible: .*$/gm, line);
      expect(text).toContain(line);
      const result = readText(smaps, text);
      expect([result.problems, result.rest]).toEqual([[], '']);
      expect(plainTable(tableOf(result))).toEqual(reference(LEAK_EXAMPLE)[0]);
    }
  });

  it('whose units a script took away', () => {
    const result = readText(smaps, LEAK_EXAMPLE.replaceAll(' kB', ''));
    expect(result.problems).toEqual([]);
    expect(plainTable(tableOf(result))).toEqual(reference(LEAK_EXAMPLE)[0]);
  });

  it('keeps the amounts of fields that it does not know', () => {
    const fields = [...vmaText(1, '', 1).fields, ['Vendor_Thing', 7] as const];
    const text = smapsText([1, 2, 3].map((page) => vmaText(page, '', 1, { fields })));
    const table = tableOf(readText(smaps, text.replaceAll('VmFlags', 'ksm_state:            0\nVmFlags')));
    expect([...(table.counters.get('Vendor_Thing') ?? [])]).toEqual([7168, 7168, 7168]);
    expect(table.counters.has('ksm_state')).toBe(false);
  });

  it('with a field in some VMAs only', () => {
    const plain = vmaText(1, '', 1).fields;
    const vma = (page: number, extra: readonly Field[]): VmaText =>
      vmaText(page, '', 1, { fields: [...plain, ...extra] });
    const key: Field = ['Vendor_Thing', 9];
    const text = smapsText([vma(1, [key]), vma(2, []), vma(3, []), vma(4, [key]), vma(5, [])]);
    const once = [9216, 0, 0, 9216, 0];
    for (const { table } of snapshotsOf(readText(smaps, text + text + text))) {
      expect([...(table.counters.get('Vendor_Thing') ?? [])]).toEqual(once);
    }
  });

  it.each([
    [
      'after the header of an unnamed area',
      (block: string) => block.replace('\n', '\nName:           [anon:libc_malloc]\n'),
    ],
    ['at the end of a block', (block: string) => `${block}Name:           [anon:libc_malloc]\n`],
    ['before VmFlags', (block: string) => block.replace('VmFlags', 'Name:           [anon:libc_malloc]\nVmFlags')],
    [
      'beside the name in the header',
      (block: string) => block.replace(/ \n/, ` [anon:libc_malloc]\nName:           [anon:libc_malloc]\n`),
    ],
  ])("takes Android's name %s", (_, edit) => {
    const blocks = [1, 2, 3].map((page) => edit(smapsText([vmaText(page, '', page)])));
    const result = readText(smaps, blocks.join('') + smapsText([vmaText(4, '', 4)]));
    expect([result.problems, result.rest]).toEqual([[], '']);
    expect(plainTable(tableOf(result)).map(({ path }) => path)).toEqual([
      ...Array<string>(3).fill('[anon:libc_malloc]'),
      '',
    ]);
    expect(RSS(tableOf(result))).toBe(10 * 1024);
  });

  it('takes an empty name for none', () => {
    const result = readText(smaps, smapsText([vmaText(1, '', 1)]).replace('VmFlags', 'Name:           \nVmFlags'));
    expect(plainTable(tableOf(result)).map(({ path }) => path)).toEqual(['']);
  });

  it('reads numbers wider than their columns', () => {
    const wide = 9_876_543_210;
    const text = smapsText([vmaText(1, '', 1), vmaText(2, '', wide), vmaText(3, '', 3)]);
    const table = tableOf(readText(smaps, text));
    expect([...(table.counters.get('Rss') ?? [])]).toEqual([1024, wide * 1024, 3072]);
  });

  it.each(['18446744073709551615', '9007199254740993', '9999999999999999', '12x', '-5', '1.5', ''])(
    'reports a value of "%s", and counts nothing',
    (value) => {
      const before = smapsText([vmaText(1, '', 7), vmaText(2, '', 7), vmaText(3, '', 7)]);
      const text = before.replace(/(00002000-[\s\S]*?Rss:) +7/, `$1 ${value}`);
      const result = readText(smaps, before + text);
      expect(result.problems).toMatchObject([
        { severity: 'error', code: 'bad-value', line: before.split('\n').length + 15 },
      ]);
      expect(snapshotsOf(result).map(({ table }) => [...(table.counters.get('Rss') ?? [])])).toEqual([
        [7168, 7168, 7168],
        [7168, 0, 7168],
      ]);
    },
  );

  it('keeps the address of vsyscall exact', () => {
    const text = smapsText([vmaText(1, '', 1)]).replace(
      '00001000-00002000 rw-p',
      'ffffffffff600000-ffffffffff601000 --xp',
    );
    const table = tableOf(readText(smaps, text));
    expect(vmaAt(table, 0)).toMatchObject({ start: 'ffffffffff600000', end: 'ffffffffff601000', permissions: '--xp' });
  });

  it('reports a range that ends before it starts', () => {
    const text = smapsText([vmaText(2, '', 1), vmaText(5, '', 1)]).replace('00002000-00003000', '00002000-00001000');
    expect(readText(smaps, text).problems).toMatchObject([{ severity: 'warning', code: 'inverted-range', line: 1 }]);
  });

  it('takes no number of a hundred digits for an address', () => {
    const text = smapsText([vmaText(1, '', 1)]);
    expect(smaps.recognizes(`${'f'.repeat(400)}${text}`)).toBe(false);
    const { rest } = readText(smaps, text + text.replace('00001000', 'f'.repeat(400)));
    expect(rest).toMatch(/^f{400}/);
  });

  it('does not drown in fields', () => {
    const many = Array.from({ length: 20_000 }, (_, i) => `Field_${i}:   1 kB\n`).join('');
    const started = performance.now();
    const { readings } = readText(smaps, smapsText([vmaText(1, '', 1)]).replace('VmFlags', `${many}VmFlags`));
    expect(performance.now() - started).toBeLessThan(1000);
    for (const { table } of snapshotsOf({ readings })) expect(table.counters.size).toBeLessThan(150);
  });

  it('grows with the number of VMAs', () => {
    const text = smapsText(Array.from({ length: 5000 }, (_, i) => vmaText(i + 1, i % 2 === 0 ? '' : `/lib/${i}`, i)));
    expect(plainTable(tableOf(readText(smaps, text)))).toEqual(reference(text)[0]);
  });

  it.each([
    ['maps', '00400000-0048a000 r-xp 00000000 fd:03 960637       /bin/bash\n00500000-00501000 rw-p 00000000 00:00 0\n'],
    [
      'a rollup',
      '00400000-7fff0000 ---p 00000000 00:00 0                          [rollup]\nRss:                2272 kB\n',
    ],
    ['fields without a header', 'Size:                  4 kB\nRss:                   4 kB\n'],
    ['pmap', '00400000-0048a000    552K r-xp /bin/bash\n'],
    ['prose', 'smaps of sensord\n'],
  ])('does not recognize %s', (_, text) => {
    expect(smaps.recognizes(text)).toBe(false);
  });
});

/** Snapshots of one kernel after another: what any file of smaps may hold. */
const kernels = fc
  .record({
    names: fc.shuffledSubarray([...FIELD_NAMES, 'KernelPageSize', 'SwapPss', 'Vendor_Thing'], { minLength: 2 }),
    flags: fc.boolean(),
    vmas: fc.array(
      fc.record({
        gap: fc.integer({ min: 0, max: 5 }),
        path: fc.constantFrom(
          '',
          '[heap]',
          '[stack]',
          '/lib/libc.so.6',
          ' blank ',
          '/a b (deleted)',
          'Rss:     1 kB',
          '€',
        ),
        values: fc.array(
          fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 99_999_999 }), fc.integer({ min: 0, max: 1e12 })),
          {
            minLength: 15,
            maxLength: 15,
          },
        ),
        skipped: fc.option(fc.integer({ min: 0, max: 14 }), { nil: -1 }),
      }),
      { minLength: 2, maxLength: 8 },
    ),
  })
  .map(({ names, flags, vmas }) => {
    // Those that tell a whole VMA from a cut one stand in their places.
    const young = new Set<string>(flags ? [] : ['SwapPss', 'KernelPageSize']);
    const between = names.filter((name) => name !== 'Size' && name !== 'Private_Dirty' && !young.has(name));
    const order = ['Size', ...between, 'Private_Dirty'];
    let page = 1;
    return smapsText(
      vmas.map(({ gap, path, values, skipped }) => {
        page += gap + 1;
        const fields = order.flatMap((name, i): Field[] =>
          i === skipped && flags && i > 0 && i < order.length - 1 ? [] : [[name, values[i] ?? 0]],
        );
        return vmaText(page, path, 0, { fields, ...(!flags && { vmFlags: '' }) });
      }),
    ).replaceAll('VmFlags:  \n', '');
  });

describe('any smaps', () => {
  it('is read as the slow reader does, however it is cut into chunks', () => {
    fc.assert(
      fc.property(
        fc.array(kernels, { minLength: 1, maxLength: 5 }),
        fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 5 }),
        (snapshots, steps) => {
          const text = snapshots.join('');
          const expected = reference(text);
          const found = snapshotsOf(readInSteps(text, steps));
          expect(found.map(({ table }) => plainTable(table))).toEqual(expected);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('that is damaged gives numbers that are numbers', () => {
    const bytes = sample('leak-example.smaps').subarray(0, 3500);
    const flips = fc.array(fc.record({ at: fc.nat(bytes.length - 1), byte: fc.nat(255) }), {
      minLength: 1,
      maxLength: 30,
    });
    fc.assert(
      fc.property(flips, (changes) => {
        const damaged = Buffer.from(bytes);
        for (const { at, byte } of changes) damaged[at] = byte;
        for (const { table } of snapshotsOf(readText(smaps, damaged))) {
          for (const column of table.counters.values()) {
            for (let row = 0; row < table.count; row++) expect(Number.isSafeInteger(column[row])).toBe(true);
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});

it('the outline of a file does not depend on its name', async () => {
  const outline = ({ snapshots }: ReadCaptures): unknown => snapshots.map(({ table }) => totalsOf(table));
  expect(outline(await readFile(LEAK_EXAMPLE, 'valgrind.log'))).toEqual(outline(await readFile(LEAK_EXAMPLE, 'x')));
});
