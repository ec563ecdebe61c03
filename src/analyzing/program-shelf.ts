import type { ProgramReport } from '../model/analysis.js';
import { noteBrief } from '../model/brief-program.js';
import { noteItemText } from '../model/item-text.js';
import type { Program } from '../model/program.js';
import {
  isDetail,
  noteDigest,
  type PackedProgram,
  packProgram,
  UnpackedProgram,
  unpackProgram,
} from './packed-program.js';

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

  /** The program, in all that can be asked of it as if it were not packed. */
  add(program: ProgramReport | PackedProgram): ProgramReport {
    if (this.held === HELD) return this.onDemand('bytes' in program ? program : packProgram(program));
    this.held++;
    return 'bytes' in program ? unpackProgram(program) : program;
  }

  private onDemand(packed: PackedProgram): ProgramReport {
    const program = this.unpacking(packed, packed.fields, (field) => (isDetail(field) ? 'details' : 'brief'));
    noteDigest(program, packed.digest);
    noteBrief(program, () => {
      const fields = packed.fields.filter((field) => field === 'vmas' || !isDetail(field));
      const brief = this.unpacking(packed, fields, () => 'brief');
      noteItemText(brief, () => this.unpacked(packed).briefText);
      return brief;
    });
    return program;
  }

  /** These fields of a program, each unpacked from a part of it when it is asked for. */
  private unpacking(
    packed: PackedProgram,
    fields: readonly string[],
    partOf: (field: string) => 'brief' | 'details',
  ): ProgramReport {
    const { device, command, period } = packed;
    const program: Partial<ProgramReport> & Program = { device, command, ...(period && { period }) };
    for (const field of fields) {
      if (field in program) continue;
      const part = partOf(field);
      const get = (): unknown => this.unpacked(packed)[part][field as never];
      Object.defineProperty(program, field, { enumerable: true, get });
    }
    return program as ProgramReport;
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
