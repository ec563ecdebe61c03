import { sectionHeaderOf } from '../section-header.js';

/** The fields of one rollup or of one VMA, in bytes, as `grep -E 'Rss|Pss'` leaves them. */
export interface FieldSet {
  readonly fields: ReadonlyMap<string, number>;
  readonly line: number;
}

// Private_Dirty:     14396 kB
const FIELD = /^(?<key>[A-Z]\w{1,40}): {1,40}(?<kib>\d{1,20}) kB$/;

/** A line with a counter of smaps; undefined for others. */
export function fieldOf(line: string): { readonly key: string; readonly kib: string } | undefined {
  const { key, kib = '' } = FIELD.exec(line)?.groups ?? {};
  return key === undefined ? undefined : { key, kib };
}

/**
 * Whether fields of rollups, or of many VMAs, stand first, as grep leaves them: sets of the same fields. What a cut
 * leaves is followed by a VMA's header, or by a field that has no sum.
 */
export function areGreppedFields(head: string): boolean {
  const keys: string[] = [];
  const lines = head.split('\n', MOST_FIELDS).map((line) => line.trimEnd());
  const end = lines.findIndex((line) => fieldOf(line) === undefined);
  for (const line of end === -1 ? lines : lines.slice(0, end)) keys.push(fieldOf(line)?.key ?? '');
  const [first = ''] = keys;
  const again = keys.indexOf(first, 1);
  const period = again === -1 ? keys.length : again;
  const areSets = keys.every(
    (key, i) => key === keys[i % period] && (FIELDS.test(key) || (again !== -1 && key === 'Size')),
  );
  if (!areSets || !keys.some((key) => key === 'Rss' || key === 'Pss')) return false;
  const after = end === -1 ? undefined : lines[end];
  if (after !== undefined && OF_VMA.test(after)) return false;
  // One alone may be of anything that goes on: not below a date, or at the end.
  return keys.length > 1 || after === undefined || after === '' || sectionHeaderOf(after) !== undefined;
}

const MOST_FIELDS = 40;
const FIELDS =
  /^(?:[RP]ss|Pss_(?:Dirty|Anon|File|Shmem)|(?:Shared|Private)_(?:Clean|Dirty|Hugetlb)|Referenced|Anonymous|KSM|LazyFree|AnonHugePages|(?:Shmem|File)PmdMapped|Swap|SwapPss|Locked)$/;
// The next VMA's header, or a field that has no sum.
const OF_VMA = /^(?:[0-9a-f]{1,16}-[0-9a-f]{1,16} |VmFlags:|THPeligible:|ProtectionKey:|Name:)/;

/** Whether sets are of VMAs: some of these hold nothing in RAM, which no process does; and only they have a size. */
export function areOfVmas(sets: readonly FieldSet[]): boolean {
  if (sets.length < 2) return false;
  return sets.some(({ fields }) => fields.has('Size') || (fields.get('Rss') ?? fields.get('Pss')) === 0);
}

/** Each field of all VMAs together. */
export function sumOf(sets: readonly FieldSet[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { fields } of sets) for (const [key, bytes] of fields) sums.set(key, (sums.get(key) ?? 0) + bytes);
  return sums;
}
