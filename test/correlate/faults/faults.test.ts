import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explainedFindings } from '../../../src/correlate/faults/faults.js';
import type { KernelFindingReport } from '../../../src/model/analysis.js';
import type { FaultCause } from '../../../src/model/fault-cause.js';
import type { MemoryError } from '../../../src/model/leaks.js';
import { correlated, frame, log, MINUTE, NINE, snapshot, type VmaRow } from '../build-captures.js';

const LIBC = 0x7f00_0000_0000;
const STACK = 0x7ffd_0000_0000;

const AREAS: readonly VmaRow[] = [
  { start: 0x400000, end: 0x401000, permissions: 'r-xp', name: '/opt/demo/sensord' },
  { start: 0x401000, end: 0x402000, permissions: 'r--p', name: '/opt/demo/sensord' },
  { start: 0x402000, end: 0x403000, permissions: 'rw-p', name: '/opt/demo/sensord' },
  { start: 0x800000, end: 0x900000, name: '[heap]' },
  { start: 0x7e00_0000_0000, end: 0x7e00_0010_0000 },
  { start: 0x7e00_0010_0000, end: 0x7e00_0400_0000, permissions: '---p' },
  { start: LIBC, end: LIBC + 0x1000, permissions: '---p', name: '/lib/libc.so' },
  { start: LIBC + 0x1000, end: LIBC + 0x2000, permissions: 'rw-s', name: '/dev/shm/frames' },
  { start: STACK - 0x2_0000, end: STACK, name: '[stack]' },
];

const PID = 812;
const process = (pid: number, minute: number, areas: readonly VmaRow[] = AREAS, device = 'board-7') =>
  snapshot({ device, command: 'sensord', pid, takenAt: NINE + minute * MINUTE }, areas, `${pid}/${minute}/smaps`);

const segv = (address: string, parts: Partial<MemoryError> = {}): MemoryError => ({
  tool: 'asan',
  kind: 'SEGV',
  message: 'SEGV on unknown address (pc 0x000000400123 bp 0x7ffcffff0010 sp 0x7ffcffff0000 T0)',
  address,
  access: 'read',
  frames: [frame('main', 'sensord.c:6', '400123')],
  related: [],
  origin: { file: 'asan.log', line: 2 },
  ...parts,
});

const told = (error: MemoryError, pid = PID, device = 'board-7') =>
  log({ device, command: 'sensord', pid }, { errors: [error] }, `${device}/asan.log`);

function causeOf(error: MemoryError, ...captures: Parameters<typeof correlated>): FaultCause | undefined {
  const { records } = correlated(told(error), ...captures);
  return records.flatMap(({ errors }) => errors)[0]?.cause;
}

const kindOf = (error: MemoryError): string | undefined => {
  const found = causeOf(error, process(PID, 0));
  return found && [found.kind, found.mapping].join(' ').trim();
};

describe('the cause of an error', () => {
  it.each([
    ['a null pointer', segv('0'), 'null-page'],
    ['the offset of a field from a null pointer', segv('ffff'), 'null-page'],
    ['behind the null page', segv('10000'), 'unmapped'],
    ['a null pointer less an offset', segv('fffffffffffffff0'), 'unmapped'],
    ["the kernel's half", segv('ffff888000000000'), 'unmapped'],
    ['a write to code', segv('400010', { access: 'write' }), 'write-to-readonly /opt/demo/sensord'],
    ['a write to constants', segv('401010', { access: 'write' }), 'write-to-readonly /opt/demo/sensord'],
    ['a jump to data', segv('402010', { access: 'execute' }), 'execute-of-data /opt/demo/sensord'],
    ['right behind the heap', segv('900000'), 'beyond-heap [heap]'],
    ['far behind the heap', segv('1900000'), 'unmapped'],
    ['behind the used part of an arena', segv('7e0000100000'), 'beyond-heap [anonymous: arena]'],
    ['a guard of the program', segv('7f0000000010'), 'unknown /lib/libc.so'],
    ['below the stack', segv('7ffcff7f0000'), 'stack-guard [stack]'],
    ['far below the stack', segv('7ffcf0000000'), 'unmapped'],
    ['what is permitted', segv('800010'), 'unknown [heap]'],
    ['a bus error', segv('7f0000001010', { kind: 'BUS' }), 'unknown /dev/shm/frames'],
    ['the place of a signal that was sent', segv(`3e8${PID.toString(16).padStart(8, '0')}`), 'unknown'],
  ])('%s', (_, error, expected) => {
    expect(kindOf(error)).toBe(expected);
  });

  it('is that of the instruction where it faulted at its own address, whatever the tool calls the access', () => {
    const jump = segv('402010', { message: 'SEGV on unknown address 0x402010 (pc 0x000000402010 bp 0x1 sp 0x2 T0)' });
    expect(kindOf(jump)).toBe('execute-of-data /opt/demo/sensord');
  });

  it('is a write where nobody tells the access and a read is permitted', () => {
    const silent = segv('401010');
    delete silent.access;
    expect(causeOf(silent, process(PID, 0))).toMatchObject({
      kind: 'write-to-readonly',
      statement: expect.stringMatching(/; a read would have been permitted$/) as string,
      origins: [{ file: `${PID}/0/smaps`, line: 2 }],
    });
  });

  it('names the neighbours of what is not mapped, with their lines', () => {
    expect(causeOf(segv('500000'), process(PID, 0))).toEqual({
      kind: 'unmapped',
      statement:
        'reads where nothing is mapped, 0xfd000 bytes behind /opt/demo/sensord (rw-p), 0x300000 bytes before [heap] (rw-p)',
      origins: [
        { file: `${PID}/0/smaps`, line: 3 },
        { file: `${PID}/0/smaps`, line: 4 },
      ],
    });
  });

  it('is a mapping that an earlier snapshot of the process has', () => {
    const buffer = { start: 0x500000, end: 0x510000, name: '/opt/demo/table.bin' };
    const withBuffer = [...AREAS, buffer].sort((a, b) => a.start - b.start);
    const found = causeOf(segv('500010'), process(PID, 1), process(PID, 0, withBuffer));
    expect(found).toMatchObject({
      kind: 'freed-mapping',
      mapping: '/opt/demo/table.bin',
      origins: [{ file: `${PID}/0/smaps`, line: 4 }],
    });
    expect(causeOf(segv('500010'), process(PID, 1), process(PID + 1, 0, withBuffer))?.kind).toBe('unmapped');
  });

  it('is the stack that the tool says ran out, with or without a snapshot', () => {
    const overflow = segv('7ffcff7f0000', { kind: 'stack-overflow' });
    expect(kindOf(overflow)).toBe('stack-guard [stack]');
    expect(causeOf(overflow)).toMatchObject({ kind: 'stack-guard', origins: [] });
  });

  it('is the stack where nothing is mapped at its pointer', () => {
    const message = 'SEGV on unknown address 0x7d0000000ff8 (pc 0x000000400123 bp 0x7d0000001000 sp 0x7d0000001000 T1)';
    expect(kindOf(segv('7d0000000ff8', { message }))).toBe('stack-guard');
    expect(kindOf(segv('7d0000000ff8'))).toBe('unmapped');
  });

  it("is memcheck's own stack for the main thread, of which the address alone tells", () => {
    const fatal = (address: string) =>
      segv(address, {
        tool: 'memcheck',
        kind: 'fatal-signal',
        message: 'Process terminating with signal 11 (SIGSEGV)',
      });
    expect(causeOf(fatal('1ffe801f08'))?.kind).toBe('stack-guard');
    expect(causeOf(fatal('1fff001000'))?.kind).toBe('unknown');
    expect(causeOf(fatal('1ffe802000'))?.kind).toBe('unknown');
  });

  it('looks up the address without the tag that HWAddressSanitizer puts into pointers', () => {
    expect(kindOf(segv('4200000000401010', { tool: 'hwasan', access: 'write' }))).toBe(
      'write-to-readonly /opt/demo/sensord',
    );
  });

  it('has no neighbours among areas without an address', () => {
    const total = { start: 0, end: 0, name: 'total' };
    expect(causeOf(segv('20000'), process(PID, 0, [total, ...AREAS]))?.statement).toBe(
      'reads where nothing is mapped, 0x3e0000 bytes before /opt/demo/sensord (r-xp)',
    );
  });

  it('is absent where the tool knows the block, or where memcheck complains of what the kernel permits', () => {
    const block = { title: "Address 0x500010 is 0 bytes after a block of size 16 alloc'd", frames: [] };
    const read = { tool: 'memcheck', kind: 'invalid-read', message: 'Invalid read of size 4' } as const;
    expect(causeOf(segv('500010', { ...read, related: [block] }), process(PID, 0))).toBeUndefined();
    expect(causeOf(segv('800010', read), process(PID, 0))).toBeUndefined();
    expect(causeOf(segv('500010', read), process(PID, 0))?.kind).toBe('unmapped');
    expect(causeOf(segv('500010', { kind: 'heap-use-after-free' }), process(PID, 0))).toBeUndefined();
  });
});

describe('the process of a fault', () => {
  const write = segv('401010', { access: 'write' });

  it('is none without a snapshot: then the address alone counts', () => {
    expect(causeOf(write)).toMatchObject({ kind: 'unknown', origins: [] });
    expect(causeOf(segv('18'))?.kind).toBe('null-page');
  });

  it('is another of the same program only if all its code is in the same places', () => {
    const moved = AREAS.map((area) => ({ ...area, start: area.start + 0x1000_0000, end: area.end + 0x1000_0000 }));
    expect(causeOf(write, process(900, 0))?.kind).toBe('write-to-readonly');
    expect(causeOf(write, process(900, 0, moved))?.kind).toBe('unknown');
    const elsewhere = { ...write, frames: [...write.frames, frame('run', undefined, '500000')] };
    expect(causeOf(elsewhere, process(900, 0))?.kind).toBe('unknown');
  });

  it('is not one of the same pid that has no code there', () => {
    const moved = AREAS.map((area) => ({ ...area, start: area.start + 0x1000, end: area.end + 0x1000 }));
    expect(causeOf(write, process(PID, 0, moved))?.kind).toBe('unknown');
  });

  it('is not on another device', () => {
    const { records } = correlated(told(write, PID, 'bench'), process(PID, 0));
    expect(records.flatMap(({ errors }) => errors).map(({ cause }) => cause?.kind)).toEqual(['unknown']);
  });

  it('is the one of the pid, by whatever name: valgrind stands before the program', () => {
    const { records } = correlated(
      told(write),
      snapshot({ command: 'valgrind', pid: PID, takenAt: NINE }, AREAS, 'smaps'),
    );
    expect(records.flatMap(({ errors }) => errors)[0]?.cause?.kind).toBe('write-to-readonly');
  });
});

describe("the cause of a fault in the kernel's log", () => {
  const fault = (address: string, parts: Partial<KernelFindingReport> = {}): KernelFindingReport => ({
    device: 'board-7',
    kind: 'segfault',
    message: `sensord[${PID}]: segfault at ${address} ip 0000000000400123 sp 00007ffcffff0000 error 4`,
    command: 'sensord',
    pid: PID,
    address,
    access: 'read',
    frames: [],
    origins: [{ file: 'dmesg.txt', line: 1 }],
    ...parts,
  });
  const bits = { protection: false, write: false, user: true, reserved: false, instructionFetch: false };
  const kind = (finding: KernelFindingReport, ...captures: Parameters<typeof correlated>): string | undefined =>
    explainedFindings([finding], correlated(...captures).records)[0]?.cause?.kind;

  it('is that of the process by the same snapshots, and of a thread by its code', () => {
    expect(kind(fault('401010', { access: 'write' }), process(PID, 0))).toBe('write-to-readonly');
    expect(kind(fault('401010', { access: 'write', pid: PID + 3 }), process(PID, 0))).toBe('write-to-readonly');
    expect(kind(fault('401010', { access: 'write', pid: PID + 3, command: 'other' }), process(PID, 0))).toBe('unknown');
  });

  it('comes from the bits of the error code where no snapshot has the page', () => {
    const there = { ...bits, protection: true };
    expect(kind(fault('500010', { access: 'write', faultBits: there }), process(PID, 0))).toBe('write-to-readonly');
    expect(kind(fault('500010', { access: 'execute', faultBits: there }))).toBe('execute-of-data');
    expect(kind(fault('500010', { access: 'read', faultBits: there }))).toBe('unknown');
    expect(kind(fault('500010', { faultBits: bits }), process(PID, 0))).toBe('unmapped');
    expect(kind(fault('ffffffff81000000', { access: 'write', faultBits: there }))).toBe('unmapped');
  });

  it('is a mapping that went away where the snapshot has it and the kernel has no page', () => {
    expect(kind(fault('800010', { faultBits: bits }), process(PID, 0))).toBe('freed-mapping');
  });

  it('is absent where no address is told, and for what is no fault', () => {
    const silent = fault('10');
    delete silent.address;
    expect(kind(silent, process(PID, 0))).toBeUndefined();
    expect(kind(fault('10', { kind: 'kasan' }), process(PID, 0))).toBeUndefined();
  });
});

describe('any fault', () => {
  const anyAddress = fc.oneof(
    fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
    fc.constantFrom(...AREAS.flatMap(({ start, end }) => [BigInt(start), BigInt(end) - 1n, BigInt(end)])),
  );
  const anyRow = fc.record({
    start: fc.nat(1 << 20).map((page) => page * 4096),
    end: fc.nat(1 << 20).map((page) => page * 4096),
    permissions: fc.constantFrom('---p', 'r--p', 'rw-p', 'r-xp', '--xp', 'rwxs'),
    name: fc.constantFrom('', '[heap]', '[stack]', '/bin/a b', '\\012</script>', '/bin/\u202eexe\u001b[2J'),
  });

  it('has a readable cause, whatever the areas, in any order', () => {
    fc.assert(
      fc.property(
        anyAddress,
        fc.array(anyRow, { maxLength: 12 }),
        fc.constantFrom('read' as const, 'write' as const, 'execute' as const),
        fc.constantFrom('SEGV', 'BUS', 'stack-overflow'),
        (address, rows, access, kind) => {
          const error = segv(address.toString(16), { access, kind, frames: [] });
          for (const found of [causeOf(error, process(PID, 0, rows)), causeOf(error)]) {
            expect(found?.statement).not.toMatch(/undefined|NaN|0x-|^$|\p{Cc}|\u202e/u);
            expect(found?.origins.every(({ line }) => line > 0)).toBe(true);
          }
        },
      ),
    );
  });
});
