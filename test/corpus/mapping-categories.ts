import { categoriesOf } from '../../src/correlate/areas/vma-categories.js';
import type { Reading } from '../../src/ingest/format.js';
import { categoryOfName, categoryWithId } from '../../src/model/mapping-category.js';
import { compareNames } from '../../src/model/origin.js';
import { READ, type VmaTable, WRITE } from '../../src/model/vma-table.js';
import type { Corpus } from './corpus.js';
import { Comparison } from './difference.js';

/** How many VMAs of the corpus fall into each category, and how much memory nothing tells of. */
export class CategorySums {
  private readonly sums = new Map<string, { vmas: number; rss: number }>();

  add(readings: readonly Reading[]): void {
    for (const reading of readings) {
      if (reading.type === 'snapshot') this.addTable(reading.table);
    }
  }

  private addTable(table: VmaTable): void {
    const rss = table.counters.get('Rss');
    for (const [row, category] of categoriesOf(table).entries()) {
      const sum = this.sums.get(category) ?? { vmas: 0, rss: 0 };
      sum.vmas++;
      sum.rss += rss?.[row] ?? 0;
      this.sums.set(category, sum);
    }
  }

  lines(): string[] {
    const sorted = [...this.sums].toSorted(([a, one], [b, other]) => other.vmas - one.vmas || compareNames(a, b));
    const total = sorted.reduce((all, [, { vmas, rss }]) => ({ vmas: all.vmas + vmas, rss: all.rss + rss }), {
      vmas: 0,
      rss: 0,
    });
    const untold = sorted.filter(([category]) => UNTOLD.has(category));
    const share = (key: 'vmas' | 'rss'): string =>
      `${((100 * untold.reduce((sum, [, one]) => sum + one[key], 0)) / Math.max(1, total[key])).toFixed(1)} %`;
    return [
      `categories of ${total.vmas} VMAs: ${sorted.map(([category, { vmas }]) => `${category} ${vmas}`).join(', ')}`,
      `categories: nothing tells of ${share('vmas')} of the VMAs, ${share('rss')} of their Rss`,
    ];
  }
}

const UNTOLD: ReadonlySet<string> = new Set(['anonymous', 'other-name']);

/** A table of another tool, made on a device with Android's own rules: which names each row of dumpsys meminfo counts. */
const ANDROID_REPORT = 'negative/gracker__memorylab_smaps_analysis.txt';

const ROWS: Readonly<Record<string, string>> = { Dalvik: 'Dalvik Heap', Native: 'Native Heap' };

/** Each name that the report lists, against the row that its category is counted in. */
export function compareAndroidNames(corpus: Corpus): Comparison[] {
  if (!corpus.files.some(({ path }) => path === ANDROID_REPORT)) return [];
  const comparison = new Comparison(ANDROID_REPORT);
  let row = '';
  for (const line of corpus.text(ANDROID_REPORT).split('\n')) {
    // "Dalvik Other (…) : 16.620 MB", then "\t\t[anon:dalvik-LinearAlloc] : 1968 kB"
    row = /^(?<row>\S[^(]*?) \(.*\) : [\d.]+ MB$/.exec(line)?.groups?.row ?? row;
    const name = /^\t\t(?<name>\S.*) : \d+ kB$/.exec(line)?.groups?.name;
    if (name === undefined) continue;
    comparison.same(`the row of ${name}`, ROWS[row] ?? row, rowOf(name));
  }
  return [comparison];
}

/** Where Android counts names that have no category of Android's own. */
export function rowOf(pathname: string): string {
  const counted = categoryWithId(categoryOfName(pathname, READ | WRITE)).dumpsys;
  if (counted !== undefined) return counted;
  const name = pathname.replace(/ \(deleted\)$/, '');
  if (name.endsWith('.so')) return '.so mmap';
  if (name.startsWith('/dev/')) return 'Other dev';
  return name === '' || name.startsWith('[anon:') ? 'Unknown' : 'Other mmap';
}
