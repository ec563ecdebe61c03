import { describe, expect, it } from 'vitest';
import { parseKernelFrame, parseProgramCounter } from '../../../src/ingest/formats/kernel-frame.js';
import type { KernelFinding } from '../../../src/model/kernel-finding.js';
import { readFile } from '../capture-tree.js';

async function onlyFinding(text: string): Promise<KernelFinding> {
  const { captures } = await readFile(text, 'dmesg.txt');
  const findings = captures.flatMap((capture) => (capture.type === 'kernel' ? [capture.finding] : []));
  expect(findings).toHaveLength(1);
  return findings[0] as KernelFinding;
}

const symbolsOf = ({ frames }: KernelFinding): unknown[] => frames.map(({ symbol }) => symbol);

describe('a frame of the kernel', () => {
  const symbol = 'sensor_poll+0x1a/0x90';
  it.each<[line: string, frame: object | 'unsure' | undefined]>([
    [symbol, { symbol }],
    [`[<ffffffff8347eb55>] ${symbol} drivers/sensor.c:12`, { file: 'drivers/sensor.c', line: 12 }],
    ['[<ffffffff8347eb55>] poll_one drivers/sensor.c:9 [inline]', { symbol: 'poll_one', line: 9 }],
    [`<IRQ>  [<ffffffff8347eb55>] ${symbol}`, { symbol, address: 'ffffffff8347eb55' }],
    [`<EOI>  [<ffffffff8347eb55>] ? ${symbol}`, 'unsure'],
    [`([<00000000001142c4>] ${symbol})`, { symbol, address: '00000000001142c4' }],
    [`[c00000000fe7b4d0] [c000000000d8f1f4] ${symbol} (unreliable)`, { symbol, address: 'c000000000d8f1f4' }],
    [`[c00000000fe7b4d0] [c000000000d8f1f4] ${symbol} [sensor]`, { symbol, module: 'sensor' }],
    [`#4 [<0x0000000000aa4266>] ${symbol}`, { symbol, address: '0000000000aa4266' }],
    [`${symbol} drivers/sensor.c:12 (discriminator 3)`, { symbol, file: 'drivers/sensor.c', line: 12 }],
    ['sensor_poll (drivers/sensor.c:12)', { symbol: 'sensor_poll', file: 'drivers/sensor.c', line: 12 }],
    ['sensor_poll (include/lock.h:3 drivers/sensor.c:12 (discriminator 2)) sensor', { line: 12, module: 'sensor' }],
    ['? sensor_poll (drivers/sensor.c:12)', 'unsure'],
    ['sensor_poll (??:?)', { symbol: 'sensor_poll' }],
    ['Hardware name: QEMU Standard PC (i440FX + PIIX, 1996)', undefined],
    ['flags: 0x10200(slab|head)', undefined],
    ['#4 [<0x0000000000aa4266>] 0x00007f2a8c591ea7', { address: '00007f2a8c591ea7' }],
    ['[<00000000f04a4041>] 0xffffffffc05e88b3', { address: 'ffffffffc05e88b3' }],
    ['[<ffffffffffffffff>] 0xffffffffffffffff', 'unsure'],
  ])('%s', (line, frame) => {
    if (typeof frame === 'object') expect(parseKernelFrame(line)).toMatchObject(frame);
    else expect(parseKernelFrame(line)).toBe(frame);
  });

  it.each([
    `RIP: 0010:${symbol}`,
    `RIP: 0010:[<ffffffff92af056e>]  [<ffffffff92af056e>] ${symbol} and more`,
    `pc : ${symbol} [sensor]`,
    `epc : ${symbol}`,
    `NIP [c000000000d8f1f4] ${symbol}`,
  ])('that was interrupted: %s', (line) => {
    expect(parseProgramCounter(line)).toMatchObject({ symbol });
  });
});

const HEAD =
  'BUG: KASAN: use-after-free in sensor_poll+0x1a/0x90\nRead of size 4 at addr ffff888012acfc20 by task sensord/812\n';

describe('the stack of a report', () => {
  it('begins with what was inlined into the function that went wrong', async () => {
    const finding = await onlyFinding(
      `${HEAD}Call Trace:\n kasan_report_error mm/kasan/report.c:351 [inline]\n kasan_report+0x1/0x2 mm/kasan/report.c:409\n` +
        ' read_one drivers/sensor.c:4 [inline]\n read_all drivers/sensor.c:9 [inline]\n sensor_poll+0x1a/0x90 drivers/sensor.c:12\n' +
        ' vfs_poll+0x1/0x2\n',
    );
    expect(symbolsOf(finding)).toEqual(['read_one', 'read_all', 'sensor_poll+0x1a/0x90', 'vfs_poll+0x1/0x2']);
  });

  it('is found where a script put the places in brackets', async () => {
    const finding = await onlyFinding(
      'BUG: KASAN: use-after-free in sensor_poll (drivers/sensor.c:12)\nRead of size 4 at addr ffff888012acfc20 by task sensord\n\n' +
        'Call Trace:\n<TASK>\ndump_stack_lvl (lib/dump_stack.c:107) \nkasan_report (mm/kasan/report.c:504) \n' +
        '? vfs_poll (fs/select.c:3) \nsensor_poll (drivers/sensor.c:12) \nvfs_poll (fs/select.c:88) \n',
    );
    expect(finding).toMatchObject({ access: 'read', size: 4, command: 'sensord' });
    expect(symbolsOf(finding)).toEqual(['sensor_poll', 'vfs_poll']);
  });

  it('ends where the program begins, and where another stack of the report does', async () => {
    const finding = await onlyFinding(
      'BUG: KMSAN: use of uninitialized memory in sensor_poll+0x1a/0x90\nCall Trace:\n sensor_poll+0x1a/0x90\n' +
        'RIP: 0033:0x4520a9\n junk+0x1/0x2\norigin description: ----req@sensor_ioctl\nlocal variable created at:\n sensor_ioctl+0x1/0x2\n',
    );
    expect(symbolsOf(finding)).toEqual(['sensor_poll+0x1a/0x90']);
  });

  it('of a race is that of the access that is told first, even where no blank line parts them', async () => {
    const finding = await onlyFinding(
      'BUG: KCSAN: data-race in sensor_poll / sensor_tick\nwrite to 0xffff888012acfc20 of 4 bytes by task 812 on cpu 1:\n' +
        ' sensor_poll+0x1a/0x90\nread to 0xffff888012acfc20 of 4 bytes by interrupt on cpu 0:\n sensor_tick+0x1/0x2\n',
    );
    expect(finding).toMatchObject({ access: 'write', pid: 812 });
    expect(symbolsOf(finding)).toEqual(['sensor_poll+0x1a/0x90']);
  });

  it('ends at a blank line, where a mail quotes it', async () => {
    const quoted =
      '> | BUG: KCSAN: assert: race in sensor_poll / sensor_tick\n> |\n> | assert no writes to 0xffff888012acfc20 of 4 bytes by task 812 on cpu 1:\n' +
      '> |  sensor_poll+0x1a/0x90\n> |\n> |  sensor_tick+0x1/0x2\n';
    const finding = await onlyFinding(quoted);
    expect(finding).toMatchObject({ pid: 812, size: 4 });
    expect(symbolsOf(finding)).toEqual(['sensor_poll+0x1a/0x90']);
  });

  it('of an unreferenced object begins with the first frame, even where another has no name', async () => {
    const finding = await onlyFinding(
      'unreferenced object 0xffff8881a20fbf80 (size 64):\n  comm "sensord", pid 812, jiffies 4304631753\n  backtrace (crc 0):\n' +
        '    sensor_open+0x1a/0x90\n    0xffffffffc11de07f\n    vfs_open+0x1/0x2\n',
    );
    expect(symbolsOf(finding)).toEqual(['sensor_open+0x1a/0x90', undefined, 'vfs_open+0x1/0x2']);
  });

  it("goes on behind another program's blank lines", async () => {
    const stamped = `${HEAD}Call Trace:\n sensor_poll+0x1a/0x90\n vfs_poll+0x1/0x2\n`.replace(
      /^(?=.)/gm,
      '[   12.345678] ',
    );
    const finding = await onlyFinding(stamped.replace(/(?=\[.{14} vfs)/, 'executing program 3:\ngetpid()\n\n'));
    expect(symbolsOf(finding)).toEqual(['sensor_poll+0x1a/0x90', 'vfs_poll+0x1/0x2']);
  });

  it("stands below SLUB's own words on the object before Linux 4.11, and behind the integer check's helpers", async () => {
    const finding = await onlyFinding(
      `BUG: KASan: use after free in sensor_poll+0x1a/0x90 at addr ffff8800bb0d8000\nRead of size 4 by task cat/812\n${'='.repeat(77)}\n` +
        'BUG kmalloc-64 (Not tainted): kasan: bad access detected\nINFO: Allocated in sensor_open+0x55/0x88 age=20 cpu=0 pid=1\n' +
        '\tsensor_open+0x55/0x88\nCall Trace:\n [<ffffffff81d91150>] kasan_report_error+0x12/0x90\n [<ffffffff81d91159>] sensor_poll+0x1a/0x90\n',
    );
    expect(finding).toMatchObject({ kind: 'kasan', address: 'ffff8800bb0d8000', command: 'cat', pid: 812 });
    expect(symbolsOf(finding)).toEqual(['sensor_poll+0x1a/0x90']);
    const overflow = await onlyFinding(
      'UBSAN: Undefined behaviour in drivers/sensor.c:12:3\nCall Trace:\n <IRQ>  [<ffffffff81d91149>] dump_stack+0x1/0x2\n' +
        ' [<ffffffff81d91150>] handle_overflow+0x1/0x2\n [<ffffffff81d91151>] __ubsan_handle_add_overflow+0x1/0x2\n' +
        ' <EOI>  [<ffffffff81d91159>] sensor_scale+0x1/0x2\n',
    );
    expect(symbolsOf(overflow)).toEqual(['sensor_scale+0x1/0x2']);
  });
});

describe('the first line of a report', () => {
  it.each([
    ['GPF could be caused by NULL-ptr deref or user memory access', 'kasan'],
    ['BUG: Double free or freeing an invalid pointer', 'kasan'],
    ['Internal error: UBSAN: array index out of bounds: 00000000f2005512 [#1] PREEMPT SMP', 'ubsan'],
  ])('may be %s', async (line, kind) => {
    expect(await onlyFinding(`${line}\nCPU: 0 PID: 9 Comm: sh Not tainted 6.1.0 #1\n`)).toMatchObject({ kind, pid: 9 });
  });

  it('is repeated for each function inlined there', async () => {
    const headline = (place: string): string => `BUG: KASAN: user-memory-access in ${place}\n`;
    const finding = await onlyFinding(
      `${headline('read_one drivers/sensor.c:4 [inline]')}${headline('read_all drivers/sensor.c:9 [inline]')}` +
        `${headline('sensor_poll+0x1a/0x90 drivers/sensor.c:12')}Read of size 4 at addr 50c0 by task sensord/812\n\nCall Trace:\n` +
        ' read_one drivers/sensor.c:4 [inline]\n read_all drivers/sensor.c:9 [inline]\n sensor_poll+0x1a/0x90 drivers/sensor.c:12\n',
    );
    expect(finding).toMatchObject({ command: 'sensord', origin: { line: 1 } });
    expect(finding.message).toContain('sensor_poll+0x1a/0x90');
    expect(symbolsOf(finding)).toEqual(['read_one', 'read_all', 'sensor_poll+0x1a/0x90']);
  });

  it('may be of memory that something wrote to before', async () => {
    const corrupted = (words: string): Promise<KernelFinding> =>
      onlyFinding(
        `BUG: KFENCE: memory corruption in sensor_poll+0x1a/0x90\n\n${words} 0xffffffffb6797ff9 [ 0xac . . ]:\n`,
      );
    expect(await corrupted('Corrupted memory at')).toMatchObject({ address: 'ffffffffb6797ff9' });
    expect(await corrupted('Detected corrupted memory at')).toMatchObject({ address: 'ffffffffb6797ff9' });
  });

  it('may be of an access whose address the kernel hides', async () => {
    const text =
      'BUG: KFENCE: invalid read in sensor_poll+0x1a/0x90\n\nInvalid read at 0x(ptrval):\n sensor_poll+0x1a/0x90\n';
    const finding = await onlyFinding(text);
    expect(finding.access).toBe('read');
    expect(finding).not.toHaveProperty('address');
  });
});
