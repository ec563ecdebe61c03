import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kernelLog } from '../../../src/ingest/formats/kernel-log.js';
import type { KernelFinding } from '../../../src/model/kernel-finding.js';
import { totalsOf } from '../../../src/model/memory.js';
import { readFile } from '../capture-tree.js';
import { processText } from '../smaps-text.js';

async function findingsIn(text: string): Promise<KernelFinding[]> {
  const { captures } = await readFile(text, 'dmesg.txt');
  return captures.flatMap((capture) => (capture.type === 'kernel' ? [capture.finding] : []));
}

async function onlyFinding(text: string): Promise<KernelFinding> {
  const findings = await findingsIn(text);
  expect(findings).toHaveLength(1);
  return findings[0] as KernelFinding;
}

const symbolsOf = ({ frames }: KernelFinding): unknown[] => frames.map(({ symbol }) => symbol);

// The texts are written by hand after lib and mm of Linux, with functions that do not exist.
const KASAN = `==================================================================
BUG: KASAN: slab-use-after-free in sensor_poll+0x1a/0x90 [sensor]
Read of size 8 at addr ffff888012acfc20 by task sensor/0 a/812

CPU: 1 UID: 0 PID: 812 Comm: sensor/0 a Not tainted 6.12.0 #1
Call Trace:
 <TASK>
 dump_stack_lvl+0x4e/0x70
 print_report+0xcb/0x610
 ? sensor_poll+0x1a/0x90 [sensor]
 kasan_report+0xae/0xe0
 sensor_poll+0x1a/0x90 [sensor]
 vfs_poll+0x12/0x40 fs/select.c:88
 do_syscall_64+0x5d/0x90
 </TASK>

Allocated by task 800:
 kasan_save_stack+0x22/0x50
 sensor_open+0x44/0x120 [sensor]

The buggy address belongs to the object at ffff888012acfc00
==================================================================
`;

const PREFIXES: readonly (readonly [name: string, prefix: string, sinceBoot: number | undefined])[] = [
  ['nothing', '', undefined],
  ['a time', '[   12.345678] ', 12_345.678],
  ['a time and the caller', '[   12.345678][  T812] ', 12_345.678],
  ['a level and a time', '<4>[   12.345678] ', 12_345.678],
  ['a time of day', '[Mon Nov 23 00:42:01 2026] ', undefined],
  ['syslog', 'Nov 23 00:42:01 board kernel: ', undefined],
  ['syslog and a time', 'Nov 23 00:42:01 board-7 kernel: [   12.345678] ', 12_345.678],
  ['the journal', '2026-11-23T00:42:01.123456+0000 board kernel: ', undefined],
  ['the journal, cut', 'kernel: ', undefined],
  ['the journal by the time since boot', '[   12.345678] board kernel: ', 12_345.678],
  ["Android's, on Qualcomm's", '[   12.345678] c4    812 ', 12_345.678],
  ["Android's, on Samsung's", '[   12.345678] [2:  sensor/0 a:  812] ', 12_345.678],
  ["Android's, on Huawei's", '11-23 00:42:01.123 <3>[   12.345678s][pid:812,cpu3,sensor/0 a]', 12_345.678],
  ["Android's, on MediaTek's", '[   12.345678]  (3)[812:sensor/0 a]', 12_345.678],
  ["Android's, on MediaTek's, with the file", '[   12.345678] sensor/0: [name:report&]', 12_345.678],
  ['a waiting console', 'board login: [   12.345678] ', 12_345.678],
];

describe('a report of KASAN', () => {
  it.each(PREFIXES)('is read behind %s', async (_, prefix, sinceBoot) => {
    const finding = await onlyFinding(KASAN.replace(/^/gm, prefix));
    expect(finding).toEqual({
      kind: 'kasan',
      message: 'BUG: KASAN: slab-use-after-free in sensor_poll+0x1a/0x90 [sensor]',
      address: 'ffff888012acfc20',
      access: 'read',
      size: 8,
      command: 'sensor/0 a',
      pid: 812,
      ...(sinceBoot !== undefined && { sinceBoot }),
      frames: [
        { symbol: 'sensor_poll+0x1a/0x90', module: 'sensor' },
        { symbol: 'vfs_poll+0x12/0x40', file: 'fs/select.c', line: 88 },
        { symbol: 'do_syscall_64+0x5d/0x90' },
      ],
      origin: { file: 'dmesg.txt', line: 2 },
    });
  });

  it('keeps to the lines of its own task where several print at once', async () => {
    const mine = KASAN.replace(/^/gm, '[   12.345678][  T812] ');
    const mixed = mine.replace(
      /(?=\[.*vfs_poll)/,
      '[   12.345678][  T900]  other_function+0x1/0x2\n[   12.345678][  T900] \n',
    );
    expect(symbolsOf(await onlyFinding(mixed))).toEqual(symbolsOf(await onlyFinding(mine)));
  });

  it('says nothing more after a gap', async () => {
    const finding = await onlyFinding(
      KASAN.replace(/(?=Read of)/, '** 299 printk messages dropped ** [   12.345678]  other+0x1/0x2\n'),
    );
    expect(finding).toMatchObject({ kind: 'kasan', frames: [] });
    expect(finding).not.toHaveProperty('access');
  });

  it('is read from an oops with its comment, with the place where it happened', async () => {
    const finding = await onlyFinding(
      'Oops: general protection fault, probably for non-canonical address 0xdffffc0000000004: 0000 [#1] SMP KASAN\n' +
        'KASAN: null-ptr-deref in range [0x0000000000000020-0x0000000000000027]\n' +
        'CPU: 0 PID: 7 Comm: kworker/0:1 Not tainted 6.12.0 #1\n' +
        'RIP: 0010:sensor_reset+0x25/0x40\nRSP: 0018:ffffc9000407f600 EFLAGS: 00000246\nCall Trace:\n <TASK>\n' +
        ' sensor_work+0x8/0x10\n </TASK>\n---[ end trace 0000000000000000 ]---\n other+0x1/0x2\n',
    );
    expect(finding).toMatchObject({ kind: 'kasan', command: 'kworker/0:1', pid: 7 });
    expect(symbolsOf(finding)).toEqual(['sensor_reset+0x25/0x40', 'sensor_work+0x8/0x10']);
  });

  it('before Linux 4.11 has its address in the headline and its stack with addresses', async () => {
    const finding = await onlyFinding(
      'BUG: KASAN: slab-out-of-bounds in sensor_read+0x103/0x120 at addr ffff8801a85de8c0\n' +
        'Write of size 4 by task sensord/812\nINFO: Allocated in sensor_open+0x29/0x90 age=6 cpu=0 pid=6\n' +
        '\t___slab_alloc+0x4c6/0x530\nCPU: 0 PID: 812 Comm: sensord Not tainted 4.4.0 #1\n' +
        ' ffff8801a2bf7a80 ffffffff81d91149\nCall Trace:\n [<ffffffff81d91149>] dump_stack+0xc1/0x128\n' +
        ' [<ffffffff81d91150>] ? check+0x1/0x2\n [<     inline     >] sensor_copy drivers/sensor.c:44\n' +
        ' [<ffffffff81d91160>] sensor_read+0x103/0x120\n',
    );
    expect(finding).toMatchObject({
      address: 'ffff8801a85de8c0',
      access: 'write',
      size: 4,
      command: 'sensord',
      pid: 812,
    });
    expect(symbolsOf(finding)).toEqual(['sensor_copy', 'sensor_read+0x103/0x120']);
    expect(finding.frames[1]?.address).toBe('ffffffff81d91160');
  });
});

describe('reports of the other sanitizers', () => {
  it.each<[string, Partial<KernelFinding>, string[]]>([
    [
      'BUG: KMSAN: kernel-infoleak in copy_out+0x870/0x1fd0\n copy_out+0x870/0x1fd0\n vfs_read+0x8cd/0xf40\n\n' +
        'Uninit was created at:\n kmalloc_trace+0x51/0x200\n\nBytes 2-3 of 64 are uninitialized\n' +
        'Memory access of size 64 starts at ffff888123c76000\n\nCPU: 1 PID: 43 Comm: sensord Tainted: G  W  6.2.0 #0\n',
      { kind: 'kmsan', size: 64, address: 'ffff888123c76000', command: 'sensord', pid: 43 },
      ['copy_out+0x870/0x1fd0', 'vfs_read+0x8cd/0xf40'],
    ],
    [
      'BUG: KCSAN: data-race in sensor_tick / sensor_show\n\nwrite to 0xffff8c3f2e291f00 of 8 bytes by interrupt on cpu 1:\n' +
        ' sensor_tick+0x4/0x10\n\nread to 0xffff8c3f2e291f00 of 4 bytes by task 812 on cpu 0:\n sensor_show+0x9/0x20\n',
      { kind: 'kcsan', access: 'write', size: 8, address: 'ffff8c3f2e291f00', pid: 812 },
      ['sensor_tick+0x4/0x10'],
    ],
    [
      'BUG: KFENCE: out-of-bounds write in sensor_fill+0xa6/0x234\n\n' +
        'Out-of-bounds write at 0xffff8c3f2e291fff (1B left of kfence-#72):\n sensor_fill+0xa6/0x234\n kthread+0x1/0x2\n\n' +
        'kfence-#72: 0xffff8c3f2e292000-0xffff8c3f2e29201f, size=32, cache=kmalloc-32\n\n' +
        'allocated by task 484 on cpu 0 at 32.919330s:\n sensor_alloc+0x1/0x2\n\n' +
        'CPU: 0 PID: 484 Comm: sensord Not tainted 5.13.0 #7\n',
      { kind: 'kfence', access: 'write', address: 'ffff8c3f2e291fff', command: 'sensord', pid: 484 },
      ['sensor_fill+0xa6/0x234', 'kthread+0x1/0x2'],
    ],
    [
      'UBSAN: shift-out-of-bounds in drivers/sensor.c:12:3\nshift exponent -1 is negative\n' +
        'CPU: 0 PID: 9 Comm: sh Not tainted 6.1.0 #1\nCall trace:\n dump_backtrace+0x0/0x1 (C)\n' +
        ' __ubsan_handle_shift_out_of_bounds+0x1/0x2\n sensor_scale+0x1/0x2 (P)\n',
      { kind: 'ubsan', command: 'sh', pid: 9 },
      ['sensor_scale+0x1/0x2'],
    ],
    [
      'unreferenced object 0xffff00000bf2c000 (size 128):\n  comm "my sh", pid 812, jiffies 4294937521 (age 31.0s)\n' +
        '  hex dump (first 32 bytes):\n    00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f  ................\n' +
        '  backtrace (crc 1b2c3d4e):\n    kmemleak_alloc+0x1/0x2\n    [<00000000c1f2c000>] __kmalloc+0x1/0x2\n    sensor_open+0x3/0x4\n',
      { kind: 'kmemleak', address: 'ffff00000bf2c000', size: 128, command: 'my sh', pid: 812 },
      ['__kmalloc+0x1/0x2', 'sensor_open+0x3/0x4'],
    ],
  ])('%j', async (text, expected, symbols) => {
    const finding = await onlyFinding(text);
    expect(finding).toMatchObject(expected);
    expect(symbolsOf(finding)).toEqual(symbols);
    expect(await onlyFinding(text.replace(/^/gm, '[    1.000001][   T43] '))).toMatchObject(expected);
  });

  it('are told one by one', async () => {
    const object = (at: string): string =>
      `unreferenced object 0x${at} (size 8):\n  comm "sh", pid 1, jiffies 1\n  backtrace:\n    f${at}+0x1/0x2\n`;
    const findings = await findingsIn(object('a0') + object('b0') + object('c0'));
    expect(findings.map(({ address, origin, frames }) => [address, origin.line, frames[0]?.symbol])).toEqual([
      ['a0', 1, 'fa0+0x1/0x2'],
      ['b0', 5, 'fb0+0x1/0x2'],
      ['c0', 9, 'fc0+0x1/0x2'],
    ]);
  });
});

describe('the fault of a process', () => {
  it.each<[string, Partial<KernelFinding>]>([
    [
      'sensord[812]: segfault at 10 ip 0000000000401136 sp 00007ffc0d5209f0 error 6 in sensord[400000+1000]',
      {
        command: 'sensord',
        pid: 812,
        address: '10',
        access: 'write',
        module: 'sensord[400000+1000]',
        frames: [{ module: 'sensord', address: '401136' }],
        faultBits: { protection: false, write: true, user: true, reserved: false, instructionFetch: false },
      },
    ],
    [
      'my [x] d[812]: segfault at 0 ip 08048410 sp bffff5a0 error 4 in libc-2.19.so[b75e1000+1aa000]',
      { command: 'my [x] d', pid: 812, address: '0', access: 'read', module: 'libc-2.19.so[b75e1000+1aa000]' },
    ],
    [
      'sensord[812]: segfault at 7f2a59847000 ip 00007f2a59847000 sp 00007fff07c4fca8 error 15 likely on CPU 0 (core 0, socket 0)',
      {
        access: 'execute',
        faultBits: { protection: true, write: false, user: true, reserved: false, instructionFetch: true },
      },
    ],
    [
      'traps: sensord[812] general protection ip:4011 sp:7ffd error:0 in sensord[400000+1000]',
      { pid: 812, module: 'sensord[400000+1000]' },
    ],
    ['traps: sensord[812] trap invalid opcode ip:4011 sp:7ffd error:0', { command: 'sensord', pid: 812 }],
    [
      'sensord[812]: unhandled level 1 translation fault (11) at 0x00000010, esr 0x92000045, in sensord[400000+1000]',
      { pid: 812, address: '10', access: 'write', module: 'sensord[400000+1000]' },
    ],
    [
      'sensord[812]: unhandled exception: IABT (lower EL), ESR 0x0000000082000005, level 1 translation fault in sensord[aaaab0000000+1000]',
      { pid: 812, access: 'execute', module: 'sensord[aaaab0000000+1000]' },
    ],
    [
      'sensord: unhandled page fault (11) at 0x00000010, code 0x817',
      { command: 'sensord', address: '10', access: 'write' },
    ],
    [
      'sensord[812]: unhandled signal 11 code 0x1 at 0x0000000000000010 in sensord[10000+1000]',
      { pid: 812, address: '10', module: 'sensord[10000+1000]' },
    ],
    [
      'sensord[812]: segfault (11) at 10 nip 10000514 lr 10000500 code 1 in sensord[10000000+1000]',
      { pid: 812, address: '10' },
    ],
  ])('%s', async (line, expected) => {
    for (const [, prefix, sinceBoot] of PREFIXES) {
      const finding = await onlyFinding(`${prefix}${line}\n`);
      expect(finding).toMatchObject({ kind: 'segfault', message: line, ...expected });
      expect(finding.frames.map(({ symbol }) => symbol ?? '')).toEqual(/ ip[ :].* in /.test(line) ? [''] : []);
      expect(finding.sinceBoot).toBe(sinceBoot);
    }
  });

  it('has the bits of its error code', async () => {
    for (let code = 0; code < 32; code++) {
      const finding = await onlyFinding(`a[1]: segfault at 0 ip 0 sp 0 error ${code.toString(16)}\n`);
      const bits = finding.faultBits;
      const sum = bits && [bits.protection, bits.write, bits.user, bits.reserved, bits.instructionFetch];
      expect(sum?.reduce((before, bit, i) => before + (bit ? 2 ** i : 0), 0)).toBe(code);
    }
  });

  it('is read from what dmesg printed', async () => {
    for (const name of ['segfaults.txt', 'segfaults-T.txt']) {
      const findings = await findingsIn(readFileSync(`samples/kernel-log/${name}`, 'utf8'));
      expect(
        findings.map(({ access, address, command }) => [command, access, address?.replace(/\w{5,}/, '…')]),
      ).toEqual([
        ['segfaults', 'write', '10'],
        ['segfaults', 'read', '8'],
        ['segfaults', 'write', '…'],
        ['segfaults', 'execute', '…'],
        ['segfaults', undefined, undefined],
        ['segfaults', undefined, undefined],
      ]);
      expect(findings.every(({ sinceBoot }) => (sinceBoot === undefined) === name.includes('-T'))).toBe(true);
    }
  });
});

describe('a log of the kernel', () => {
  const SEGFAULT = '[   12.345678] sensord[812]: segfault at 10 ip 0000000000401136 sp 00007ffc0d5209f0 error 6\n';

  it('may stand in the middle of a snapshot, which goes on after it', async () => {
    const lines = processText(100).split('\n');
    const at = lines.findIndex((line) => line.startsWith('Pss:'));
    const report = KASAN.replace(/^/gm, '[   12.345678] ')
      .split('\n')
      .filter((line) => /BUG|Read of|Call|\+0x/.test(line));
    const broken = [...lines.slice(0, at), SEGFAULT.trimEnd(), ...report, ...lines.slice(at)].join('\n');
    const [whole, read] = [await readFile(processText(100)), await readFile(broken)];
    expect(read.snapshots.map(({ table }) => totalsOf(table))).toEqual(
      whole.snapshots.map(({ table }) => totalsOf(table)),
    );
    expect(read.captures.map(({ type }) => type).sort()).toEqual(['kernel', 'kernel', 'snapshot']);
    expect(read.problems).toEqual([...whole.problems]);
  });

  it('does not keep dates below it from dating the captures', async () => {
    const read = await readFile(`${SEGFAULT}1795395985\n${processText(100)}1795395986\n${SEGFAULT}${processText(200)}`);
    expect(read.snapshots.map(({ context }) => context.takenAt)).toEqual([1795395985000, 1795395986000]);
  });

  it('is read from among lines of others, which are ignored by rule', async () => {
    const noise = 'Nov 23 00:42:01 board systemd[1]: Started sensord.\n2026/11/23 07:13:57 executing program 2:\n';
    const { problems, files } = await readFile(noise + KASAN.replaceAll('\n', `\n${noise}`) + noise);
    expect(problems).toEqual([]);
    expect(files).toMatchObject([{ format: 'kernel-log', status: 'read' }]);
  });

  it.each([
    '==7==ERROR: AddressSanitizer: SEGV on unknown address 0x000000000010',
    'test.c:3:1: runtime error: signed integer overflow',
    'UBSAN: see the log',
    'KASAN: enabled',
    'kasan: KernelAddressSanitizer initialized',
    'I wrote "BUG: KASAN: slab-out-of-bounds in f+0x1/0x2" into the ticket',
    'sensord[812]: segfault in sensord',
    '[   12.345678] kmemleak: 3 new suspected memory leaks (see /sys/kernel/debug/kmemleak)',
    '[   12.345678] traps: PANIC: double fault, error_code: 0x0',
  ])('is not %s', (line) => {
    expect(kernelLog.recognizes(`${line}\n`)).toBe(false);
  });

  it('leaves a log of a sanitizer of user space alone', async () => {
    const text = readFileSync('samples/asan/segv.txt', 'utf8');
    expect((await readFile(text)).captures.map(({ type }) => type)).toEqual(['diagnosis']);
  });

  it('of any lines says something sound', async () => {
    const line = fc.oneof(
      fc.constantFrom(...KASAN.split('\n'), SEGFAULT.trimEnd(), 'unreferenced object 0xf (size 999999999999999):'),
      fc.string({ maxLength: 40 }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 20 }), async (lines) => {
        const { captures } = await readFile(lines.join('\n'));
        for (const capture of captures) {
          if (capture.type !== 'kernel') continue;
          for (const value of Object.values(capture.finding)) {
            if (typeof value === 'number') expect(Number.isSafeInteger(Math.round(value))).toBe(true);
          }
          expect(lines[capture.finding.origin.line - 1]).toContain(capture.finding.message);
        }
      }),
      { numRuns: 60 },
    );
  });
});
