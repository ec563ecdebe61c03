import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { CaptureFormat, Reading } from '../src/ingest/format.js';
import { captureFormats } from '../src/ingest/formats/index.js';
import { verdictRules } from '../src/judge/rules/index.js';
import type { VmaTable } from '../src/model/vma-table.js';
import { OUTPUTS } from '../src/report/outputs/index.js';
import { PROGRAM_SECTIONS, SECTIONS_AFTER, SECTIONS_BEFORE, TICKET_SECTIONS } from '../src/report/sections/index.js';
import { captureTree, type ReadCaptures, readCaptures, readFile } from './ingest/capture-tree.js';
import { type ReadResult, readText } from './ingest/read-text.js';

const SAMPLES = fileURLToPath(new URL('../samples/', import.meta.url));

/** The samples of each format: all files of a folder, but for those named by another format; of the sets, by name. */
const SAMPLE_FOLDERS: Readonly<Record<string, readonly string[]>> = {
  smaps: ['smaps', 'gz', 'sets/**/smaps', 'sets/**/smaps.gz'],
  smaps_rollup: ['sets/**/smaps_rollup'],
  maps: ['maps', 'sets/**/maps', 'symbols/**/*.maps'],
  numa_maps: ['numa_maps'],
  status: ['status', 'sets/**/status'],
  stat: ['stat', 'sets/**/stat'],
  statm: ['statm'],
  'proc-line': ['proc-line'],
  meminfo: ['sets/**/meminfo'],
  pmap: ['pmap', 'sets/**/pmap-x_*.txt'],
  'pmap-totals': ['pmap-totals'],
  smem: ['smem/*.txt'],
  'smem-csv': ['smem/*.csv', 'smem/*.tsv', 'sets/**/smem.csv'],
  memcheck: ['memcheck', 'sets/**/valgrind*.log', 'symbols/**/valgrind*.log'],
  sanitizer: ['asan', 'lsan', 'sets/**/asan.log.*', 'symbols/**/asan*.log'],
  'kernel-log': ['kernel-log', 'out-of-memory/*.txt', 'symbols/fault'],
  time: ['time'],
  rusage: ['rusage'],
  'memcheck-xml': ['memcheck-xml', 'symbols/**/valgrind*.xml'],
  'valgrind-other': ['memcheck-xml/helgrind.xml', 'valgrind-other'],
  massif: ['massif', 'symbols/**/massif*.out'],
  dhat: ['dhat'],
};

const all = readdirSync(SAMPLES, { recursive: true, encoding: 'utf8', withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => `${entry.parentPath}/${entry.name}`.replace(SAMPLES, '').replaceAll('\\', '/').replace(/^\//, ''))
  .sort();

/** Files that stand in the table by their own path. */
const NAMED: ReadonlySet<string> = new Set(
  Object.values(SAMPLE_FOLDERS).flatMap((patterns) => patterns.filter((one) => all.includes(one))),
);

function matches(path: string, pattern: string): boolean {
  if (path === pattern) return true;
  if (!pattern.includes('*')) return path.startsWith(`${pattern}/`) && !NAMED.has(path);
  const [start, name = ''] = pattern.includes('/**/') ? pattern.split('/**/') : pattern.split(/\/(?=[^/]*$)/);
  const expression = new RegExp(`^${name.replaceAll('.', '\\.').replaceAll('*', '[^/]*')}$`);
  const below = path.slice((start ?? '').length + 1);
  const isNear = pattern.includes('/**/') || !below.includes('/');
  return path.startsWith(`${start ?? ''}/`) && isNear && expression.test(below.slice(below.lastIndexOf('/') + 1));
}

/** The samples by format; of each folder of the sets' hundreds, the first and the last. */
const samples = new Map(
  Object.entries(SAMPLE_FOLDERS).map(([id, patterns]) => {
    const found = patterns.flatMap((pattern) => {
      const paths = all.filter((path) => matches(path, pattern));
      return pattern.startsWith('sets/')
        ? [...new Set([paths[0], paths.at(-1)])].filter((path) => path !== undefined)
        : paths;
    });
    return [id, found];
  }),
);

function bytesOf(path: string): Buffer {
  const bytes = readFileSync(SAMPLES + path);
  return path.endsWith('.gz') ? gunzipSync(bytes) : bytes;
}

/** What was read, without how it was found and where it lies. */
function outline({ captures, problems, files }: ReadCaptures): unknown {
  return {
    formats: files.map(({ format, status, snapshots }) => [format, status, snapshots]),
    captures: captures.map((capture) => {
      const text = JSON.stringify(capture, (key, value: unknown) =>
        HIDDEN.has(key) ? undefined : plainColumns(value),
      );
      return JSON.parse(text) as unknown;
    }),
    problems: problems.map(({ code, line, severity }) => [code, line, severity]),
  };
}

/** Where a capture lies, and how its context was found: both depend on the file's name. */
const HIDDEN: ReadonlySet<string> = new Set(['file', 'context']);

/** Counters as JSON has them. */
function plainColumns(value: unknown): unknown {
  if (value instanceof Map) return Object.fromEntries(value as Map<string, unknown>);
  return ArrayBuffer.isView(value) ? [...(value as unknown as Iterable<number>)] : value;
}

/** Fails on a number in `value` that is no amount of anything, and on origins outside of the text. */
function expectSane(value: unknown, lines: number, where: string): void {
  if (typeof value === 'number') {
    if (!Number.isFinite(value) || value < 0) throw new Error(`${where}: expected a number from 0, found ${value}`);
  } else if (ArrayBuffer.isView(value)) {
    return;
  } else if (Array.isArray(value)) {
    value.forEach((item, i) => {
      expectSane(item, lines, `${where}[${i}]`);
    });
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      expectSane(item, lines, `${where}.${key}`);
      if (key === 'line' && typeof item === 'number' && where.endsWith('origin') && (item < 1 || item > lines)) {
        throw new Error(`${where}: expected a line from 1 to ${lines}, found ${item}`);
      }
    }
  }
}

function expectSaneTable(table: VmaTable, lines: number, where: string): void {
  for (let row = 0; row < table.count; row++) {
    for (const [name, column] of table.counters) expectSane(column[row], lines, `${where} ${name} of row ${row}`);
    for (const column of [table.start, table.end, table.offset, table.inode]) expectSane(column[row], lines, where);
    const line = table.line[row] ?? 0;
    if (line < 1 || line > lines) throw new Error(`${where}: row ${row} has line ${line} of ${lines}`);
    if (row > 0 && line <= (table.line[row - 1] ?? 0)) throw new Error(`${where}: row ${row} is out of order`);
    if (table.paths[table.path[row] ?? -1] === undefined) throw new Error(`${where}: row ${row} has no path`);
  }
}

function expectSaneReadings({ readings, problems }: ReadResult, bytes: Buffer, where: string): void {
  const lines = bytes.toString('latin1').split('\n').length;
  for (const reading of readings) {
    if (reading.type === 'snapshot') {
      expectSaneTable(reading.table, lines, where);
      expectSane(reading.origin, lines, `${where} origin`);
    } else {
      expectSane(reading, lines, where);
    }
  }
  for (const { line, message } of problems) {
    if (line < 0 || line > lines || !/^expected .*, found /s.test(message))
      throw new Error(`${where}: line ${line}: ${message}`);
  }
}

/** Numbers that look random and are the same in each run. */
function* scattered(below: number, count: number): Generator<number> {
  let state = 12_345;
  for (let i = 0; i < count; i++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    yield state % below;
  }
}

const readable = captureFormats.filter(({ refusal }) => refusal === undefined);

describe('the capture formats', () => {
  it('have names of their own', () => {
    const ids = captureFormats.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !/^[a-z]+(?:[-_][a-z]+)*$/.test(id))).toEqual([]);
  });

  it('have samples, or a test with texts of its own where their tool does not run everywhere', () => {
    const tests = fileURLToPath(new URL('ingest/formats/', import.meta.url));
    const tested = readdirSync(tests)
      .filter((name) => name.endsWith('.test.ts'))
      .map((name) => readFileSync(tests + name, 'utf8'))
      .join('');
    const without = readable
      .map(({ id }) => id)
      .filter((id) => !samples.get(id)?.length && !tested.includes(`/${id.replaceAll('_', '-')}.js'`));
    expect(
      without,
      'put real captures into samples/ and a line into SAMPLE_FOLDERS, or a test into test/ingest/formats',
    ).toEqual([]);
    expect(Object.keys(SAMPLE_FOLDERS).filter((id) => !captureFormats.some((format) => format.id === id))).toEqual([]);
  });

  it('use all samples', () => {
    const used = new Set(
      Object.values(SAMPLE_FOLDERS).flatMap((patterns) =>
        all.filter((path) => patterns.some((one) => matches(path, one))),
      ),
    );
    const others = all.filter(
      (path) =>
        !used.has(path) &&
        !/^(?:programs\/|packed\/|pairs\/|agreement\/|causes\/|faults\/|out-of-memory\/.*\.gz$|page-faults\/|symbols\/debug\/|smem\/smemcap|[^/]*$)|\/(?:cmdline|comm)$/.test(
          path,
        ),
    );
    expect(others).toEqual([]);
  });
});

describe.each(captureFormats.map((format) => [format.id, format] as const))('the format %s', (_, format) => {
  it('says what it is and how to capture it', () => {
    expect(format.name).not.toBe('');
    expect(format.howToCapture).not.toBe('');
    expect(() => new URL(format.specification)).not.toThrow();
    expect(format.specification).toMatch(/^https:/);
  });

  it.each([
    '',
    '\n',
    ' ',
    '\0',
    '\n\n\n',
    'hello\n',
    '-'.repeat(4096),
    '0'.repeat(4096),
    ' '.repeat(4096),
    '=='.repeat(2048),
    'a b '.repeat(1024),
  ])('does not recognize %j', (text) => {
    const started = performance.now();
    expect(format.recognizes(text)).toBe(false);
    expect(performance.now() - started).toBeLessThan(200);
  });
});

/** The whole way through ingest: dates and banners inside of samples are cut there. */
async function throughIngest(format: CaptureFormat, bytes: Buffer, name: string): Promise<ReadCaptures> {
  const read = await readFile(bytes, name);
  expect(
    read.files.map((file) => file.format),
    name,
  ).toEqual([format.id]);
  return read;
}

const sampled = captureFormats.filter(({ id }) => samples.has(id));

describe.each(sampled.map((format) => [format.id, format] as const))('the format %s', (id, format) => {
  const paths = samples.get(id) ?? [];

  it.each(paths)('alone reads %s', async (path) => {
    const { files } = await throughIngest(format, bytesOf(path), 'unknown');
    expect(files[0]?.status === 'refused').toBe(format.refusal !== undefined);
  });

  it.each(paths)('reads %s whatever its name and line ends', async (path) => {
    const bytes = bytesOf(path);
    const expected = outline(await throughIngest(format, bytes, 'unknown'));
    for (const other of captureFormats) {
      expect(outline(await readFile(bytes, `${other.id}.${other.id}`)), `named ${other.id}`).toEqual(expected);
    }
    const bom = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes]);
    expect(outline(await readFile(bom, 'unknown')), 'with a byte order mark').toEqual(expected);
    // Names of samples that hold a carriage return of their own change with it.
    if (bytes.includes(13)) return;
    const crlf = Buffer.from(bytes.toString('latin1').replaceAll('\n', '\r\n'), 'latin1');
    expect(outline(await readFile(crlf, 'unknown')), 'with CRLF').toEqual(expected);
  });

  it.each(paths)('survives %s cut anywhere', (path) => {
    const bytes = bytesOf(path);
    const text = bytes.toString('latin1');
    const ends: number[] = [];
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) ends.push(at + 1);
    // Of long samples, each line of the start and of the end.
    const lines = ends.length > 400 ? [...ends.slice(0, 200), ...ends.slice(-200)] : ends;
    for (const cut of [0, ...lines, ...scattered(bytes.length, 200)]) {
      const part = bytes.subarray(0, cut);
      expectSaneReadings(readText(format, part), part, `${path} cut at ${cut}`);
    }
  });

  it('does not throw at text of the other formats, nor at damaged text of its own', () => {
    for (const other of [...samples.values()].flatMap((others) => others.slice(0, 2))) {
      const bytes = bytesOf(other).subarray(0, 20_000);
      expectSaneReadings(readText(format, bytes), bytes, other);
    }
    for (const path of paths.slice(0, 3)) {
      const damaged = Buffer.from(bytesOf(path).subarray(0, 20_000));
      for (const at of scattered(damaged.length, 400)) {
        damaged[at] = (at * 7) % 256;
        if (at % 5 === 0) expectSaneReadings(readText(format, damaged), damaged, `${path} damaged at ${at}`);
      }
    }
  });
});

describe.each(
  captureFormats.filter(({ refusal }) => refusal !== undefined).map((format) => [format.id, format] as const),
)('the refused format %s', (_, format) => {
  it('says why', () => {
    expect(format.refusal?.length).toBeGreaterThan(20);
    const readings: Reading[] = readText(format, 'anything\n').readings;
    expect(readings).toEqual([]);
  });
});

it("a log of another of valgrind's tools is refused", async () => {
  const log =
    "==7== Helgrind, a thread error detector\n==7== Copyright (C) 2007-2017, and GNU GPL'd, by OpenWorks LLP et al.\n==7== Command: ./a.out\n==7==\n";
  const { files, problems } = await readFile(log);
  expect(files).toMatchObject([{ status: 'refused', format: 'valgrind-other' }]);
  expect(problems).toMatchObject([{ code: 'refused-format', severity: 'error' }]);
});

it('all samples together are read without an error, but for those that are cut or refused', async () => {
  const { files, problems } = await readCaptures(SAMPLES);
  expect(files.length).toBeGreaterThan(500);
  const refused = captureFormats
    .filter(({ refusal }) => refusal !== undefined)
    .flatMap(({ id }) => samples.get(id) ?? []);
  expect([...new Set(problems.filter(({ severity }) => severity === 'error').map(({ file }) => file))].sort()).toEqual(
    [...refused, 'smaps/truncated-in-line.smaps', 'smaps/truncated-in-vma.smaps'].sort(),
  );
  expect(files.filter(({ status }) => status === 'ignored').map(({ path }) => path)).toEqual(
    files.map(({ path }) => path).filter((path) => /^(?:programs\/|symbols\/debug\/|README|versions)/.test(path)),
  );
});

it('an empty captures folder is empty', async () => {
  expect(await readCaptures(captureTree({}))).toEqual({
    captures: [],
    snapshots: [],
    samples: [],
    files: [],
    problems: [],
  });
});

describe('the verdict rules', () => {
  it('have names of their own, which are those of their files', () => {
    const ids = verdictRules.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) {
      expect(id).toMatch(/^[a-z]+(?:-[a-z]+)*$/);
      expect(
        existsSync(fileURLToPath(new URL(`../src/judge/rules/${id}.ts`, import.meta.url))),
        `src/judge/rules/${id}.ts`,
      ).toBe(true);
    }
  });

  it.each(verdictRules.map((rule) => [rule.id, rule] as const))(
    '%s says what it does and why its thresholds are what they are',
    (_, rule) => {
      expect(rule.title).not.toBe('');
      expect(rule.description.length).toBeGreaterThan(20);
      for (const threshold of rule.thresholds) {
        expect(threshold.name).not.toBe('');
        expect(Number.isFinite(threshold.value)).toBe(true);
        expect(threshold.source.length, `the source of "${threshold.name}"`).toBeGreaterThan(10);
      }
    },
  );

  it.each(verdictRules.map((rule) => [rule.id, rule] as const))(
    '%s says of a program without captures that it does not apply, or nothing',
    (id, rule) => {
      const findings = rule.judge({
        program: { device: 'd', command: 'c' },
        timelines: [],
        leaks: [],
        errors: [],
        summaries: [],
      });
      if ('reason' in findings)
        expect(findings).toMatchObject({ rule: id, reason: expect.stringMatching(/\S/) as string });
      else expect(findings).toEqual([]);
    },
  );
});

describe('the report', () => {
  it('has sections with names of their own', () => {
    const inReport = [...SECTIONS_BEFORE, ...PROGRAM_SECTIONS, ...SECTIONS_AFTER];
    for (const sections of [inReport, TICKET_SECTIONS]) {
      const ids = sections.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids.filter((id) => !/^[a-z]+(?:-[a-z]+)*$/.test(id))).toEqual([]);
      expect(sections.filter(({ title }) => title === '')).toEqual([]);
    }
  });

  it('has outputs with names and files of their own', () => {
    const names = OUTPUTS.flatMap(({ fileName, further = [] }) => [fileName, ...further.map((one) => one.fileName)]);
    for (const values of [OUTPUTS.map(({ id }) => id), OUTPUTS.map(({ extension }) => extension), names]) {
      expect(new Set(values).size).toBe(values.length);
    }
    for (const { fileName, extension, description } of OUTPUTS) {
      expect(fileName.endsWith(`.${extension}`)).toBe(true);
      expect(description).not.toBe('');
    }
  });
});
