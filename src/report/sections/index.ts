import type { ProgramSection, RunSection } from '../section.js';
import { addressSpace } from './address-space.js';
import { agreement } from './agreement.js';
import { allocationSites } from './allocation-sites.js';
import { deviceMemory } from './device-memory.js';
import { fleetLeaks } from './fleet-leaks.js';
import { footprint } from './footprint.js';
import { glossary } from './glossary.js';
import { growthCause } from './growth-cause.js';
import { heapProfiles } from './heap-profiles.js';
import { inputs } from './inputs.js';
import { kernelFindings } from './kernel-findings.js';
import { lossRecords } from './loss-records.js';
import { mappingKinds } from './mapping-kinds.js';
import { mappings } from './mappings.js';
import { memory } from './memory.js';
import { memoryByProcess } from './memory-by-process.js';
import { memoryDivision } from './memory-division.js';
import { memoryErrors } from './memory-errors.js';
import { pageFaults } from './page-faults.js';
import { problems } from './problems.js';
import { provenance } from './provenance.js';
import { reasons } from './reasons.js';
import { sharing } from './sharing.js';
import { summary } from './summary.js';
import { ticketSummary } from './ticket-summary.js';
import { unresolvedFrames } from './unresolved-frames.js';
import { verdict } from './verdict.js';
import { vmas } from './vmas.js';

/** The sections of a report in their order: before the programs, of each program, after the programs. */
export const SECTIONS_BEFORE: readonly RunSection[] = [fleetLeaks, summary];
export const PROGRAM_SECTIONS: readonly ProgramSection[] = [
  verdict,
  memory,
  growthCause,
  footprint,
  pageFaults,
  mappings,
  mappingKinds,
  addressSpace,
  allocationSites,
  lossRecords,
  memoryErrors,
  unresolvedFrames,
  heapProfiles,
  vmas,
];
export const SECTIONS_AFTER: readonly RunSection[] = [
  memoryDivision,
  memoryByProcess,
  deviceMemory,
  kernelFindings,
  sharing,
  problems,
  agreement,
  inputs,
  glossary,
];
/** Of a run in which each device has a page of its own, that tells the others. */
export const FLEET_SECTIONS_AFTER: readonly RunSection[] = [
  memoryDivision,
  kernelFindings,
  problems,
  agreement,
  inputs,
  glossary,
];

/** The sections of a ticket. */
export const TICKET_SECTIONS: readonly ProgramSection[] = [
  ticketSummary,
  growthCause,
  reasons,
  allocationSites,
  lossRecords,
  memoryErrors,
  unresolvedFrames,
  heapProfiles,
  memory,
  pageFaults,
  footprint,
  mappings,
  mappingKinds,
  addressSpace,
  vmas,
  provenance,
];

/** Of the page of one device in a run of many: each program in brief, those with a word against them as in the report. */
export const DEVICE_SECTIONS_BEFORE: readonly RunSection[] = [summary];
export const BRIEF_SECTIONS: readonly ProgramSection[] = [verdict, mappings, memoryErrors];
export const DEVICE_SECTIONS_AFTER: readonly RunSection[] = [
  memoryDivision,
  memoryByProcess,
  deviceMemory,
  kernelFindings,
  sharing,
];
