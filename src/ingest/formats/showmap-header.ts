/** What the header of a table of showmap announces, in any of its notations. */
export interface ShowmapHeader {
  /** The kernel's names of the counters, in the order of the columns. */
  readonly counters: readonly string[];
  /** -a: a row is a VMA and begins with its addresses. */
  readonly hasAddresses: boolean;
  /** A column with the count of VMAs: without -a and -v, a row is the sum of all VMAs with one name. */
  readonly hasCount: boolean;
  /** -v, from Android 11 on. */
  readonly hasFlags: boolean;
}

// The "start end" of -a stand above "addr addr".
const UPPER =
  /^ *(?:start +end +)?virtual +shared +shared +private +private(?: +Anon +Shmem +File +Shared +Private)? *$/;

/** Whether a line is the upper one of the two that are the header of the text. */
export function isUpperHeader(line: string): boolean {
  return line.length < 300 && UPPER.test(line);
}

const LOWER =
  /^ *(?<addresses>addr +addr +)?size +RSS +PSS +clean +dirty +clean +dirty(?<swap> +swap)?(?<swapPss> +swapPSS)?(?<huge> +HugePages +PmdMapped +PmdMapped +Hugetlb +Hugetlb)?(?<locked> +Locked)?(?<count> +#)?(?<flags> +flags)? *object *$/;

/** The lower line of the header; undefined for other lines. Android 9 and 10 print `swapPSSobject` with -a and -v. */
export function showmapHeaderOf(line: string): ShowmapHeader | undefined {
  if (line.length > 300) return undefined;
  const groups = LOWER.exec(line)?.groups;
  if (!groups) return undefined;
  return {
    counters: [
      ...ALWAYS,
      ...(groups.swap === undefined ? [] : ['Swap']),
      ...(groups.swapPss === undefined ? [] : ['SwapPss']),
      ...(groups.huge === undefined ? [] : HUGE),
      ...(groups.locked === undefined ? [] : ['Locked']),
    ],
    hasAddresses: groups.addresses !== undefined,
    hasCount: groups.count !== undefined,
    hasFlags: groups.flags !== undefined,
  };
}

const ALWAYS = ['Size', 'Rss', 'Pss', 'Shared_Clean', 'Shared_Dirty', 'Private_Clean', 'Private_Dirty'];
const HUGE = ['AnonHugePages', 'ShmemPmdMapped', 'FilePmdMapped', 'Shared_Hugetlb', 'Private_Hugetlb'];

/** The kernel's name of each counter by its title in CSV and JSON. */
export const COUNTER_TITLES: ReadonlyMap<string, string> = new Map([
  ['virtual size', 'Size'],
  ['RSS', 'Rss'],
  ['PSS', 'Pss'],
  ['shared clean', 'Shared_Clean'],
  ['shared dirty', 'Shared_Dirty'],
  ['private clean', 'Private_Clean'],
  ['private dirty', 'Private_Dirty'],
  ['swap', 'Swap'],
  ['swapPSS', 'SwapPss'],
  ['Anon HugePages', 'AnonHugePages'],
  ['Shmem PmdMapped', 'ShmemPmdMapped'],
  ['File PmdMapped', 'FilePmdMapped'],
  ['Shared Hugetlb', 'Shared_Hugetlb'],
  ['Private Hugetlb', 'Private_Hugetlb'],
  ['Locked', 'Locked'],
]);

/** The header that the titles of CSV or JSON amount to; undefined where they are not showmap's. */
export function showmapHeaderOfTitles(titles: readonly string[]): ShowmapHeader | undefined {
  const counters = titles.flatMap((title) => COUNTER_TITLES.get(title) ?? []);
  const others = titles.slice(counters.length);
  const isOrdered = titles.slice(0, counters.length).every((title) => COUNTER_TITLES.has(title));
  if (!isOrdered || !ALWAYS.every((name, index) => counters[index] === name)) return undefined;
  if (others.pop() !== 'object' || !OTHERS.has(others.join(','))) return undefined;
  return {
    counters,
    hasAddresses: others.includes('start addr'),
    hasCount: others.includes('#'),
    hasFlags: others.includes('flags'),
  };
}

const OTHERS: ReadonlySet<string> = new Set(['', '#', 'flags', 'start addr,end addr', 'start addr,end addr,flags']);
