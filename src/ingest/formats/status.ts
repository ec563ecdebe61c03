import { COMM_LENGTH } from '../../model/capture.js';
import type { Sample } from '../../model/memory.js';
import { quote } from '../../model/problem.js';
import { assignKnown } from '../../model/vma-table.js';
import type { CaptureFormat, Says, Section } from '../format.js';
import { lineReader } from '../line-reader.js';
import { bytesOfKib, pidOf } from './kib.js';

/**
 * /proc/PID/status, whole or grepped, one or many after each other.
 *
 *     Name:	leak-example
 *     State:	S (sleeping)
 *     Tgid:	11393
 *     Pid:	11393
 *     VmSize:	    2476 kB
 *     VmRSS:	    1320 kB
 *     VmSwap:	       0 kB
 *
 * Kernel threads and zombies have no Vm lines: of them only the identity is told. VmHWM and VmPeak are not read,
 * since they only rise. Since Linux 6.2 VmRSS is approximate; smaps is exact.
 */
export const status: CaptureFormat = {
  id: 'status',
  name: '/proc/PID/status',
  specification: 'https://docs.kernel.org/filesystems/proc.html',
  howToCapture: 'cat /proc/PID/status',
  process: 'names',
  firstLine: /^[A-Za-z]\w*:/,
  recognizes(head) {
    const [first = '', second = ''] = head.split('\n', 2);
    const field = fieldOf(first);
    if (!field || !hasShape(field)) return false;
    // A size of this name is nobody else's; a name or a pid alone could be.
    if (field.key.startsWith('Vm')) return true;
    const next = fieldOf(second);
    if (!next || !hasShape(next)) return false;
    // Tabs may have become blanks on the way; then any list of a name and a pid looks alike.
    return first.includes('\t') || next.key === 'State' || next.key === 'Umask';
  },
  open: (section) => lineReader(new StatusReader(section)),
};

class StatusReader {
  private readonly fields = new Map<string, string>();
  private firstLine = 0;
  private amounts: Sample = {};

  constructor(private readonly section: Section) {}

  line(text: string, number: number): boolean {
    if (text.trim() === '') return true;
    const field = fieldOf(text);
    if (!field) return false;
    if (this.fields.has(field.key) || field.key === 'Name') this.finish();
    if (this.firstLine === 0) this.firstLine = number;
    this.fields.set(field.key, field.value);
    const total = TOTALS[field.key];
    if (total) {
      const bytes = bytesOfKib(KB.exec(field.value)?.groups?.kib ?? '');
      if (bytes !== undefined) this.amounts[total] = bytes;
      else this.section.problem('warning', 'bad-value', `expected an amount in kB, found ${quote(text)}`, number);
    }
    return true;
  }

  end(): void {
    this.finish();
  }

  private finish(): void {
    const origin = { file: this.section.file, line: this.firstLine };
    const says = saysOf(this.fields);
    const sample = this.amounts;
    if (Object.keys(sample).length > 0) this.section.emit({ type: 'sample', says, origin, sample });
    else if (Object.keys(says).length > 0) this.section.emit({ type: 'identity', says, origin });
    this.fields.clear();
    this.firstLine = 0;
    this.amounts = {};
  }
}

const TOTALS: Readonly<Partial<Record<string, 'vss' | 'rss' | 'swap'>>> = {
  VmSize: 'vss',
  VmRSS: 'rss',
  VmSwap: 'swap',
};

/** A thread's status (Tgid is not Pid) tells of its process, and its name is the thread's own. */
function saysOf(fields: ReadonlyMap<string, string>): Says {
  const own = pidOf(fields.get('Pid') ?? '');
  const group = pidOf(fields.get('Tgid') ?? '');
  const name = fields.get('Name');
  const isThread = own !== undefined && group !== undefined && own !== group;
  const says = assignKnown<Says>({}, { pid: group ?? own });
  if (name !== undefined && name !== '' && !isThread) {
    const command = unescaped(name);
    says.command = command;
    if (Buffer.byteLength(command) >= COMM_LENGTH) says.commandMayBeCut = true;
  }
  return says;
}

/** The kernel prints a line feed in a name as \n and a backslash as \\. */
function unescaped(name: string): string {
  return name.replace(/\\([n\\])/g, (_, character: string) => (character === 'n' ? '\n' : '\\'));
}

interface Field {
  key: string;
  value: string;
}

function fieldOf(text: string): Field | undefined {
  const colon = text.indexOf(':');
  if (colon < 1 || colon > 40) return undefined;
  const key = text.slice(0, colon);
  // A later kernel's keys are told from other "Key: value" text by the tab after the colon.
  const isOurs = KEYS.has(key)
    ? /^[\t ]|^$/.test(text.slice(colon + 1))
    : /^[A-Zx]\w+$/.test(key) && text[colon + 1] === '\t';
  return isOurs ? { key, value: text.slice(colon + 1).trim() } : undefined;
}

/** Whether the value of a record's first line looks as the kernel prints it. */
function hasShape({ key, value }: Field): boolean {
  if (!KEYS.has(key)) return false;
  if (key.startsWith('Vm')) return KB.test(value);
  if (key === 'State') return /^[A-Z] \([a-z -]+\)$/i.test(value);
  if (key === 'Name') return value !== '';
  return /^[\da-f]/.test(value) || key.startsWith('Speculation');
}

const KB = /^(?<kib>\d{1,20})(?: kB)?$/;

const KEYS: ReadonlySet<string> = new Set(
  `Name Umask State Tgid Ngid Pid PPid TracerPid Uid Gid FDSize Groups NStgid NSpid NSpgid NSsid Kthread Utrace
  VmPeak VmSize VmLck VmPin VmHWM VmRSS RssAnon RssFile RssShmem VmData VmStk VmExe VmLib VmPTE VmPMD VmSwap
  HugetlbPages CoreDumping THP_enabled untag_mask Threads SigQ SigPnd ShdPnd SigBlk SigIgn SigCgt CapInh CapPrm
  CapEff CapBnd CapAmb NoNewPrivs Seccomp Seccomp_filters Speculation_Store_Bypass SpeculationIndirectBranch
  Cpus_allowed Cpus_allowed_list Mems_allowed Mems_allowed_list voluntary_ctxt_switches
  nonvoluntary_ctxt_switches`.split(/\s+/),
);
