/** A run of addresses that a module's program headers map. */
export interface LoadSegment {
  readonly start: bigint;
  /** Exclusive. */
  readonly end: bigint;
  readonly isCode: boolean;
}

/** What has to be known of a binary to look addresses up in it. Addresses are its own, before it is loaded. */
export interface ElfFile {
  /** Whether it is loaded where its addresses say (ET_EXEC), and not anywhere (ET_DYN). */
  readonly isFixed: boolean;
  /** Whether it asks for a program interpreter, as executables do. */
  readonly hasInterpreter: boolean;
  /** Lower-case hexadecimal digits of the note that the linker wrote. */
  readonly buildId?: string;
  /** In order of their addresses. */
  readonly segments: readonly LoadSegment[];
  /** Whether it has DWARF, which tells lines and inlined functions. */
  readonly hasLines: boolean;
  /** Whether it has its table of symbols. */
  readonly hasSymbols: boolean;
}

/** Reads up to `length` bytes at a place in the file; fewer at its end. */
export type ReadAt = (position: number, length: number) => Buffer;

/** A file that begins as ELF and goes on as something else; the message says what was expected. */
export class ElfDamage extends Error {}

const MOST_HEADERS = 65_536;
const MOST_NOTE_BYTES = 65_536;
/** SHA-1 has 20 bytes; `--build-id=0x…` may be of any length. */
const MOST_ID_BYTES = 64;
const MOST_BLOCK_BYTES = 16 * 1024 * 1024;

/**
 * The facts of an ELF file; undefined: the file is none.
 *
 * Source: the System V ABI's chapters "ELF Header", "Sections" and "Program Header"; elf(5) for the notes.
 *
 * @throws ElfDamage where a header leads out of the file
 */
export function readElf(readAt: ReadAt): ElfFile | undefined {
  const ident = readAt(0, 64);
  if (ident.length < 4 || ident.readUInt32BE(0) !== 0x7f454c46) return undefined;
  const wide = ident[4] === 2;
  if (!wide && ident[4] !== 1) throw new ElfDamage(`expected ELF class 1 or 2, found ${ident[4] ?? 'nothing'}`);
  if (ident[5] !== 1 && ident[5] !== 2)
    throw new ElfDamage(`expected byte order 1 or 2, found ${ident[5] ?? 'nothing'}`);
  const file = new Fields(readAt, wide, ident[5] === 1);
  const header = file.block(0, wide ? 64 : 52, 'the ELF header');
  const sections = sectionsOf(file, header);
  const { segments, notes, hasInterpreter } = programHeadersOf(file, header);
  const buildId =
    buildIdOf(
      file,
      sections.filter(({ type }) => type === SHT_NOTE),
    ) ?? buildIdOf(file, notes);
  const names = new Set(sections.filter(({ type }) => type !== SHT_NOBITS).map(({ name }) => name));
  return {
    isFixed: header.half(16) === ET_EXEC,
    hasInterpreter,
    ...(buildId !== undefined && { buildId }),
    segments,
    hasLines: names.has('.debug_line') || names.has('.zdebug_line'),
    hasSymbols: names.has('.symtab'),
  };
}

const ET_EXEC = 2;
const PT_LOAD = 1;
const PT_INTERP = 3;
const PT_NOTE = 4;
const PF_X = 1;
const SHT_NOTE = 7;
const SHT_NOBITS = 8;
const NT_GNU_BUILD_ID = 3;

interface Part {
  readonly offset: number;
  readonly size: number;
}

interface NamedSection extends Part {
  readonly name: string;
  readonly type: number;
}

function sectionsOf(file: Fields, header: Block): NamedSection[] {
  const { wide } = file;
  const at = header.address(wide ? 40 : 32);
  if (at === 0) return [];
  const entry = header.half(wide ? 58 : 46);
  if (entry < (wide ? 64 : 40)) throw new ElfDamage(`expected section headers of 40 or 64 bytes, found ${entry}`);
  const first = file.block(at, entry, 'the first section header');
  // More sections than fit into the header's fields are told by the first section.
  const count = header.half(wide ? 60 : 48) || first.address(wide ? 32 : 20);
  const named = header.half(wide ? 62 : 50);
  const namesAt = named === 0xffff ? first.word(wide ? 40 : 24) : named;
  if (count > MOST_HEADERS) throw new ElfDamage(`expected at most ${MOST_HEADERS} sections, found ${count}`);
  const table = file.block(at, count * entry, 'the section headers');
  const sections = Array.from({ length: count }, (_, index) => {
    const base = index * entry;
    return {
      name: table.word(base),
      type: table.word(base + 4),
      offset: table.address(base + (wide ? 24 : 16)),
      size: table.address(base + (wide ? 32 : 20)),
    };
  });
  const strings = sections[namesAt];
  if (strings === undefined) return sections.map((section) => ({ ...section, name: '' }));
  const text = file.block(strings.offset, strings.size, 'the section names');
  return sections.map((section) => ({ ...section, name: text.string(section.name) }));
}

function programHeadersOf(
  file: Fields,
  header: Block,
): { readonly segments: LoadSegment[]; readonly notes: Part[]; readonly hasInterpreter: boolean } {
  const { wide } = file;
  const at = header.address(wide ? 32 : 28);
  const entry = header.half(wide ? 54 : 42);
  const count = header.half(wide ? 56 : 44);
  const segments: LoadSegment[] = [];
  const notes: Part[] = [];
  let hasInterpreter = false;
  if (at === 0 || count === 0) return { segments, notes, hasInterpreter };
  if (entry < (wide ? 56 : 32)) throw new ElfDamage(`expected program headers of 32 or 56 bytes, found ${entry}`);
  const table = file.block(at, count * entry, 'the program headers');
  for (let base = 0; base < count * entry; base += entry) {
    const type = table.word(base);
    if (type === PT_INTERP) hasInterpreter = true;
    if (type === PT_NOTE) {
      notes.push({ offset: table.address(base + (wide ? 8 : 4)), size: table.address(base + (wide ? 32 : 16)) });
    }
    if (type !== PT_LOAD) continue;
    const start = table.big(base + (wide ? 16 : 8));
    const flags = table.word(base + (wide ? 4 : 24));
    segments.push({ start, end: start + table.big(base + (wide ? 40 : 20)), isCode: (flags & PF_X) !== 0 });
  }
  segments.sort((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0));
  return { segments, notes, hasInterpreter };
}

/** Notes that cannot be read hold no build id: debug files keep the headers of parts that they left out. */
function buildIdOf(file: Fields, parts: readonly Part[]): string | undefined {
  for (const { offset, size } of parts) {
    const notes = file.part(offset, Math.min(size, MOST_NOTE_BYTES));
    let at = 0;
    while (at + 12 <= notes.length) {
      const nameSize = notes.word(at);
      const idSize = notes.word(at + 4);
      const id = at + 12 + padded(nameSize);
      if (id + idSize > notes.length) break;
      const isBuildId = notes.word(at + 8) === NT_GNU_BUILD_ID && nameSize === 4 && notes.string(at + 12) === 'GNU';
      if (isBuildId && idSize > 0 && idSize <= MOST_ID_BYTES) return notes.hex(id, idSize);
      at = id + padded(idSize);
    }
  }
  return undefined;
}

function padded(size: number): number {
  return size + ((4 - (size % 4)) % 4);
}

/** Reads pieces of a file of one class and byte order. */
class Fields {
  constructor(
    private readonly readAt: ReadAt,
    readonly wide: boolean,
    private readonly little: boolean,
  ) {}

  /** @throws ElfDamage where the file ends before */
  block(position: number, length: number, what: string): Block {
    if (length > MOST_BLOCK_BYTES) throw new ElfDamage(`expected at most 16 MiB of ${what}, found ${length} bytes`);
    const block = this.part(position, length);
    if (block.length < length) throw new ElfDamage(`expected ${what} at byte ${position}, found the end of the file`);
    return block;
  }

  /** As much of it as there is. */
  part(position: number, length: number): Block {
    return new Block(length === 0 ? Buffer.alloc(0) : this.readAt(position, length), this.wide, this.little);
  }
}

class Block {
  constructor(
    private readonly bytes: Buffer,
    private readonly wide: boolean,
    private readonly little: boolean,
  ) {}

  get length(): number {
    return this.bytes.length;
  }

  half(at: number): number {
    return this.little ? this.bytes.readUInt16LE(at) : this.bytes.readUInt16BE(at);
  }

  word(at: number): number {
    return this.little ? this.bytes.readUInt32LE(at) : this.bytes.readUInt32BE(at);
  }

  /** A field as wide as an address. */
  big(at: number): bigint {
    if (!this.wide) return BigInt(this.word(at));
    return this.little ? this.bytes.readBigUInt64LE(at) : this.bytes.readBigUInt64BE(at);
  }

  /** Such a field where it is a place in the file. */
  address(at: number): number {
    const value = this.big(at);
    if (value > BigInt(Number.MAX_SAFE_INTEGER))
      throw new ElfDamage(`expected a place in the file, found 0x${value.toString(16)}`);
    return Number(value);
  }

  /** Up to the next NUL. */
  string(at: number): string {
    const end = this.bytes.indexOf(0, at);
    return this.bytes.toString('latin1', at, end === -1 ? this.bytes.length : end);
  }

  hex(at: number, length: number): string {
    return this.bytes.toString('hex', at, at + length);
  }
}
