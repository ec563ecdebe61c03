import type { Sample } from '../../model/memory.js';
import { quote } from '../../model/problem.js';
import { rollupLayout } from '../../model/rollup-layout.js';
import { assignKnown } from '../../model/vma-table.js';
import type { CaptureFormat, Section } from '../format.js';
import { lineReader } from '../line-reader.js';
import { bytesOfKib } from './kib.js';
import { areGreppedFields, areOfVmas, type FieldSet, fieldOf, sumOf } from './smaps-grepped.js';

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
 * fields that they want, a set of them stands by itself, below a date or at the end; of smaps, a set for each VMA.
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
    return isHeader(first) ? second === '' || fieldOf(second) !== undefined : areGreppedFields(head);
  },
  open: (section) => lineReader(new RollupReader(section)),
};

class RollupReader {
  private fields = new Map<string, number>();
  /** That of the header, or of the first field where there is none. */
  private headerLine = 0;
  private hasHeader = false;
  /** Where the header says that the process begins and ends: by chance, and for as long as it runs. */
  private layout: string | undefined;
  private lastField = '';
  /** The sets of fields that grep left without their headers: of a series of rollups, or of VMAs. */
  private grepped: FieldSet[] = [];

  constructor(private readonly section: Section) {}

  line(text: string, number: number): boolean {
    if (text.trim() === '') return true;
    if (isHeader(text)) {
      this.finish(false);
      this.tellGrepped();
      this.headerLine = number;
      this.hasHeader = true;
      this.layout = rollupLayout(text);
      return true;
    }
    const field = fieldOf(text);
    // /proc/meminfo looks the same, and may follow without anything in between.
    if (!field || field.key === 'MemTotal') return false;
    // A field that stands alone may be the last one of many.
    if (this.headerLine === 0 && this.grepped.length === 0 && fieldOf(this.section.after ?? '')) return false;
    if (this.headerLine === 0) this.headerLine = number;
    const { key, kib } = field;
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
    this.tellGrepped();
  }

  private tellGrepped(): void {
    const { grepped, section } = this;
    this.grepped = [];
    if (!areOfVmas(grepped)) for (const set of grepped) this.emit(set.fields, set.line);
    else if (section.isTimed === true) this.emit(sumOf(grepped), grepped[0]?.line ?? 0);
    else {
      const message =
        'expected a date above the fields of VMAs, found none: nothing tells of how many snapshots they are, so they are not used';
      section.problem('error', 'untimed-capture', message, grepped[0]?.line ?? 0);
    }
  }

  private finish(atEndOfFile: boolean): void {
    if (this.headerLine === 0) return;
    const { fields } = this;
    if (this.layout === undefined && fields.size > 0) {
      this.grepped.push({ fields, line: this.headerLine });
      // So many VMAs would have told that they are.
      if (this.grepped.length >= MOST_GREPPED && !areOfVmas(this.grepped)) this.tellGrepped();
    } else this.emit(fields, this.headerLine);
    if (fields.size === 0 || (atEndOfFile && this.hasHeader && this.lastField !== LAST_FIELD)) {
      const found = this.lastField === '' ? 'nothing after its header' : `"${this.lastField}" as the last field`;
      const message = `expected a rollup that ends with "${LAST_FIELD}", found ${found}`;
      this.section.problem('error', 'truncated-capture', message, this.headerLine);
    }
    this.fields = new Map();
    this.lastField = '';
    this.headerLine = 0;
    this.layout = undefined;
  }

  private emit(fields: ReadonlyMap<string, number>, line: number): void {
    const { section, layout } = this;
    const sample: Sample = assignKnown<Sample>(
      {},
      { rss: fields.get('Rss'), pss: fields.get('Pss'), swap: fields.get('Swap') },
    );
    const clean = fields.get('Private_Clean');
    const dirty = fields.get('Private_Dirty');
    if (clean !== undefined && dirty !== undefined) sample.uss = clean + dirty;
    if (dirty !== undefined) sample.privateDirty = dirty;
    const vss = fields.get('Size');
    if (vss !== undefined) sample.vss = vss;
    if (Object.keys(sample).length === 0) return;
    const says = layout === undefined ? {} : { layout };
    section.emit({ type: 'sample', says, origin: { file: section.file, line }, sample });
  }
}

const MOST_GREPPED = 10_000;

/** Every kernel that has smaps_rollup prints it last. */
const LAST_FIELD = 'Locked';

// 559329443000-7fffa2bee000 ---p 00000000 00:00 0                          [rollup]
const HEADER = /^[0-9a-f]{1,16}-[0-9a-f]{1,16} ---p 0{8,16} 00:00 0 {1,80}\[rollup\]$/;
function isHeader(text: string): boolean {
  return HEADER.test(text.trimEnd());
}
