import type { Sample } from '../../model/memory.js';
import { quote } from '../../model/problem.js';
import { assignKnown } from '../../model/vma-table.js';
import type { CaptureFormat, Section } from '../format.js';
import { lineReader } from '../line-reader.js';
import { bytesOfKib } from './kib.js';

/**
 * /proc/PID/smaps_rollup: the counters of smaps summed by the kernel (since 4.14).
 *
 *     00400000-ffffffffff601000 ---p 00000000 00:00 0                          [rollup]
 *     Rss:               29948 kB
 *     Pss:               29944 kB
 *     Private_Clean:     15548 kB
 *     Private_Dirty:     14396 kB
 *     Swap:               1940 kB
 *
 * The address range runs from the first VMA to the last with all gaps in between: it is not a size. Where people grep the
 * fields that they want, a set of them stands by itself, below a date or at the end.
 */
export const smapsRollup: CaptureFormat = {
  id: 'smaps_rollup',
  name: 'smaps_rollup',
  specification: 'https://docs.kernel.org/filesystems/proc.html',
  howToCapture: 'cat /proc/PID/smaps_rollup',
  process: 'takes',
  firstLine: /^(?:[0-9a-f]{1,16}-[0-9a-f]{1,16} [r-][w-][x-][sp-] |[A-Z]\w+: )/,
  recognizes(head) {
    const [first = '', second = ''] = head.split('\n', 2);
    return isHeader(first) ? second === '' || FIELD.test(second) : isGreppedSet(head);
  },
  open: (section) => lineReader(new RollupReader(section)),
};

class RollupReader {
  private readonly fields = new Map<string, number>();
  /** That of the header, or of the first field where there is none. */
  private headerLine = 0;
  private hasHeader = false;
  private lastField = '';

  constructor(private readonly section: Section) {}

  line(text: string, number: number): boolean {
    if (text.trim() === '') return true;
    if (isHeader(text)) {
      this.finish(false);
      this.headerLine = number;
      this.hasHeader = true;
      return true;
    }
    const field = FIELD.exec(text);
    // /proc/meminfo looks the same, and may follow without anything in between.
    if (!field?.groups || text.startsWith('MemTotal:')) return false;
    if (this.headerLine === 0) this.headerLine = number;
    const { key = '', kib = '' } = field.groups;
    if (this.fields.has(key)) {
      // Where grep took the later headers away, a repeated field begins the next rollup.
      this.finish(false);
      this.headerLine = number;
    }
    const bytes = bytesOfKib(kib);
    if (bytes === undefined) {
      this.section.problem('warning', 'bad-value', `expected an amount in kB, found ${quote(text)}`, number);
    } else {
      this.fields.set(key, bytes);
    }
    this.lastField = key;
    return true;
  }

  end(atEndOfFile: boolean): void {
    this.finish(atEndOfFile);
  }

  private finish(atEndOfFile: boolean): void {
    if (this.headerLine === 0) return;
    const { fields } = this;
    const sample: Sample = assignKnown<Sample>(
      {},
      { rss: fields.get('Rss'), pss: fields.get('Pss'), swap: fields.get('Swap') },
    );
    const clean = fields.get('Private_Clean');
    const dirty = fields.get('Private_Dirty');
    if (clean !== undefined && dirty !== undefined) sample.uss = clean + dirty;
    if (dirty !== undefined) sample.privateDirty = dirty;
    if (Object.keys(sample).length > 0) {
      const origin = { file: this.section.file, line: this.headerLine };
      this.section.emit({ type: 'sample', says: {}, origin, sample });
    }
    if (fields.size === 0 || (atEndOfFile && this.hasHeader && this.lastField !== LAST_FIELD)) {
      const found = this.lastField === '' ? 'nothing after its header' : `"${this.lastField}" as the last field`;
      const message = `expected a rollup that ends with "${LAST_FIELD}", found ${found}`;
      this.section.problem('error', 'truncated-capture', message, this.headerLine);
    }
    fields.clear();
    this.lastField = '';
    this.headerLine = 0;
  }
}

/** Every kernel that has smaps_rollup prints it last. */
const LAST_FIELD = 'Locked';

// 559329443000-7fffa2bee000 ---p 00000000 00:00 0                          [rollup]
const HEADER = /^[0-9a-f]{1,16}-[0-9a-f]{1,16} ---p 0{8,16} 00:00 0 {1,80}\[rollup\]$/;
// Private_Dirty:     14396 kB
const FIELD = /^(?<key>[A-Z]\w{1,40}): {1,40}(?<kib>\d{1,20}) kB$/;

/**
 * Whether one set of a rollup's fields stands first, as grep leaves it. Of smaps, grep or a cut leaves the fields of many
 * VMAs, or some that a rollup has not.
 */
function isGreppedSet(head: string): boolean {
  const keys = new Set<string>();
  for (const line of head.split('\n', MOST_FIELDS)) {
    const key = FIELD.exec(line.trimEnd())?.groups?.key;
    if (key === undefined) {
      if (OF_VMA.test(line)) return false;
      break;
    }
    if (keys.has(key) || !ROLLUP_FIELD.test(key)) return false;
    keys.add(key);
  }
  return keys.size > 1 && (keys.has('Rss') || keys.has('Pss'));
}

const MOST_FIELDS = 40;
const ROLLUP_FIELD =
  /^(?:[RP]ss|Pss_(?:Dirty|Anon|File|Shmem)|(?:Shared|Private)_(?:Clean|Dirty|Hugetlb)|Referenced|Anonymous|KSM|LazyFree|AnonHugePages|(?:Shmem|File)PmdMapped|Swap|SwapPss|Locked)$/;
// The next VMA's header, or a field that has no sum.
const OF_VMA = /^(?:[0-9a-f]{1,16}-[0-9a-f]{1,16} |VmFlags:|THPeligible:|ProtectionKey:|Name:)/;

function isHeader(text: string): boolean {
  return HEADER.test(text.trimEnd());
}
