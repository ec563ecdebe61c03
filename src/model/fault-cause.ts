import type { Origin } from './origin.js';

/** What stood behind the address of a fault: nothing mapped, of which kind of nothing, or what forbids the access. */
export type FaultKind =
  | 'null-page'
  | 'unmapped'
  | 'beyond-heap'
  | 'stack-guard'
  | 'freed-mapping'
  | 'write-to-readonly'
  | 'execute-of-data'
  | 'unknown';

/** Why an access failed, by the VMAs that its process had. */
export interface FaultCause {
  kind: FaultKind;
  /** The mapping that the address is in, was in, or ran out of. */
  mapping?: string;
  /** A sentence for people. */
  statement: string;
  /** The VMAs that tell it; empty where the address alone does. */
  origins: Origin[];
}
