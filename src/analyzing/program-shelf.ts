import type { ProgramReport } from '../model/analysis.js';
import { BRIEF } from '../model/brief-program.js';
import { ITEM_TEXT } from '../model/item-text.js';
import { DIGEST, isDetail, type PackedProgram, packProgram, UnpackedProgram, unpackProgram } from './packed-program.js';

/** So many programs are held as they are: their pages are made from all of them again and again. */
const HELD = 50;
/** Of the others those that were asked for last. */
const RECENT = 16;

/**
 * The programs of a run, so that thousands of them fit into memory: what is told of one, some 50 kB, is packed, and
 * unpacked while somebody asks for it.
 */
export class ProgramShelf {
  private held = 0;
  private readonly recent = new Map<PackedProgram, UnpackedProgram>();
  private readonly whole = new WholeProgram((packed) => this.unpacked(packed));

  /** The program, in all that can be asked of it as if it were not packed. */
  add(program: ProgramReport | PackedProgram): ProgramReport {
    if (this.held === HELD) return toldBy(this.whole, 'bytes' in program ? program : packProgram(program));
    this.held++;
    return 'bytes' in program ? unpackProgram(program) : program;
  }

  private unpacked(packed: PackedProgram): UnpackedProgram {
    const { recent } = this;
    const known = recent.get(packed);
    if (known) return known;
    const program = new UnpackedProgram(packed);
    recent.set(packed, program);
    const [oldest] = recent.keys();
    if (recent.size > RECENT && oldest) recent.delete(oldest);
    return program;
  }
}

type Unpack = (packed: PackedProgram) => UnpackedProgram;

/** What a packed program answers. One for all programs: getters of their own would take more than what they unpack. */
abstract class Answers implements ProxyHandler<PackedProgram> {
  constructor(protected readonly unpack: Unpack) {}

  abstract get(packed: PackedProgram, key: string | symbol): unknown;
  protected abstract readonly symbols: readonly symbol[];
  protected abstract fieldsOf(packed: PackedProgram): readonly string[];

  has(packed: PackedProgram, key: string | symbol): boolean {
    return typeof key === 'symbol' ? this.symbols.includes(key) : this.fieldsOf(packed).includes(key);
  }

  ownKeys(packed: PackedProgram): string[] {
    return [...this.fieldsOf(packed)];
  }

  getOwnPropertyDescriptor(packed: PackedProgram, key: string | symbol): PropertyDescriptor | undefined {
    if (typeof key === 'symbol' || !this.fieldsOf(packed).includes(key)) return undefined;
    return { value: this.get(packed, key), enumerable: true, configurable: true, writable: false };
  }

  protected known(packed: PackedProgram, key: string | symbol): unknown {
    if (key === 'device' || key === 'command' || key === 'period') return packed[key];
    return Reflect.get(Object.prototype, key);
  }
}

/** All that is told of it. */
class WholeProgram extends Answers {
  protected readonly symbols = [BRIEF, DIGEST];
  private readonly brief = new BriefProgram(this.unpack);

  get(packed: PackedProgram, key: string | symbol): unknown {
    if (key === BRIEF) return toldBy(this.brief, packed);
    if (key === DIGEST) return packed.digest;
    const known = this.known(packed, key);
    if (known !== undefined || typeof key === 'symbol') return known;
    const unpacked = this.unpack(packed);
    return unpacked[isDetail(key) ? 'details' : 'brief'][key as never];
  }

  protected fieldsOf({ fields }: PackedProgram): readonly string[] {
    return fields;
  }
}

/** What stands in the file of a run over many programs. */
class BriefProgram extends Answers {
  protected readonly symbols = [ITEM_TEXT];

  get(packed: PackedProgram, key: string | symbol): unknown {
    if (key === ITEM_TEXT) return this.unpack(packed).briefText;
    const known = this.known(packed, key);
    return known !== undefined || typeof key === 'symbol' ? known : this.unpack(packed).brief[key as never];
  }

  protected fieldsOf({ fields }: PackedProgram): readonly string[] {
    return fields.filter((field) => field === 'vmas' || !isDetail(field));
  }
}

function toldBy(answers: Answers, packed: PackedProgram): ProgramReport {
  return new Proxy(packed, answers) as unknown as ProgramReport;
}
