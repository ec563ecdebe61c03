import { type InspectedDeviceMemory, type InspectedFile, inspect } from '../../inspect.js';
import { quote, visible } from '../../model/problem.js';
import { type VmaTable, vmaAt } from '../../model/vma-table.js';
import { amount } from '../amount.js';
import { EXIT } from '../exit-codes.js';
import { problemLine } from '../problem-line.js';
import type { Terminal } from '../terminal.js';
import { textTable } from '../text-table.js';

/** `memreport inspect FILE…`: what a file is, and what was read of it. */
export async function inspectCommand(
  terminal: Terminal,
  paths: readonly string[],
  options: { readonly json: boolean; readonly strict: boolean },
): Promise<number> {
  const inspections = await inspect(paths);
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
  const what = result.formats.length === 0 ? 'no known format' : result.formats.join(' + ');
  terminal.data(`${terminal.style('bold', visible(result.file))}: ${what}, ${result.status}, ${amount(result.bytes)}`);
  for (const { format, line, text } of result.recognizedBy) {
    terminal.data(`  recognized as ${format} by line ${line}: ${quote(text)}`);
  }
  const process = result.snapshots.at(-1) ?? result.samples.at(-1);
  const deviceMemory = result.deviceMemory.at(-1);
  const identity = process ?? deviceMemory;
  if (identity) {
    const { device, command, pid, takenAt, sources } = identity;
    const known = (name: string, value: string | undefined, source: string | undefined): string =>
      `  ${name.padEnd(8)} ${value === undefined ? 'not known' : `${visible(value)}  (from the ${source ?? 'capture'})`}`;
    terminal.data(known('device', device, sources.device));
    if (process) terminal.data(known('command', command, sources.command));
    if (process) terminal.data(known('pid', pid?.toString(), sources.pid));
    terminal.data(known('time', takenAt === undefined ? undefined : new Date(takenAt).toISOString(), sources.takenAt));
  }
  if (result.snapshots.length > 1) terminal.data(`  ${result.snapshots.length} snapshots; the last one:`);
  if (table) terminal.data(indent(vmaText(table)));
  if (result.samples.length > 0) terminal.data(indent(sampleText(result)));
  if (result.deviceMemory.length > 1)
    terminal.data(`  memory of the device ${result.deviceMemory.length} times; the last:`);
  if (deviceMemory) terminal.data(indent(deviceText(deviceMemory.lines)));
  for (const leak of result.leaks) {
    const site = leak.frames.find(
      (frame) => frame.file !== undefined && frame.line !== undefined && !/malloc|replace/.test(frame.file),
    );
    const where = site ? ` at ${visible(site.symbol ?? '?')} (${visible(site.file ?? '')}:${site.line ?? 0})` : '';
    terminal.data(`  ${leak.tool}: ${leak.kind} loss of ${leak.bytes} bytes in ${leak.blocks} blocks${where}`);
  }
  for (const error of result.errors)
    terminal.data(`  ${error.tool}: ${visible(error.kind)}: ${visible(error.message)}`);
  for (const summary of result.summaries) {
    const parts = (['definite', 'indirect', 'possible', 'reachable', 'suppressed', 'inUseAtExit'] as const).flatMap(
      (kind) => {
        const found = summary[kind];
        return found ? [`${kind} ${found.bytes} bytes in ${found.blocks} blocks`] : [];
      },
    );
    if (parts.length > 0) terminal.data(`  ${summary.tool} summary: ${parts.join(', ')}`);
  }
  for (const problem of result.problems) terminal.data(`  ${problemLine(problem)}`);
}

/** As pmap prints it, with our kinds; what the capture does not carry stays empty. */
function vmaText(table: VmaTable): string {
  const columns = [
    { title: 'ADDRESS' },
    { title: 'PERM' },
    { title: 'SIZE', right: true },
    { title: 'RSS', right: true },
    { title: 'PSS', right: true },
    { title: 'USS', right: true },
    { title: 'SWAP', right: true },
    { title: 'KIND' },
    { title: 'NAME', most: 100 },
  ];
  const cell = (bytes: number | undefined): string => (bytes === undefined ? '' : amount(bytes));
  const rows = Array.from({ length: table.count }, (_, row) => {
    const vma = vmaAt(table, row);
    const { start, end, permissions, size, rss, pss, uss, swap, kind, pathname } = vma;
    return [`${start}-${end}`, permissions, cell(size), cell(rss), cell(pss), cell(uss), cell(swap), kind, pathname];
  });
  return textTable(columns, rows);
}

function sampleText(result: InspectedFile): string {
  const columns = [
    { title: 'TIME' },
    { title: 'PID', right: true },
    { title: 'VSS', right: true },
    { title: 'RSS', right: true },
    { title: 'PSS', right: true },
    { title: 'USS', right: true },
    { title: 'SWAP', right: true },
    { title: 'COMMAND', most: 60 },
  ];
  const cell = (bytes: number | undefined): string => (bytes === undefined ? '' : amount(bytes));
  const rows = result.samples.map(({ takenAt, pid, vss, rss, pss, uss, swap, command }) => [
    takenAt === undefined ? '' : new Date(takenAt).toISOString(),
    pid?.toString() ?? '',
    cell(vss),
    cell(rss),
    cell(pss),
    cell(uss),
    cell(swap),
    command ?? '',
  ]);
  return textTable(columns, rows);
}

/** As the kernel prints it; only the numbers of huge pages are no bytes. */
function deviceText(lines: InspectedDeviceMemory['lines']): string {
  const rows = Object.entries(lines).map(([name, value = 0]) => [
    name,
    name.startsWith('HugePages_') ? value.toString() : amount(value),
  ]);
  return textTable([{ title: 'MEMORY' }, { title: 'AMOUNT', right: true }], rows);
}

function indent(text: string): string {
  return text.replace(/^/gm, '  ');
}
