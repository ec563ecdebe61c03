import { createHash } from 'node:crypto';
import { deflated, inflated } from '../cache/deflated.js';
import type { ProgramReport } from '../model/analysis.js';
import type { Period } from '../model/period.js';
import type { Program } from '../model/program.js';

/** What the report tells of a program, as JSON that is packed. */
export interface PackedProgram extends Program {
  readonly period?: Period;
  /** The names of what is told, in their order. */
  readonly fields: readonly string[];
  readonly bytes: Uint8Array;
  /** Of what is told. */
  readonly digest: string;
}

export function packProgram(program: ProgramReport): PackedProgram {
  const { device, command, period } = program;
  const text = JSON.stringify(program);
  const fields = Object.keys(program);
  return { device, command, ...(period && { period }), fields, bytes: deflated(text), digest: sha256Of(text) };
}

/** Stands for all that is told of a program; of one that is packed it is known already. */
export function programDigest(program: ProgramReport): string {
  return digests.get(program) ?? sha256Of(JSON.stringify(program));
}

function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Of programs that are packed. */
const digests = new WeakMap<ProgramReport, string>();

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
  private readonly recent = new Map<PackedProgram, ProgramReport>();

  /** The program, in all that can be asked of it as if it were not packed. */
  add(program: ProgramReport | PackedProgram): ProgramReport {
    if (this.held === HELD) return this.onDemand('bytes' in program ? program : packProgram(program));
    this.held++;
    return 'bytes' in program ? unpackProgram(program) : program;
  }

  private onDemand(packed: PackedProgram): ProgramReport {
    const { device, command, period, fields } = packed;
    const program: Partial<ProgramReport> & Program = { device, command, ...(period && { period }) };
    for (const field of fields) {
      if (field in program) continue;
      const get = (): unknown => this.unpacked(packed)[field as keyof ProgramReport];
      Object.defineProperty(program, field, { enumerable: true, get });
    }
    digests.set(program as ProgramReport, packed.digest);
    return program as ProgramReport;
  }

  private unpacked(packed: PackedProgram): ProgramReport {
    const { recent } = this;
    const known = recent.get(packed);
    if (known) return known;
    const program = unpackProgram(packed);
    recent.set(packed, program);
    const [oldest] = recent.keys();
    if (recent.size > RECENT && oldest) recent.delete(oldest);
    return program;
  }
}

function unpackProgram({ bytes }: PackedProgram): ProgramReport {
  return JSON.parse(inflated(bytes).toString('utf8')) as ProgramReport;
}
