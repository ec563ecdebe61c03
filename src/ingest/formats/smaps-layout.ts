/**
 * The order of a kernel's smaps fields, learned from one VMA and expected of the next.
 *
 * The kernel prints nearly all fields in 28 bytes (`Size:` and blanks to column 16, eight columns for the number,
 * ` kB` and the newline), so a line is recognized by two 8-byte compares and one of 4. The whole label is compared,
 * so a guess that is wrong is never used: such a line is read the general way.
 * Source: fs/proc/task_mmu.c, SEQ_PUT_DEC and show_smap.
 */
export interface SmapsLayout {
  readonly names: readonly string[];
  readonly steps: number;
  /** First and second eight bytes of each line, as little-endian doubles. */
  readonly first: Float64Array;
  readonly second: Float64Array;
  /** How the line goes on: one of the constants below. */
  readonly tail: Uint8Array;
  /** Whether lines end in CR LF. */
  readonly carriageReturn: boolean;
}

/** Eight columns of a number, then ` kB`. */
export const KILOBYTES = 0;
/** Eight columns of a number and nothing more (ProtectionKey, or a script took the unit away). */
export const BARE_NUMBER = 1;
/** Nothing that counts, to the end of the line (VmFlags; THPeligible, whose blanks differ between kernels). */
export const WORDS = 2;
/** Not in the kernel's own shape: read the general way. */
export const IRREGULAR = 3;

/** Columns before the number. */
export const LABEL_BYTES = 16;

/** One field line as it was read the general way. */
export interface SeenField {
  readonly name: string;
  /** The line without its newline and carriage return; empty where it was not kept. */
  readonly text: Buffer;
}

export function layoutOf(fields: readonly SeenField[], carriageReturn: boolean): SmapsLayout {
  const first = new Float64Array(fields.length);
  const second = new Float64Array(fields.length);
  const tail = new Uint8Array(fields.length);
  fields.forEach(({ text }, step) => {
    tail[step] = tailOf(text);
    if (text.length < LABEL_BYTES && tail[step] !== WORDS) tail[step] = IRREGULAR;
    if (text.length >= 8) first[step] = text.readDoubleLE(0);
    if (text.length >= LABEL_BYTES) second[step] = text.readDoubleLE(8);
  });
  return { names: fields.map(({ name }) => name), steps: fields.length, first, second, tail, carriageReturn };
}

function tailOf(text: Buffer): number {
  const shape = text.toString('latin1');
  if (shape.startsWith('VmFlags:') || shape.startsWith('THPeligible:')) return WORDS;
  if (/^\w+: [ \d]+ kB$/.test(shape) && text.length === 27 && isPadded(shape)) return KILOBYTES;
  if (/^\w+: [ \d]+$/.test(shape) && text.length === 24 && isPadded(shape)) return BARE_NUMBER;
  return IRREGULAR;
}

/** Whether the label ends before the number's columns: then the bytes before them are the same in every VMA. */
function isPadded(shape: string): boolean {
  return /^\w+: *$/.test(shape.slice(0, LABEL_BYTES)) && /^ *\d+$/.test(shape.slice(LABEL_BYTES, LABEL_BYTES + 8));
}

/** The most orders of fields that are remembered; a run sees one for each kernel. */
const MOST_LAYOUTS = 64;

/** The orders of fields met in a run. */
export class KnownLayouts {
  private readonly byFields = new Map<string, SmapsLayout>();
  /** A line of each field ever met, as the kernel at hand shapes it. */
  private readonly lines = new Map<string, SeenField>();

  /** The layout of a VMA with these fields; one without the text of its line takes that of the last such field. */
  of(seen: readonly SeenField[], carriageReturn: boolean): SmapsLayout {
    const key = `${carriageReturn ? 'CRLF' : 'LF'} ${seen.map(({ name }) => name).join(' ')}`;
    let layout = this.byFields.get(key);
    if (!layout) {
      if (this.byFields.size >= MOST_LAYOUTS) this.forget();
      const fields = seen.map((field) => (field.text.length > 0 ? field : (this.lines.get(field.name) ?? field)));
      layout = layoutOf(fields, carriageReturn);
      for (const field of fields) this.lines.set(field.name, field);
      this.byFields.set(key, layout);
    }
    return layout;
  }

  private forget(): void {
    this.byFields.clear();
    this.lines.clear();
  }
}
