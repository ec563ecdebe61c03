import fc from 'fast-check';
import { type Field, smapsText, type VmaText, vmaText } from '../smaps-text.js';

/** What becomes of a process between two snapshots, or of the text of one. */
interface Change {
  readonly kind: (typeof KINDS)[number];
  /** Which VMA and which field, in whole numbers of any size. */
  readonly vma: number;
  readonly field: number;
  readonly kb: number;
  /** Whether the snapshots behind it have it too. */
  readonly stays: boolean;
}

const KINDS = [
  'amount',
  'amount',
  'came',
  'came',
  'went',
  'grew down',
  'grew up',
  'other name',
  'other flags',
  'other permissions',
  'without a field',
  'with a field',
  'wide amount',
  'no amount',
  'Name: behind the header',
  'Name: at the end',
  'inverted',
  'blank line',
  'other line',
  'cut',
] as const;

interface Snapshot {
  readonly changes: readonly Change[];
  readonly above: string;
  readonly isOlderKernel: boolean;
  readonly hasReturns: boolean;
}

const change: fc.Arbitrary<Change> = fc.record({
  kind: fc.constantFrom(...KINDS),
  vma: fc.nat(1000),
  field: fc.nat(1000),
  kb: fc.nat(20_000),
  stays: fc.boolean(),
});

const rarely = fc.integer({ min: 0, max: 9 }).map((number) => number === 0);

const snapshot: fc.Arbitrary<Snapshot> = fc.record({
  changes: fc.oneof(
    { weight: 1, arbitrary: fc.constant([]) },
    { weight: 3, arbitrary: fc.array(change, { maxLength: 4 }) },
  ),
  above: fc.constantFrom('2026-01-01T00:00:00Z\n', '2026-01-01T00:00:00Z\n', '', '\n', '==> 7/812/smaps <==\n'),
  isOlderKernel: rarely,
  hasReturns: rarely,
});

/** Now and then about as many as the first arrays of a table have room for. */
const vmaCount = fc.oneof(
  { weight: 19, arbitrary: fc.integer({ min: 1, max: 30 }) },
  { weight: 1, arbitrary: fc.integer({ min: 253, max: 257 }) },
);

/** The text of a series: one process, of which something changes now and then, and of what befalls captured text. */
export const smapsSeries: fc.Arbitrary<string> = fc
  .record({
    vmas: vmaCount,
    hasOddField: fc.boolean(),
    snapshots: fc.array(snapshot, { minLength: 2, maxLength: 12 }),
  })
  .map(({ vmas, hasOddField, snapshots }) => {
    let blocks = Array.from({ length: vmas }, (_, i) =>
      smapsText([youngVma(16 * (i + 1), i % 3 === 1 ? '' : `/opt/demo/part-${i % 7}`)]),
    );
    return snapshots.map((one) => {
      let shown = blocks;
      for (const each of one.changes) {
        shown = changed(shown, each);
        if (each.stays) blocks = changed(blocks, each);
      }
      const text = shown.join('');
      // In no kernel's columns: it is read the general way each time.
      return one.above + asPrinted(hasOddField ? text.replaceAll(/^(?=VmFlags)/gm, 'Odd: 4 kB\n') : text, one);
    });
  })
  .map((texts) => texts.join(''));

function youngVma(page: number, path: string): VmaText {
  const vma = vmaText(page, path, 4);
  return { ...vma, end: (page + 8) * 4096, fields: [...vma.fields, ['SwapPss', 0]] };
}

function asPrinted(text: string, { isOlderKernel, hasReturns }: Snapshot): string {
  const printed = isOlderKernel ? text.replaceAll(/^SwapPss:.*\n/gm, '') : text;
  return hasReturns ? printed.replaceAll('\n', '\r\n') : printed;
}

function changed(blocks: readonly string[], { kind, vma, field, kb }: Change): string[] {
  const at = vma % Math.max(1, blocks.length);
  const block = blocks[at] ?? '';
  const [header = '', ...rest] = block.split('\n');
  const line = field % Math.max(1, rest.length - 2);
  const edited = (edit: (fields: string[]) => string[]): string[] =>
    blocks.toSpliced(at, 1, [header, ...edit([...rest])].join('\n'));
  const headed = (from: RegExp, to: string): string[] => blocks.toSpliced(at, 1, block.replace(from, to));
  const amount = (text: string): string[] =>
    edited((fields) => fields.map((shown, i) => (i === line ? `${shown.slice(0, 16)}${text}` : shown)));
  switch (kind) {
    case 'amount':
      return amount(`${String(kb).padStart(8)} kB`);
    case 'wide amount':
      return amount(`${kb}000000 kB`);
    case 'no amount':
      return amount('      ?? kB');
    case 'came': {
      const first = Number.parseInt(header, 16) / 4096 + 8;
      const came: Field = ['SwapPss', kb];
      const text = smapsText([{ ...vmaText(first, '', kb % 9), fields: [...vmaText(first, '', 8).fields, came] }]);
      return blocks.toSpliced(at + 1, 0, text);
    }
    case 'went':
      return blocks.toSpliced(at, 1 + (field % 3));
    case 'grew down':
      return headed(/^\w+/, (Number.parseInt(header, 16) - 4096).toString(16).padStart(8, '0'));
    case 'grew up':
      return headed(
        /-\w+/,
        `-${(Number.parseInt(header.split('-')[1] ?? '', 16) + 4096).toString(16).padStart(8, '0')}`,
      );
    case 'other name':
      return headed(/part-\d+/, `part-${kb}`);
    case 'other flags':
      return headed(/VmFlags: .*/, kb % 2 === 0 ? 'VmFlags: rd ex mr ' : 'VmFlags: rd ');
    case 'other permissions':
      return headed(/ rw-p /, ' r--s ');
    case 'without a field':
      return edited((fields) => fields.toSpliced(line, 1));
    case 'with a field':
      return edited((fields) => fields.toSpliced(line, 0, `Vendor_${kb % 3}:       ${String(kb).padStart(8)} kB`));
    case 'Name: behind the header':
      return edited((fields) => ['Name:           [anon:libc_malloc]', ...fields]);
    case 'Name: at the end':
      return edited((fields) => fields.toSpliced(-1, 0, 'Name:           [anon:late]'));
    case 'inverted':
      return headed(/-\w+/, '-00001000');
    case 'blank line':
      return edited((fields) => fields.toSpliced(line, 0, ''));
    case 'other line':
      return edited((fields) => fields.toSpliced(-1, 0, `[  42.5] message ${kb}`));
    case 'cut':
      return blocks.toSpliced(at, 1, block.slice(0, kb % Math.max(1, block.length)));
  }
}
