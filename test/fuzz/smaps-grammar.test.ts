import fc from 'fast-check';
import { expect, it } from 'vitest';
import { permissionsText } from '../../src/model/vma-table.js';
import { type Area, areas, hex, kilobytes } from './arbitraries.js';
import { FUZZ_TIMEOUT, fuzzRuns } from './fuzz-runs.js';
import { readBytes } from './read-bytes.js';

/** The fields that kernels print, in their order. */
const KERNELS = [
  // 2.6.25 and 3.0: without the line of flags at the end
  [
    'Size Rss Pss Shared_Clean Shared_Dirty Private_Clean Private_Dirty Referenced Swap KernelPageSize MMUPageSize',
    false,
  ],
  [
    'Size Rss Pss Shared_Clean Shared_Dirty Private_Clean Private_Dirty Referenced Anonymous AnonHugePages Swap ' +
      'KernelPageSize MMUPageSize Locked',
    false,
  ],
  // 3.10
  [
    'Size Rss Pss Shared_Clean Shared_Dirty Private_Clean Private_Dirty Referenced Anonymous AnonHugePages Swap ' +
      'KernelPageSize MMUPageSize Locked',
    true,
  ],
  // 4.19 and 6.8
  [
    'Size KernelPageSize MMUPageSize Rss Pss Shared_Clean Shared_Dirty Private_Clean Private_Dirty Referenced Anonymous ' +
      'LazyFree AnonHugePages ShmemPmdMapped Shared_Hugetlb Private_Hugetlb Swap SwapPss Locked',
    true,
  ],
  [
    'Size KernelPageSize MMUPageSize Rss Pss Pss_Dirty Shared_Clean Shared_Dirty Private_Clean Private_Dirty Referenced ' +
      'Anonymous KSM LazyFree AnonHugePages ShmemPmdMapped FilePmdMapped Shared_Hugetlb Private_Hugetlb Swap SwapPss ' +
      'Locked THPeligible ProtectionKey',
    true,
  ],
  // a vendor's, with a counter of its own
  ['Size Rss Pss Shared_Clean Shared_Dirty Private_Clean Private_Dirty Vendor_Pool Referenced Swap', true],
] as const;

const BARE: ReadonlySet<string> = new Set(['THPeligible', 'ProtectionKey']);

interface Vma extends Area {
  readonly amounts: readonly number[];
  /** Printed by kernels before 4.0, where a mapping is not linear. */
  readonly nonlinear: number | undefined;
}

type Snapshot = readonly Vma[];

const document = fc
  .record({
    kernel: fc.constantFrom(...KERNELS),
    snapshots: fc.array(
      areas.chain((drawn) =>
        fc
          .array(
            fc.record({
              amounts: fc.array(kilobytes, { minLength: 30, maxLength: 30 }),
              nonlinear: fc.option(kilobytes, { nil: undefined }),
            }),
            { minLength: drawn.length, maxLength: drawn.length },
          )
          .map(
            (counted): Snapshot =>
              drawn.map((area, i) => ({
                ...area,
                amounts: counted[i]?.amounts ?? [],
                nonlinear: counted[i]?.nonlinear,
              })),
          ),
      ),
      { minLength: 1, maxLength: 3 },
    ),
    names: fc.constantFrom('path', 'line'),
    between: fc.constantFrom('', 'Mon Nov 23 01:06:25 UTC 2026\n', '\n\n'),
    lineEnd: fc.constantFrom('\n', '\r\n'),
  })
  .map((drawn) => ({ ...drawn, fields: drawn.kernel[0].split(' '), hasFlags: drawn.kernel[1] }));

type Document = typeof document extends fc.Arbitrary<infer T> ? T : never;

/** As fs/proc/task_mmu.c prints it; Android's kernels named areas on a line of their own. */
function printed({ snapshots, fields, hasFlags, names, between, lineEnd }: Document): string {
  const block = (vma: Vma): string => {
    const { start, end, permissions, offset, inode, name } = vma;
    const head = `${hex(start)}-${hex(end)} ${permissions} ${hex(offset)} fe:00 ${inode} `;
    const ownLine = names === 'line' && name.startsWith('[anon:');
    const named = name === '' || ownLine ? head : `${head.padEnd(72)} ${name}`;
    const lines = fields.map((field, i) =>
      BARE.has(field)
        ? bareLine(field, (vma.amounts[i] ?? 0) % 2)
        : `${`${field}:`.padEnd(16)}${String(vma.amounts[i]).padStart(8)} kB`,
    );
    if (hasFlags && vma.nonlinear !== undefined && !fields.includes('SwapPss'))
      lines.push(`Nonlinear:      ${String(vma.nonlinear).padStart(8)} kB`);
    if (hasFlags) lines.push('VmFlags: rd wr mr mw me ac ');
    return [named, ...(ownLine ? [`Name:           ${name}`] : []), ...lines, ''].join(lineEnd);
  };
  return snapshots.map((vmas) => vmas.map(block).join('')).join(between);
}

function bareLine(field: string, value: number): string {
  return field === 'ProtectionKey'
    ? `${'ProtectionKey:'.padEnd(16)}${String(value).padStart(8)}`
    : `THPeligible:    ${String(value).padStart(8)}`;
}

function expected({ snapshots, fields, hasFlags }: Document): unknown {
  return snapshots.map((vmas) => {
    const nonlinear = hasFlags && !fields.includes('SwapPss') && vmas.some((vma) => vma.nonlinear !== undefined);
    const counters = fields
      .map((field, i) => [field, vmas.map((vma) => (vma.amounts[i] ?? 0) * 1024)] as const)
      .filter(([field]) => !BARE.has(field));
    return {
      areas: vmas.map(({ start, end, permissions, offset, inode, name }) => ({
        start,
        end,
        permissions,
        offset,
        inode,
        name,
      })),
      counters: Object.fromEntries(
        nonlinear ? [...counters, ['Nonlinear', vmas.map((vma) => (vma.nonlinear ?? 0) * 1024)]] : counters,
      ),
    };
  });
}

it(
  'smaps of any kernel are read back as they were printed',
  async () => {
    await fc.assert(
      fc.asyncProperty(document, async (drawn) => {
        const text = Buffer.from(printed(drawn));
        const { readings, problems, formats } = await readBytes(text);
        const found = readings.map((reading) => {
          if (reading.type !== 'snapshot') throw new Error(`found a ${reading.type}`);
          const { table } = reading;
          const { count, start, end, offset, inode, paths } = table;
          return {
            areas: Array.from({ length: count }, (_, i) => ({
              start: start[i],
              end: end[i],
              permissions: permissionsText(table.permissions[i] ?? 0),
              offset: offset[i],
              inode: inode[i],
              name: paths[table.path[i] ?? -1],
            })),
            counters: Object.fromEntries([...table.counters].map(([name, column]) => [name, [...column]])),
          };
        });
        expect(found).toEqual(expected(drawn));
        expect(formats).toEqual(['smaps']);
        expect(problems.filter(({ code }) => code !== 'unlikely-value')).toEqual([]);
      }),
      fuzzRuns(10_000),
    );
  },
  FUZZ_TIMEOUT,
);
