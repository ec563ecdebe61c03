import type { Analysis } from '../model/analysis.js';
import { isAccused } from '../model/is-accused.js';
import type { Program } from '../model/program.js';
import { buildFacts } from './build-facts.js';
import { bytes, code, count, periodCells, text } from './cells.js';
import { containedSection } from './contained-section.js';
import { isFleet } from './device-parts.js';
import type { Cell, Document, Fact, Section } from './document.js';
import { type ProgramView, programView, programViews } from './program-view.js';
import type { Place, ProgramSection, RunSection } from './section.js';
import {
  BRIEF_SECTIONS,
  DEVICE_SECTIONS_AFTER,
  DEVICE_SECTIONS_BEFORE,
  FLEET_SECTIONS_AFTER,
  PROGRAM_SECTIONS,
  SECTIONS_AFTER,
  SECTIONS_BEFORE,
  TICKET_SECTIONS,
} from './sections/index.js';
import { TICKET_DATA, VMAS_IN_TICKET_DATA } from './ticket-data.js';

/** Above this many programs, only the worst of those with a word against them get a part of their own. */
const DETAILED_PROGRAMS = 50;

/** Where each device has a page of its own, that of the run has no more parts of programs: it is to open in a second. */
const WORST_EXAMPLES = 12;

/** Which sections to use; the defaults are the registries. Tests hand in sections of their own. */
export interface ComposeOptions {
  readonly before?: readonly RunSection[];
  readonly perProgram?: readonly ProgramSection[];
  readonly after?: readonly RunSection[];
  /** How many programs get a part of their own; of more, only those with a word against them. */
  readonly detailed?: number;
  /** The pages of devices that it may link to; default none. */
  readonly pages?: ReadonlyMap<string, string>;
}

/**
 * The report of a whole run. It never throws: a section that does becomes a note in its place, and the others stand.
 */
export function compose(analysis: Analysis, options: ComposeOptions = {}): Document {
  const views = programViews(analysis);
  const most = options.detailed ?? DETAILED_PROGRAMS;
  const detailed =
    views.length <= most ? views : worstViews(analysis, options.pages ? Math.min(WORST_EXAMPLES, most) : most);
  const context = { analysis, views, detailed, ...(options.pages && { pages: options.pages }) };
  const perProgram = options.perProgram ?? PROGRAM_SECTIONS;
  const after = options.after ?? (isFleet(analysis) ? FLEET_SECTIONS_AFTER : SECTIONS_AFTER);
  const buildRun = (section: RunSection): Section[] => containedSection(section, '', () => section.build(context));
  return {
    ...frame(analysis),
    kind: 'Memory report',
    title: analysis.captures.length === 0 ? 'No captures' : analysis.captures.join(', '),
    facts: runFacts(analysis),
    sections: [
      ...(options.before ?? SECTIONS_BEFORE).flatMap(buildRun),
      ...detailed.map((view) => programPart(view, perProgram, analysis)),
      ...after.flatMap(buildRun),
    ],
  };
}

/** The page of one device in a run of many, from its part of the analysis. `fleet`: the path of the run's own page. */
export function composeDevice(analysis: Analysis, device: string, fleet: string): Document {
  const views = programViews(analysis);
  const context = { analysis, views, detailed: views };
  const buildRun = (section: RunSection): Section[] => containedSection(section, '', () => section.build(context));
  return {
    ...frame(analysis),
    kind: 'Memory report of one device',
    title: device,
    facts: [
      { label: 'Run', cells: [{ type: 'page', path: fleet, text: 'all devices' }] },
      ...buildFacts(analysis, device),
      ...periodFact(analysis),
    ],
    sections: [
      ...DEVICE_SECTIONS_BEFORE.flatMap(buildRun),
      ...views.map((view) => programPart(view, isAccused(view.verdict) ? PROGRAM_SECTIONS : BRIEF_SECTIONS, analysis)),
      ...DEVICE_SECTIONS_AFTER.flatMap(buildRun),
    ],
  };
}

/** How a ticket is to be handed out. */
export interface TicketOptions {
  /** Whether its data is in the same file, and so can be spoken of. */
  readonly isAttached?: boolean;
  /** How much of it; what is left out is named. */
  readonly brevity?: Brevity;
}

/** All sections, those that tell of the cause, or the first page with its sources. */
export type Brevity = 'whole' | 'short' | 'shortest';

const KEPT: Readonly<Record<Exclude<Brevity, 'whole'>, readonly string[]>> = {
  short: ['verdict', 'growth-cause', 'reasons', 'loss-records', 'memory-errors', 'memory', 'mappings', 'provenance'],
  shortest: ['verdict', 'provenance'],
};

/**
 * The short report of one program: what to attach to a ticket.
 * A program that the analysis does not know gets a document that says so.
 */
export function composeTicket(
  analysis: Analysis,
  program: Program,
  { isAttached = false, brevity = 'whole' }: TicketOptions = {},
): Document {
  const view = programView(analysis, program);
  const facts: Fact[] = [{ label: 'Device', cells: [code(program.device)] }, ...buildFacts(analysis, program.device)];
  if (analysis.captures.length > 0) facts.push({ label: 'Captures', cells: [code(analysis.captures.join(', '))] });
  if (!view) {
    const parts = [text('The analysis does not know this program.')];
    const section = {
      id: 'verdict',
      title: 'Verdict',
      blocks: [{ type: 'note' as const, tone: 'error' as const, parts }],
      sections: [],
    };
    return {
      ...frame(analysis),
      kind: 'Memory report of one program',
      title: program.command,
      facts,
      sections: [section],
    };
  }
  if (isAttached) facts.push({ label: 'Data', cells: attachedParts(view) });
  return {
    ...frame(analysis),
    kind: 'Memory report of one program',
    title: program.command,
    facts,
    sections: shortened(programSections(view, TICKET_SECTIONS, 'ticket', analysis), view, brevity),
  };
}

/** Those that are kept; the last tells which are not. */
function shortened(sections: readonly Section[], view: ProgramView, brevity: Brevity): Section[] {
  if (brevity === 'whole') return [...sections];
  const ids = KEPT[brevity].map((id) => idOf(view, id));
  const kept = sections.filter(({ id }) => ids.includes(id));
  const left = sections.filter(({ id }) => !ids.includes(id)).map(({ title }) => title);
  const last = kept.at(-1);
  if (!last || left.length === 0) return kept;
  const parts = [text('To keep this report short, these parts are left out: '), text(`${left.join(', ')}.`)];
  return [...kept.slice(0, -1), { ...last, blocks: [...last.blocks, { type: 'note', tone: 'info', parts }] }];
}

function idOf(view: ProgramView, section: string): string {
  return `${view.id}-${section}`;
}

/** That the data is inside, and what of it is not. */
function attachedParts({ report }: ProgramView): Cell[] {
  const parts = [text('in this file, attached as '), code(TICKET_DATA)];
  const all = report.vmas.length;
  return all <= VMAS_IN_TICKET_DATA
    ? parts
    : [...parts, text(' with '), count(VMAS_IN_TICKET_DATA), text(' of '), count(all, ['VMA', 'VMAs'])];
}

function programPart(view: ProgramView, sections: readonly ProgramSection[], analysis: Analysis): Section {
  const [first, ...rest] = programSections(view, sections, 'report', analysis);
  // The verdict needs no heading below the program's own.
  return { id: view.id, title: `${view.command} on ${view.device}`, blocks: first?.blocks ?? [], sections: rest };
}

function programSections(
  view: ProgramView,
  sections: readonly ProgramSection[],
  place: Place,
  analysis: Analysis,
): Section[] {
  return sections.flatMap((section) =>
    containedSection(section, `${view.id}-`, () => section.build(view, place, analysis)),
  );
}

/** Of each leak over the devices the program that leaks fastest; without such leaks, the first with a word against them. */
function worstViews(analysis: Analysis, most: number): readonly ProgramView[] {
  const { rollups } = analysis;
  if (!rollups)
    return programViews(analysis)
      .filter(({ verdict }) => isAccused(verdict))
      .slice(0, most);
  return rollups
    .slice(0, most)
    .flatMap(({ command, worst: { device } }) => programView(analysis, { device, command }) ?? []);
}

function frame(analysis: Analysis): { generator: string; date?: number } {
  const generator = `memreport ${analysis.memreport}`;
  return analysis.period ? { generator, date: analysis.period.to } : { generator };
}

function runFacts(analysis: Analysis): Fact[] {
  const devices = new Set(analysis.verdicts.map((verdict) => verdict.device));
  const read = analysis.files.reduce((sum, file) => sum + file.bytes, 0);
  const facts: Fact[] = [
    { label: 'Programs', cells: [count(analysis.verdicts.length)] },
    { label: 'Devices', cells: [count(devices.size)] },
    { label: 'Files', cells: [count(analysis.files.length), text(', '), bytes(read)] },
  ];
  const [device] = devices;
  if (devices.size === 1 && device !== undefined) facts.push(...buildFacts(analysis, device));
  return [...periodFact(analysis), ...facts];
}

function periodFact({ period }: Analysis): Fact[] {
  return period ? [{ label: 'Sampled', cells: periodCells(period) }] : [];
}
