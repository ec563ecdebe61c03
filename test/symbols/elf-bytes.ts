/** What a made ELF file holds; its only note is its build id. */
export interface MadeElf {
  readonly bits?: 32 | 64;
  readonly order?: 'little' | 'big';
  /** ET_EXEC instead of ET_DYN. */
  readonly isFixed?: boolean;
  readonly buildId?: string;
  /** The address of the segment with code, and its size. */
  readonly code?: readonly [start: number, size: number];
  readonly hasInterpreter?: boolean;
  readonly sections?: readonly string[];
}

/** An ELF file of one note, program headers and section headers, with nothing in its sections. */
export function elfBytes(made: MadeElf = {}): Buffer {
  const { bits = 64, order = 'little', isFixed = false, buildId, code = [0x1000, 0x1000] } = made;
  const wide = bits === 64;
  const note = buildId === undefined ? Buffer.alloc(0) : noteOf(Buffer.from(buildId, 'hex'), order);
  const names = ['', '.note.gnu.build-id', '.shstrtab', ...(made.sections ?? [])];
  const strings = Buffer.from(`${names.join('\0')}\0`);
  const headerSize = wide ? 64 : 52;
  const entry = { segment: wide ? 56 : 32, section: wide ? 64 : 40 };
  const segments = [
    { type: 1, flags: 5, address: code[0], size: code[1], offset: 0 },
    ...(made.hasInterpreter ? [{ type: 3, flags: 4, address: 0, size: 0, offset: 0 }] : []),
  ];
  const notesAt = headerSize + segments.length * entry.segment;
  const stringsAt = notesAt + note.length;
  const sectionsAt = stringsAt + strings.length;
  const out = new Writer(sectionsAt + names.length * entry.section, wide, order);
  out.bytes.set([0x7f, 0x45, 0x4c, 0x46, wide ? 2 : 1, order === 'little' ? 1 : 2, 1]);
  out.half(16, isFixed ? 2 : 3);
  out.address(wide ? 32 : 28, headerSize);
  out.address(wide ? 40 : 32, sectionsAt);
  const counts = wide ? 54 : 42;
  out.half(counts, entry.segment);
  out.half(counts + 2, segments.length);
  out.half(counts + 4, entry.section);
  out.half(counts + 6, names.length);
  out.half(counts + 8, 2);
  segments.forEach(({ type, flags, address, size, offset }, index) => {
    const at = headerSize + index * entry.segment;
    out.word(at, type);
    out.word(at + (wide ? 4 : 24), flags);
    out.address(at + (wide ? 8 : 4), offset);
    out.address(at + (wide ? 16 : 8), address);
    out.address(at + (wide ? 40 : 20), size);
  });
  out.bytes.set(note, notesAt);
  out.bytes.set(strings, stringsAt);
  let nameAt = 0;
  names.forEach((name, index) => {
    const at = sectionsAt + index * entry.section;
    out.word(at, nameAt);
    out.word(at + 4, index === 0 ? 0 : index === 1 ? 7 : index === 2 ? 3 : 1);
    out.address(at + (wide ? 24 : 16), index === 1 ? notesAt : stringsAt);
    out.address(at + (wide ? 32 : 20), index === 1 ? note.length : strings.length);
    nameAt += name.length + 1;
  });
  return out.bytes;
}

function noteOf(id: Buffer, order: 'little' | 'big'): Buffer {
  const out = new Writer(16 + id.length + ((4 - (id.length % 4)) % 4), false, order);
  out.word(0, 4);
  out.word(4, id.length);
  out.word(8, 3);
  out.bytes.set(Buffer.from('GNU\0'), 12);
  out.bytes.set(id, 16);
  return out.bytes;
}

class Writer {
  readonly bytes: Buffer;

  constructor(
    size: number,
    private readonly wide: boolean,
    private readonly order: 'little' | 'big',
  ) {
    this.bytes = Buffer.alloc(size);
  }

  half(at: number, value: number): void {
    if (this.order === 'little') this.bytes.writeUInt16LE(value, at);
    else this.bytes.writeUInt16BE(value, at);
  }

  word(at: number, value: number): void {
    if (this.order === 'little') this.bytes.writeUInt32LE(value, at);
    else this.bytes.writeUInt32BE(value, at);
  }

  address(at: number, value: number): void {
    if (!this.wide) this.word(at, value);
    else if (this.order === 'little') this.bytes.writeBigUInt64LE(BigInt(value), at);
    else this.bytes.writeBigUInt64BE(BigInt(value), at);
  }
}
