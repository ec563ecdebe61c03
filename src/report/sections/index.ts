import type { ProgramSection, RunSection } from '../section.js';
import { deviceMemory } from './device-memory.js';
import { glossary } from './glossary.js';
import { heapProfiles } from './heap-profiles.js';
import { inputs } from './inputs.js';
import { kernelFindings } from './kernel-findings.js';
import { lossRecords } from './loss-records.js';
import { mappings } from './mappings.js';
import { memory } from './memory.js';
import { memoryErrors } from './memory-errors.js';
import { problems } from './problems.js';
import { provenance } from './provenance.js';
import { sharing } from './sharing.js';
import { summary } from './summary.js';
import { verdict } from './verdict.js';
import { vmas } from './vmas.js';

/** The sections of a report in their order: before the programs, of each program, after the programs. */
export const SECTIONS_BEFORE: readonly RunSection[] = [summary];
export const PROGRAM_SECTIONS: readonly ProgramSection[] = [
  verdict,
  memory,
  mappings,
  lossRecords,
  memoryErrors,
  heapProfiles,
  vmas,
];
export const SECTIONS_AFTER: readonly RunSection[] = [
  deviceMemory,
  kernelFindings,
  sharing,
  problems,
  inputs,
  glossary,
];

/** The sections of a ticket. */
export const TICKET_SECTIONS: readonly ProgramSection[] = [
  verdict,
  memory,
  lossRecords,
  memoryErrors,
  heapProfiles,
  mappings,
  vmas,
  provenance,
];
