import { KIB } from '../../model/units.js';
import type { SmemColumn } from './smem-columns.js';

/** The delimiters that a table of smem's columns may have. */
export const DELIMITERS = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

export interface CsvTable {
  readonly delimiter: Delimiter;
  /** What each column holds; `number` is one that is not read (device, user id, maps …). */
  readonly columns: readonly SmemColumn[];
  /** Bytes of a plain 1 in each column. */
  readonly units: readonly number[];
  /** The column of the time, or -1. */
  readonly timeColumn: number;
}

/** The table that a header's cells announce; undefined where they are not those of a table of processes. */
export function csvTableOf(delimiter: Delimiter, cells: readonly string[]): CsvTable | undefined {
  const titles = cells.map((cell) => titleOf(cell));
  const columns = titles.map(({ word }) => COLUMNS.get(word) ?? 'number');
  const count = (column: SmemColumn): number => columns.filter((each) => each === column).length;
  const isTwice = (['pid', 'command', 'name', 'swap', 'uss', 'pss', 'rss', 'vss'] as const).some(
    (each) => count(each) > 1,
  );
  const isProcesses = count('pid') > 0 ? count('rss') > 0 || count('vss') > 0 : count('command') + count('name') > 0;
  const hasTotals = count('uss') > 0 || count('pss') > 0;
  if (isTwice || !(isProcesses && hasTotals) || titles.some(({ word }) => ONLY_ELSEWHERE.has(word))) return undefined;
  return {
    delimiter,
    columns,
    units: titles.map(({ unit }) => unit),
    timeColumn: titles.findIndex(({ word }) => TIMES.has(word)),
  };
}

/** `USS(kB)`, `uss_kib`, `USS [MB]` → the word in small letters and the unit in bytes. Without a unit it is KiB. */
function titleOf(cell: string): { word: string; unit: number } {
  const title = TITLE.exec(cell.trim().toLowerCase())?.groups;
  return { word: title?.word ?? '', unit: UNITS[title?.unit ?? title?.plainUnit ?? ''] ?? KIB };
}

const TITLE =
  /^(?<word>[a-z][a-z_ ]{0,20}?)(?:[ _]?[([](?<unit>[kmg]i?b?|b|bytes)[)\]]|[ _](?<plainUnit>[kmg]i?b|bytes))?$/;

const UNITS: Readonly<Partial<Record<string, number>>> = {
  b: 1,
  bytes: 1,
  k: KIB,
  kb: KIB,
  kib: KIB,
  m: KIB ** 2,
  mb: KIB ** 2,
  mib: KIB ** 2,
  g: KIB ** 3,
  gb: KIB ** 3,
  gib: KIB ** 3,
};

const COLUMNS: ReadonlyMap<string, SmemColumn> = new Map<string, SmemColumn>([
  ['pid', 'pid'],
  ['process id', 'pid'],
  ['user', 'user'],
  ['command', 'command'],
  ['cmd', 'command'],
  ['cmdline', 'command'],
  ['process', 'command'],
  ['program', 'command'],
  ['name', 'name'],
  ['comm', 'name'],
  ['swap', 'swap'],
  ['uss', 'uss'],
  ['pss', 'pss'],
  ['rss', 'rss'],
  ['vss', 'vss'],
  ['vsz', 'vss'],
]);

const TIMES: ReadonlySet<string> = new Set(['time', 'timestamp', 'date', 'datetime', 'epoch']);

/** Columns of tables by mapping or library, whose rows are not processes. */
const ONLY_ELSEWHERE: ReadonlySet<string> = new Set(['map', 'object', 'library', 'pids', 'count', 'avgpss']);
