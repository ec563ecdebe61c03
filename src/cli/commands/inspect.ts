import { type InspectedDeviceMemory, type InspectedFile, inspect } from '../../inspect.js';
import type { Language } from '../../language.js';
import { durationText } from '../../model/duration-text.js';
import { HEAP_TOOL_NAMES } from '../../model/heap-profile.js';
import { quote, visible } from '../../model/problem.js';
import type { RunUsage } from '../../model/run-usage.js';
import { type VmaTable, vmaAt } from '../../model/vma-table.js';
import { amount } from '../amount.js';
import { countText } from '../count-text.js';
import { padded } from '../display-width.js';
import { EXIT } from '../exit-codes.js';
import { problemLine } from '../problem-line.js';
import { placesOf } from '../standard-input.js';
import type { Terminal } from '../terminal.js';
import { textTable } from '../text-table.js';

/** `memreport inspect FILE…`: what a file is, and what was read of it. */
export async function inspectCommand(
  terminal: Terminal,
  paths: readonly string[],
  options: { readonly json: boolean; readonly strict: boolean },
): Promise<number> {
  const inspections = await inspect(paths, await placesOf(paths));
  const results = inspections.map(({ result }) => result);
  if (options.json) {
    terminal.data(JSON.stringify(results, null, 1));
  } else {
    for (const { result, lastTable } of inspections) describe(terminal, result, lastTable);
  }
  if (results.every(({ status }) => status === 'ignored' || status === 'refused')) return EXIT.noInput;
  if (options.strict && results.some(({ status }) => status === 'partial' || status === 'refused'))
    return EXIT.damagedInput;
  return EXIT.written;
}

function describe(terminal: Terminal, result: InspectedFile, table: VmaTable | undefined): void {
  const { say } = terminal.language;
  const what = result.formats.length === 0 ? say('no known format') : result.formats.join(' + ');
  terminal.data(
    `${terminal.style('bold', visible(result.file))}: ${what}, ${say(result.status)}, ${amount(result.bytes)}`,
  );
  for (const { format, line, text } of result.recognizedBy) {
    terminal.data(say(`  recognized as ${format} by line ${line}: ${quote(text)}`));
  }
  const process = result.snapshots.at(-1) ?? result.samples.at(-1);
  const deviceMemory = result.deviceMemory.at(-1);
  const identity = process ?? deviceMemory;
  if (identity) {
    const { device, command, pid, takenAt, sources } = identity;
    const known = (name: string, value: string | undefined, source: string | undefined): string =>
      `  ${padded(say(name), 8, false)} ${value === undefined ? say('not known') : `${visible(value)}  ${say(`(from the ${source?.replaceAll('-', ' ') ?? 'capture'})`)}`}`;
    terminal.data(known('device', device, sources.device));
    if (process) terminal.data(known('command', command, sources.command));
    if (process) terminal.data(known('pid', pid?.toString(), sources.pid));
    terminal.data(known('time', takenAt === undefined ? undefined : new Date(takenAt).toISOString(), sources.takenAt));
  }
  if (result.snapshots.length > 1) terminal.data(say(`  ${result.snapshots.length} snapshots; the last one:`));
  if (table) terminal.data(indent(vmaText(table, say)));
  if (result.samples.length > 0) terminal.data(indent(sampleText(result, say)));
  if (result.deviceMemory.length > 1)
    terminal.data(say(`  memory of the device ${result.deviceMemory.length} times; the last:`));
  if (deviceMemory) terminal.data(indent(deviceText(deviceMemory.lines, say)));
  for (const leak of result.leaks) {
    const site = leak.frames.find(
      (frame) => frame.file !== undefined && frame.line !== undefined && !/malloc|replace/.test(frame.file),
    );
    const where = site ? ` at ${visible(site.symbol ?? '?')} (${visible(site.file ?? '')}:${site.line ?? 0})` : '';
    terminal.data(say(`  ${leak.tool}: ${leak.kind} loss of ${lossText(leak)}${where}`));
  }
  for (const error of result.errors)
    terminal.data(`  ${error.tool}: ${visible(error.kind)}: ${visible(error.message)}`);
  for (const summary of result.summaries) {
    const parts = (['definite', 'indirect', 'possible', 'reachable', 'suppressed', 'inUseAtExit'] as const).flatMap(
      (kind) => {
        const found = summary[kind];
        return found ? [`${SUMMARY_WORDS[kind]} ${lossText(found)}`] : [];
      },
    );
    if (parts.length > 0) terminal.data(say(`  ${summary.tool} summary: ${parts.join(', ')}`));
  }
  for (const { tool, peak, end } of result.heapProfiles) {
    const [most, last] = [peak, end].map((bytes) => (bytes === undefined ? '?' : amount(bytes)));
    terminal.data(say(`  ${HEAP_TOOL_NAMES[tool]}: heap of ${most} at its peak, ${last} at the end`));
  }
  for (const { kind, message } of result.kernelFindings) terminal.data(`  ${kind}: ${visible(message)}`);
  for (const run of result.runs) terminal.data(`  ${runText(run)}`);
  for (const problem of result.problems) terminal.data(`  ${problemLine(problem, terminal.language)}`);
}

const SUMMARY_WORDS = {
  definite: 'definite',
  indirect: 'indirect',
  possible: 'possible',
  reachable: 'reachable',
  suppressed: 'suppressed',
  inUseAtExit: 'in use at exit',
} as const;

/** As memcheck writes it. */
function lossText({ bytes, blocks }: { readonly bytes: number; readonly blocks: number }): string {
  return `${countText(bytes)} bytes in ${countText(blocks)} blocks`;
}

/** As pmap prints it, with our kinds; what the capture does not carry stays empty. */
function vmaText(table: VmaTable, say: Language['say']): string {
  const columns = [
    { title: say('ADDRESS') },
    { title: say('PERM') },
    { title: say('SIZE'), right: true },
    { title: say('RSS'), right: true },
    { title: say('PSS'), right: true },
    { title: say('USS'), right: true },
    { title: say('SWAP'), right: true },
    { title: say('KIND') },
    { title: say('NAME'), most: 100 },
  ];
  const cell = (bytes: number | undefined): string => (bytes === undefined ? '' : amount(bytes));
  const rows = Array.from({ length: table.count }, (_, row) => {
    const vma = vmaAt(table, row);
    const { start, end, permissions, size, rss, pss, uss, swap, kind, pathname } = vma;
    return [
      `${start}-${end}`,
      permissions,
      cell(size),
      cell(rss),
      cell(pss),
      cell(uss),
      cell(swap),
      say(kind),
      pathname,
    ];
  });
  return textTable(columns, rows);
}

/** What a run used, as far as the tool printed it. */
function runText({
  tool,
  commandLine,
  peakRss,
  minorFaults,
  majorFaults,
  elapsed,
  exitStatus,
  signal,
}: RunUsage): string {
  const parts = [
    peakRss === undefined ? undefined : `peak RSS ${amount(peakRss)}`,
    minorFaults === undefined ? undefined : `${minorFaults} minor faults`,
    majorFaults === undefined ? undefined : `${majorFaults} major faults`,
    elapsed === undefined ? undefined : durationText(elapsed),
    exitStatus === undefined ? undefined : `exit ${exitStatus}`,
    signal === undefined ? undefined : `signal ${signal}`,
  ];
  const of = commandLine === undefined ? '' : ` of ${visible(commandLine)}`;
  return `${tool}${of}: ${parts.filter((part) => part !== undefined).join(', ')}`;
}

function sampleText(result: InspectedFile, say: Language['say']): string {
  const counted = result.samples.some(({ minorFaults, majorFaults }) => (minorFaults ?? majorFaults) !== undefined);
  const columns = [
    { title: say('TIME') },
    { title: say('PID'), right: true },
    { title: say('VSS'), right: true },
    { title: say('RSS'), right: true },
    { title: say('PSS'), right: true },
    { title: say('USS'), right: true },
    { title: say('SWAP'), right: true },
    ...(counted ? FAULT_COLUMNS : []),
    { title: say('COMMAND'), most: 60 },
  ];
  const cell = (bytes: number | undefined): string => (bytes === undefined ? '' : amount(bytes));
  const rows = result.samples.map(({ takenAt, pid, vss, rss, pss, uss, swap, minorFaults, majorFaults, command }) => [
    takenAt === undefined ? '' : new Date(takenAt).toISOString(),
    pid?.toString() ?? '',
    cell(vss),
    cell(rss),
    cell(pss),
    cell(uss),
    cell(swap),
    ...(counted ? [minorFaults?.toString() ?? '', majorFaults?.toString() ?? ''] : []),
    command ?? '',
  ]);
  return textTable(columns, rows);
}

const FAULT_COLUMNS = [
  { title: 'MINOR FAULTS', right: true },
  { title: 'MAJOR FAULTS', right: true },
];

/** As the kernel prints it; only the numbers of huge pages are no bytes. */
function deviceText(lines: InspectedDeviceMemory['lines'], say: Language['say']): string {
  const rows = Object.entries(lines).map(([name, value = 0]) => [
    name,
    name.startsWith('HugePages_') ? value.toString() : amount(value),
  ]);
  return textTable([{ title: say('MEMORY') }, { title: say('AMOUNT'), right: true }], rows);
}

function indent(text: string): string {
  return text.replace(/^/gm, '  ');
}
