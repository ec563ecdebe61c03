import { describe, expect, it } from 'vitest';
import { readFile } from './capture-tree.js';
import { processText } from './smaps-text.js';

const SMAPS = processText(100);
const AT = Date.UTC(2026, 10, 23, 1, 6, 25);

/** The totals of each snapshot, and which of them are cut. */
async function snapshotsIn(text: string | Buffer): Promise<unknown[]> {
  const { snapshots } = await readFile(text);
  return snapshots.map(({ table, truncated }) => [
    table.count,
    [...table.counters].map(([name, column]) => [name, [...column.subarray(0, table.count)]]),
    truncated,
  ]);
}

describe('a capture from a console', () => {
  it("with the kernel's lines in the middle of a VMA is whole, and so is what they say", async () => {
    const fault =
      '[ 4314.629327] sensord[812]: segfault at 10 ip 00000000004011a2 sp 00007fffbca0c210 error 6 in sensord[401000+1000]\n';
    const text = SMAPS.replace('Rss:', `${fault}Rss:`).replace('Swap:', '[ 4315.000001] usb 1-1: new device\nSwap:');
    expect(text.split('\n').length).toBe(SMAPS.split('\n').length + 2);
    expect(await snapshotsIn(text)).toEqual(await snapshotsIn(SMAPS));
    const { captures } = await readFile(text);
    expect(captures.filter(({ type }) => type === 'kernel')).toMatchObject([{ finding: { kind: 'segfault' } }]);
  });

  it('with NULs between and inside its lines is read without them', async () => {
    const withNuls = SMAPS.replaceAll('\n', '\0\n').replaceAll(' kB', '\0 kB').replace(/^/, '\0\0\0');
    expect(withNuls.length).toBeGreaterThan(SMAPS.length + 20);
    expect(await snapshotsIn(withNuls)).toEqual(await snapshotsIn(SMAPS));
  });

  it('whose lines end with carriage returns alone is read, as is one with two before the line feed', async () => {
    expect(await snapshotsIn(SMAPS.replaceAll('\n', '\r'))).toEqual(await snapshotsIn(SMAPS));
    expect(await snapshotsIn(SMAPS.replaceAll('\n', '\r\r\n'))).toEqual(await snapshotsIn(SMAPS));
  });

  it('that script recorded tells pid and time by what was typed', async () => {
    const typescript =
      `Script started on 2026-11-23 01:00:00+00:00 [TERM="xterm-256color" TTY="/dev/pts/0" COLUMNS="80" LINES="24"]
\x1b[?2004hroot@imx6ull:~# date
\x1b[?2004l\rMon Nov 23 01:06:25 UTC 2026
\x1b[?2004hroot@imx6ull:~# cat /proc/812/smaps
\x1b[?2004l\r${SMAPS}\x1b[?2004hroot@imx6ull:~# exit

Script done on 2026-11-23 01:07:00+00:00 [COMMAND_EXIT_CODE="0"]
`.replaceAll('\n', '\r\n');
    expect(await snapshotsIn(typescript)).toEqual(await snapshotsIn(SMAPS));
    const { snapshots } = await readFile(typescript);
    expect(snapshots.map(({ context }) => [context.pid, context.takenAt])).toEqual([[812, AT]]);
  });

  it('with the vsyscall area, beyond what is exact, has its addresses to the page', async () => {
    const vsyscall = SMAPS.slice(0, SMAPS.indexOf('\n', SMAPS.indexOf('VmFlags')) + 1).replace(
      /^\S+ \S+ \S+ \S+ \S+[^\n]*/,
      'ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0                  [vsyscall]',
    );
    const { snapshots, problems } = await readFile(SMAPS + vsyscall);
    const table = snapshots[0]?.table;
    const last = (table?.count ?? 0) - 1;
    expect(snapshots).toHaveLength(1);
    expect([table?.start[last], table?.end[last]]).toEqual([Number(0xffffffffff600000n), Number(0xffffffffff601000n)]);
    expect(problems.filter(({ code }) => code === 'inverted-range' || code === 'overlapping-vmas')).toEqual([]);
  });
});

describe('a tombstone', () => {
  const tombstone = (message: string): string => `*** *** *** *** *** *** *** *** *** *** *** *** *** *** *** ***
Build fingerprint: 'example/board/board:14/UP1A/1:userdebug/test-keys'
pid: 812, tid: 812, name: sensord  >>> /system/bin/sensord <<<
signal 6 (SIGABRT), code -1 (SI_QUEUE), fault addr --------
Abort message: '${message}'
    x0  0000000000000000  x1  0000000000000333

backtrace:
      #00 pc 000000000005a1c0  /apex/com.android.runtime/lib64/bionic/libc.so (abort+164)
`;

  it.each([
    ['==812==ERROR: HWAddressSanitizer: tag-mismatch on address 0x0042a0807af0 at pc 0x007b23b8786c', 'hwasan'],
    [
      '==812==ERROR: AddressSanitizer: heap-use-after-free on address 0x60b0000000f5 at pc 0x55 bp 0x7f sp 0x7e',
      'asan',
    ],
  ])('whose abort message is %s', async (message, tool) => {
    const { captures } = await readFile(tombstone(message));
    expect(captures).toMatchObject([{ type: 'diagnosis', context: { pid: 812 }, errors: [{ tool }] }]);
  });

  it('of scudo, which names no leak and no stack of its own, says nothing', async () => {
    const { captures, files } = await readFile(
      tombstone('Scudo ERROR: corrupted chunk header at address 0x200007b23b8786c'),
    );
    expect(captures).toEqual([]);
    expect(files).toMatchObject([{ status: 'ignored' }]);
  });
});
