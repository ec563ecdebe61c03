import type { KernelFinding } from '../../model/kernel-finding.js';
import type { StackFrame } from '../../model/leaks.js';
import { assignKnown } from '../../model/vma-table.js';

/** A finding without its place and time, which the line's prefix and number tell. */
export type KernelFact = Omit<KernelFinding, 'origin' | 'sinceBoot'>;

/**
 * The fault of a process that one line of the kernel tells; undefined: the line tells none.
 *
 *     sensord[812]: segfault at 10 ip 00000000004011a2 sp 00007fffbca0c210 error 6 in sensord[401000+1000]
 *     traps: sensord[812] general protection fault ip:40125f sp:7ffddfc0d520 error:0 in sensord[401000+1000]
 *     sensord[812]: unhandled level 1 translation fault (11) at 0x00000010, esr 0x92000045, in sensord[400000+1000]
 *     sensord[812]: unhandled exception: DABT (lower EL), ESR 0x0000000092000045, level 1 translation fault in sensord[400000+1000]
 *     sensord: unhandled page fault (11) at 0x00000010, code 0x817
 *     sensord[812]: unhandled signal 11 code 0x1 at 0x0000000000000010 in sensord[10000+1000]
 *
 * Source: show_signal_msg in arch/x86/mm/fault.c, show_signal in arch/x86/kernel/traps.c, arm64_show_signal in
 * arch/arm64/kernel/traps.c, __do_user_fault in arch/arm/mm/fault.c, do_trap in arch/riscv/kernel/traps.c,
 * show_signal_msg in arch/powerpc/kernel/traps.c.
 */
export function parseFault(text: string): KernelFact | undefined {
  if (!/fault|trap|unhandled/.test(text)) return undefined;
  for (const [shape, access] of SHAPES) {
    const { groups } = shape.exec(text) ?? {};
    if (!groups) continue;
    const { command, pid, address, code } = groups;
    const module = MODULE.exec(text)?.[1];
    const fact: KernelFact = { kind: 'segfault', message: text, frames: framesOf(text, module) };
    return assignKnown(fact, {
      ...access(code),
      command,
      pid: pid === undefined ? undefined : Number(pid),
      address: address === undefined ? undefined : plainAddress(address),
      module,
    });
  }
  return undefined;
}

type AccessOf = (code: string | undefined) => Pick<KernelFact, 'access' | 'faultBits'>;

const TASK = String.raw`^(?<command>.{1,64}?)\[(?<pid>\d{1,10})\]:? `;

const SHAPES: readonly (readonly [RegExp, AccessOf])[] = [
  [
    new RegExp(
      `${TASK}segfault at (?<address>[0-9a-f]{1,16}) [er]?ip [0-9a-f]{1,16} [er]?sp [0-9a-f]{1,16} error (?<code>[0-9a-f]{1,8})\\b`,
    ),
    ofX86,
  ],
  [
    new RegExp(
      `${TASK.replace('^', '^(?:traps: )?')}(?:trap [\\w -]{1,40}|general protection(?: fault)?) [er]?ip:[0-9a-f]{1,16} [er]?sp:`,
    ),
    notTold,
  ],
  [new RegExp(`${TASK}segfault \\(11\\) at (?<address>[0-9a-f]{1,16}) nip `), notTold],
  [
    new RegExp(`${TASK}unhandled signal (?:7|11) (?:code 0x[0-9a-f]{1,8} )?at (?:0x)?(?<address>[0-9a-f]{1,16})\\b`),
    notTold,
  ],
  [
    new RegExp(
      `${TASK}unhandled [\\w ()/-]{1,60} \\((?:7|11)\\) at 0x(?<address>[0-9a-f]{1,16}), esr 0x(?<code>[0-9a-f]{1,16})\\b`,
    ),
    ofArm64,
  ],
  [new RegExp(`${TASK}unhandled exception: [IDP]ABT [^,]{1,60}, ESR 0x(?<code>[0-9a-f]{1,16}), `), ofArm64],
  [
    /^(?<command>.{1,64}?): unhandled page fault \((?:7|11)\) at 0x(?<address>[0-9a-f]{1,16}), code 0x(?<code>[0-9a-f]{1,8})\b/,
    ofArm,
  ],
];

// " in sensord[400000+1000]"; since 6.9 with the offset in the file: " in sensord[11a2,5627361e9000+1000]"
const MODULE = / in (\S[^[\]]{0,255}\[(?:[0-9a-f]{1,16},)?[0-9a-f]{1,16}\+[0-9a-f]{1,16}\])/;

// "segfault at 10 ip 00000000004011a2 sp"; "general protection fault ip:40125f sp:"
const INSTRUCTION = / [er]?ip[ :]([0-9a-f]{1,16}) /;

/** Where it happened: the instruction, as it was loaded. */
function framesOf(text: string, module: string | undefined): StackFrame[] {
  const address = INSTRUCTION.exec(text)?.[1];
  if (address === undefined || module === undefined) return [];
  return [{ module: module.slice(0, module.lastIndexOf('[')), address: plainAddress(address) }];
}

/** The bits of a page fault's error code: arch/x86/include/asm/trap_pf.h. */
function ofX86(code = '0'): ReturnType<AccessOf> {
  const bits = Number.parseInt(code, 16);
  const faultBits = {
    protection: (bits & 1) !== 0,
    write: (bits & 2) !== 0,
    user: (bits & 4) !== 0,
    reserved: (bits & 8) !== 0,
    instructionFetch: (bits & 16) !== 0,
  };
  return { faultBits, access: faultBits.instructionFetch ? 'execute' : faultBits.write ? 'write' : 'read' };
}

/** The class of the exception in bits 26 to 31, WnR in bit 6: arch/arm64/include/asm/esr.h. */
function ofArm64(code = '0'): ReturnType<AccessOf> {
  const syndrome = Number.parseInt(code.slice(-8), 16);
  const kind = Math.floor(syndrome / 2 ** 26) & 0x3f;
  if (kind === 0x20) return { access: 'execute' };
  return kind === 0x24 ? { access: (syndrome & 0x40) === 0 ? 'read' : 'write' } : {};
}

/** Bit 11 is set where the access was a write, bit 31 by the kernel for an instruction: arch/arm/mm/fault.h. */
function ofArm(code = '0'): ReturnType<AccessOf> {
  const status = Number.parseInt(code, 16);
  if (status >= 2 ** 31) return { access: 'execute' };
  return { access: (status & 0x800) === 0 ? 'read' : 'write' };
}

function notTold(): ReturnType<AccessOf> {
  return {};
}

/** `00000010` → `10`. */
function plainAddress(digits: string): string {
  return digits.replace(/^0+(?=.)/, '');
}
