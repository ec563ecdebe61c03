import type { KernelFindingReport } from '../../model/analysis.js';
import type { HeldMemory, HoldingTask } from '../../model/kernel-finding.js';
import { bytes, causeOf, code, count, origins, text, UNKNOWN } from '../cells.js';
import type { Block, Cell, Fact, Row } from '../document.js';
import type { RunSection } from '../section.js';

const SHOWN = 20;

/** What the kernels of the devices printed about memory, device by device. */
export const kernelFindings: RunSection = {
  id: 'kernel-findings',
  title: 'Kernel findings',
  build({ analysis }) {
    const findings = analysis.kernelFindings;
    if (findings.length === 0) return [];
    const parts = [
      text(
        'What the kernel of a device said about memory, its own or that of a process. Of it, only the end of a program since memory had run out counts in a verdict.',
      ),
    ];
    const devices = [...new Set(findings.map(({ device }) => device))];
    const blocks: Block[] = [
      { type: 'prose', parts },
      ...devices.map((device) =>
        tableOf(
          device,
          findings.filter((finding) => finding.device === device),
        ),
      ),
      ...findings.slice(0, SHOWN).flatMap(findingBlocks),
    ];
    if (findings.length > SHOWN) {
      const rest = [text(`The first ${SHOWN} of ${findings.length} kernel findings are shown in full.`)];
      blocks.push({ type: 'prose', parts: rest });
    }
    return blocks;
  },
};

const KINDS: Readonly<Record<KernelFindingReport['kind'], string>> = {
  kasan: 'KASAN',
  kmsan: 'KMSAN',
  kcsan: 'KCSAN',
  kfence: 'KFENCE',
  ubsan: 'UBSAN',
  kmemleak: 'kmemleak',
  segfault: 'fault',
  'out-of-memory': 'out of memory',
};

function tableOf(device: string, findings: readonly KernelFindingReport[]): Block {
  return {
    type: 'table',
    caption: `The kernel of ${device}`,
    columns: [
      { label: 'Kind', shape: 'plain' },
      { label: 'Message', shape: 'name' },
      { label: 'Task', shape: 'name' },
      { label: 'Since boot', align: 'right', shape: 'plain' },
      { label: 'Places', align: 'right', shape: 'plain', explanation: 'how often the captures have it' },
      { label: 'Read in', shape: 'name' },
    ],
    rows: findings.map(rowOf),
    empty: '',
    printRows: 60,
  };
}

function rowOf(finding: KernelFindingReport): Row {
  return {
    cells: [
      text(KINDS[finding.kind]),
      code(finding.message),
      taskOf(finding),
      sinceBootOf(finding),
      count(finding.origins.length),
      origins(finding.origins),
    ],
    weight: finding.origins.length,
  };
}

function findingBlocks(finding: KernelFindingReport): Block[] {
  const { kind, device, message, address, access, size, faultBits, module, frames } = finding;
  const facts: Fact[] = [
    { label: 'Device', cells: [code(device)] },
    { label: 'Task', cells: [taskOf(finding)] },
  ];
  if (faultBits) facts.push({ label: 'Access', cells: [text(faultText(faultBits))] });
  else if (access !== undefined) facts.push({ label: 'Access', cells: [text(access)] });
  if (size !== undefined) facts.push({ label: 'Size', cells: [count(size, ['byte', 'bytes'])] });
  if (address !== undefined) facts.push({ label: 'Address', cells: [{ type: 'address', start: address }] });
  facts.push(...memoryFacts(finding));
  if (module !== undefined) facts.push({ label: 'Code in', cells: [code(module)] });
  if (finding.cause) facts.push({ label: 'Cause', cells: causeOf(finding.cause) });
  if (finding.sinceBoot !== undefined) facts.push({ label: 'Since boot', cells: [sinceBootOf(finding)] });
  facts.push({ label: 'Found in', cells: [origins(finding.origins)] });
  const stack: Block = { type: 'stack', title: kind === 'kmemleak' ? 'Allocated at' : 'Happened at', frames };
  return [
    { type: 'heading', parts: [text(`${KINDS[kind]}: `), code(message)] },
    ...(frames.length > 0 ? [stack] : []),
    { type: 'facts', facts },
    ...(finding.tasks ? [tasksTable(finding.tasks)] : []),
  ];
}

/** What the process held that was ended, and what bounded it. */
function memoryFacts({ held, limit }: KernelFindingReport): Fact[] {
  const facts: Fact[] = [];
  if (held?.rss !== undefined) facts.push({ label: 'Held RAM', cells: [bytes(held.rss), ...partsOf(held)] });
  if (held?.vss !== undefined) facts.push({ label: 'VSS', cells: [bytes(held.vss)] });
  if (limit !== undefined) facts.push({ label: 'Limit of its control group', cells: [bytes(limit)] });
  return facts;
}

function partsOf({ anonymous, file, shared }: HeldMemory): Cell[] {
  if (anonymous === undefined || file === undefined) return [];
  const ofShared = shared === undefined ? [] : [text(', shared '), bytes(shared)];
  return [text(' (anonymous '), bytes(anonymous), text(', of files '), bytes(file), ...ofShared, text(')')];
}

function tasksTable(tasks: readonly HoldingTask[]): Block {
  return {
    type: 'table',
    caption: 'Who held most when memory ran out',
    columns: [
      { label: 'Task', shape: 'name' },
      { label: 'RSS', align: 'right', shape: 'plain' },
    ],
    rows: tasks.map((task) => ({ cells: [taskOf(task), bytes(task.rss)], weight: task.rss })),
    empty: '',
    printRows: 10,
  };
}

/** What the bits of a page fault's error code mean: "write to a page that is not mapped, from user mode". */
export function faultText({ protection, write, user, reserved, instructionFetch }: FaultBits): string {
  const access = instructionFetch ? 'execution of' : write ? 'write to' : 'read of';
  const why = reserved ? 'has a damaged table entry' : protection ? 'does not permit it' : 'is not mapped';
  return `${access} a page that ${why}, from ${user ? 'user' : 'kernel'} mode`;
}

type FaultBits = NonNullable<KernelFindingReport['faultBits']>;

function taskOf({ command, pid }: Pick<KernelFindingReport, 'command' | 'pid'>): Cell {
  if (command === undefined) return pid === undefined ? UNKNOWN : code(String(pid));
  return code(pid === undefined ? command : `${command}[${pid}]`);
}

function sinceBootOf({ sinceBoot }: KernelFindingReport): Cell {
  return sinceBoot === undefined ? UNKNOWN : { type: 'duration', value: sinceBoot };
}
