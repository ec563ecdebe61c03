import fc from 'fast-check';
import { expect, it } from 'vitest';
import { permissionsText } from '../../src/model/vma-table.js';
import { type Area, areas, hex, kilobytes, oddName, pid } from './arbitraries.js';
import { FUZZ_TIMEOUT, fuzzRuns } from './fuzz-runs.js';
import { type FoundReading, readBytes } from './read-bytes.js';

const KIB = 1024;

const smemRow = fc.record({
  pid,
  user: fc.constantFrom('root', 'u0_a123', 'a-user-with-a-long-name', '1000', 'systemd+'),
  command: oddName.map((name) => Array.from(name).slice(0, 27).join('').trim()),
  swap: kilobytes,
  uss: kilobytes,
  pss: kilobytes,
  rss: kilobytes,
});
type SmemRow = typeof smemRow extends fc.Arbitrary<infer T> ? T : never;

/** As smem prints it, with its default columns. */
function smemText(tables: readonly (readonly SmemRow[])[]): string {
  const header = '  PID User     Command                         Swap      USS      PSS      RSS \n';
  const line = ({ pid: id, user, command, swap, uss, pss, rss }: SmemRow): string =>
    `${String(id).padStart(5)} ${user.padEnd(8)} ${command.padEnd(27)} ${[swap, uss, pss, rss].map((kb) => String(kb).padStart(8)).join(' ')} \n`;
  return tables.map((rows) => header + rows.map(line).join('')).join('');
}

it(
  'tables of smem are read back as they were printed',
  async () => {
    const document = fc.array(fc.array(smemRow, { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(document, async (tables) => {
        const { readings, problems } = await readBytes(Buffer.from(smemText(tables)));
        const found = readings.map((reading) =>
          reading.type === 'sample' ? [reading.says.pid, reading.says.command, reading.sample] : reading.type,
        );
        const expected = tables
          .flat()
          .map((row) => [
            row.pid,
            row.command,
            { swap: row.swap * KIB, uss: row.uss * KIB, pss: row.pss * KIB, rss: row.rss * KIB },
          ]);
        expect(found).toEqual(expected);
        expect(problems).toEqual([]);
      }),
      fuzzRuns(5000),
    );
  },
  FUZZ_TIMEOUT,
);

const pmapProcess = fc.record({
  pid,
  command: oddName.map((name) => `/opt/demo/${name} --foreground`),
  areas: areas.map((drawn) => drawn.filter(({ name }) => !/^\[(?:heap|vdso)\]$/.test(name))),
  amounts: fc.array(fc.tuple(kilobytes, kilobytes, kilobytes), { minLength: 8, maxLength: 8 }),
});
type PmapProcess = typeof pmapProcess extends fc.Arbitrary<infer T> ? T : never;

const kbOf = ({ start, end }: Area): number => (end - start) / KIB;
const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/** As procps prints it with -x: base names of files, `[ anon ]` and `[ stack ]` in brackets of their own. */
function pmapText({ pid: id, command, areas: drawn, amounts }: PmapProcess): string {
  const row = (area: Area, i: number): string => {
    const [rss = 0, dirty = 0] = amounts[i] ?? [];
    const numbers = [kbOf(area), rss, dirty].map((kb) => String(kb).padStart(7)).join(' ');
    return `${hex(area.start, 16)} ${numbers} ${area.permissions.replace('p', '-')}- ${pmapName(area.name)}\n`;
  };
  const totals = [
    drawn.map(kbOf),
    drawn.map((_, i) => amounts[i]?.[0] ?? 0),
    drawn.map((_, i) => amounts[i]?.[1] ?? 0),
  ];
  return (
    `${id}:   ${command}\nAddress           Kbytes     RSS   Dirty Mode  Mapping\n${drawn.map(row).join('')}` +
    `---------------- ------- ------- ------- \ntotal kB ${totals.map((numbers) => String(sum(numbers)).padStart(15)).join(' ')}\n`
  );
}

function pmapName(name: string): string {
  if (name === '' || name.startsWith('[anon')) return '  [ anon ]';
  return name === '[stack]' ? '  [ stack ]' : baseName(name);
}

function baseName(name: string): string {
  return name.startsWith('/') ? name.slice(name.lastIndexOf('/') + 1) : name;
}

function nameWithoutFolder(name: string): string {
  return name.startsWith('[anon') ? '' : baseName(name);
}

function snapshotOf(reading: FoundReading): unknown {
  if (reading.type === 'identity') return { says: reading.says, rows: [] };
  if (reading.type !== 'snapshot') return reading.type;
  const { table, says } = reading;
  const rows = Array.from({ length: table.count }, (_, i) => ({
    start: table.start[i],
    end: table.end[i],
    permissions: permissionsText(table.permissions[i] ?? 0),
    name: table.paths[table.path[i] ?? -1],
    ...Object.fromEntries([...table.counters].map(([name, column]) => [name, column[i]])),
  }));
  return { says, rows };
}

it(
  'pmap -x of several processes is read back as it was printed',
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(pmapProcess, { minLength: 1, maxLength: 3 }), async (processes) => {
        const { readings, problems } = await readBytes(Buffer.from(processes.map(pmapText).join('')));
        const expected = processes.map(({ pid: id, command, areas: drawn, amounts }) => ({
          says: { pid: id, command },
          rows: drawn.map((area, i) => ({
            start: area.start,
            end: area.end,
            permissions: area.permissions,
            name: nameWithoutFolder(area.name),
            Size: kbOf(area) * KIB,
            Rss: (amounts[i]?.[0] ?? 0) * KIB,
            Dirty: (amounts[i]?.[1] ?? 0) * KIB,
          })),
        }));
        expect(readings.map(snapshotOf)).toEqual(expected);
        expect(problems).toEqual([]);
      }),
      fuzzRuns(5000),
    );
  },
  FUZZ_TIMEOUT,
);

const FIELDS = ['Size', 'Rss', 'Pss', 'Referenced', 'Anonymous', 'Swap', 'Locked'];

/** As procps prints it with -X: columns as wide as their widest number, and totals below. */
function extendedText({ pid: id, command, areas: drawn, amounts }: PmapProcess): string {
  const numbers = drawn.map((area, i) => rowNumbers(area, amounts[i]));
  const totals = FIELDS.map((_, field) => sum(numbers.map((row) => row[field] ?? 0)));
  const widths = FIELDS.map((name, field) =>
    Math.max(name.length, ...[...numbers, totals].map((row) => String(row[field]).length)),
  );
  const inode = Math.max(5, ...drawn.map((area) => String(area.inode).length));
  const cells = (row: readonly (number | string)[]): string =>
    row.map((cell, field) => String(cell).padStart(widths[field] ?? 0)).join(' ');
  const head = `${'Address'.padStart(16)} Perm ${'Offset'.padStart(12)} Device ${'Inode'.padStart(inode)}`;
  const rows = drawn.map(
    (area, i) =>
      `${hex(area.start).padStart(16)} ${area.permissions} ${hex(area.offset, 12)}  fe:00 ${String(area.inode).padStart(inode)} ${cells(numbers[i] ?? [])} ${baseName(area.name)}\n`,
  );
  const below = ' '.repeat(head.length);
  return (
    `${id}:   ${command}\n${head} ${cells(FIELDS)} Mapping\n${rows.join('')}` +
    `${below} ${cells(widths.map((width) => '='.repeat(width)))} \n${below} ${cells(totals)} KB \n`
  );
}

function rowNumbers(area: Area, [rss, pss, swap]: readonly [number, number, number] = [0, 0, 0]): number[] {
  return [kbOf(area), rss, pss, rss, pss, swap, 0];
}

it(
  'pmap -X is read back as it was printed',
  async () => {
    const process = pmapProcess.filter((drawn) => drawn.areas.length > 0);
    await fc.assert(
      fc.asyncProperty(process, async (drawn) => {
        const { readings, problems } = await readBytes(Buffer.from(extendedText(drawn)));
        const rows = drawn.areas.map((area, i) => ({
          start: area.start,
          end: area.end,
          permissions: area.permissions,
          name: baseName(area.name),
          ...Object.fromEntries(
            rowNumbers(area, drawn.amounts[i]).map((kb, field) => [FIELDS[field] ?? '', kb * KIB] as const),
          ),
        }));
        expect(readings.map(snapshotOf)).toEqual([{ says: { pid: drawn.pid, command: drawn.command }, rows }]);
        expect(problems).toEqual([]);
      }),
      fuzzRuns(3000),
    );
  },
  FUZZ_TIMEOUT,
);
