import { createHash } from 'node:crypto';
import { deflated, inflated } from '../cache/deflated.js';
import type { ProgramReport } from '../model/analysis.js';
import { briefProgram, type ProgramDetail } from '../model/brief-program.js';
import { itemsText } from '../model/item-text.js';
import type { Period } from '../model/period.js';
import type { Program } from '../model/program.js';

/** What the report tells of a program, as text that is packed: in brief, as report.json has it, then the details. */
export interface PackedProgram extends Program {
  readonly period?: Period;
  /** The names of what is told, in their order. */
  readonly fields: readonly string[];
  readonly bytes: Uint8Array;
  /** Of what is told. */
  readonly digest: string;
}

/** Stands in no JSON. */
const BETWEEN = '\0';

export function packProgram(program: ProgramReport): PackedProgram {
  const { device, command, period } = program;
  const text = textOf(program);
  const fields = Object.keys(program);
  return { device, command, ...(period && { period }), fields, bytes: deflated(text), digest: sha256Of(text) };
}

/** All that is told of it at once. */
export function unpackProgram(packed: PackedProgram): ProgramReport {
  const { brief, details } = new UnpackedProgram(packed);
  const all: Readonly<Record<string, unknown>> = { ...brief, ...details };
  const program = Object.fromEntries(packed.fields.map((field) => [field, all[field]])) as unknown as ProgramReport;
  digests.set(program, packed.digest);
  return program;
}

/** What is told of a program, in two parts that are read at need. */
export class UnpackedProgram {
  /** As report.json has it. */
  readonly briefText: string;
  private readonly detailsText: string;
  private readBrief: ProgramReport | undefined;
  private readDetails: Pick<ProgramReport, ProgramDetail> | undefined;

  constructor({ bytes }: PackedProgram) {
    [this.briefText = '', this.detailsText = ''] = inflated(bytes).toString('utf8').split(BETWEEN);
  }

  get brief(): ProgramReport {
    this.readBrief ??= JSON.parse(this.briefText) as ProgramReport;
    return this.readBrief;
  }

  get details(): Pick<ProgramReport, ProgramDetail> {
    this.readDetails ??= JSON.parse(this.detailsText) as Pick<ProgramReport, ProgramDetail>;
    return this.readDetails;
  }
}

const DETAILS: ReadonlySet<string> = new Set<ProgramDetail>(['vmas', 'addressSpace', 'categorySeries']);

export function isDetail(field: string): boolean {
  return DETAILS.has(field);
}

/** Where a program of which not all is at hand has its digest. */
export const DIGEST: unique symbol = Symbol('DIGEST');

/** Stands for all that is told of a program, which must not change any more. */
export function programDigest(program: ProgramReport & { readonly [DIGEST]?: string }): string {
  const known = program[DIGEST] ?? digests.get(program);
  if (known !== undefined) return known;
  const digest = sha256Of(textOf(program));
  digests.set(program, digest);
  return digest;
}

const digests = new WeakMap<ProgramReport, string>();

function textOf(program: ProgramReport): string {
  const { vmas, addressSpace, categorySeries } = program;
  return itemsText([briefProgram(program)]) + BETWEEN + JSON.stringify({ vmas, addressSpace, categorySeries });
}

function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
