import { describe, expect, it } from 'vitest';
import { sectionHeaderOf } from '../../src/ingest/section-header.js';
import { cpuTime } from '../cpu-time.js';

const AT = Date.UTC(2026, 10, 23, 1, 6, 25);

describe('sectionHeaderOf', () => {
  it.each([
    ['Mon Nov 23 01:06:25 UTC 2026', { takenAt: AT }],
    ['Date: Mon Nov 23 01:06:25 UTC 2026', { takenAt: AT }],
    ['2026-11-23T01:06:25Z', { takenAt: AT }],
    ['  2026-11-23 01:06:25  ', { takenAt: AT }],
    ['1795395985', { takenAt: AT }],
    ['[1795395985.12]', { takenAt: AT + 120 }],
    ['sample 3: 1795395985', { takenAt: AT }],
    ['timestamp=1795395985', { takenAt: AT }],
    ['# 2026-11-23T01:06:25Z', { takenAt: AT }],
    ['### sample 3 2026-11-23 01:06:25 ###', { takenAt: AT }],
    ['==> /proc/2/smaps <==', { path: '/proc/2/smaps', pid: 2 }],
    ['==> board-7/812/smaps <==', { path: 'board-7/812/smaps' }],
    ['==== 2026-11-23 01:06:25 pid=2 ====', { takenAt: AT, pid: 2 }],
    ['=== 1795395985 pid: 812 comm=sensord ===', { takenAt: AT, pid: 812, command: 'sensord' }],
    ['--- /proc/2/smaps ---', { path: '/proc/2/smaps', pid: 2 }],
    ['*** /proc/2/status ***', { path: '/proc/2/status', pid: 2 }],
    ['>>> cat /proc/2/smaps', { path: '/proc/2/smaps', pid: 2 }],
    ['root@imx6ull:~# cat /proc/2/smaps', { path: '/proc/2/smaps', pid: 2 }],
    ['/ # cat /proc/2/smaps', { path: '/proc/2/smaps', pid: 2 }],
    ['$ adb shell cat /proc/2/smaps', { path: '/proc/2/smaps', pid: 2 }],
    ['+ cat /proc/2/smaps', { path: '/proc/2/smaps', pid: 2 }],
    ['# sudo cat /proc/812/smaps', { path: '/proc/812/smaps', pid: 812 }],
    ['$ adb -s emulator-5554 shell cat /proc/812/smaps', { pid: 812, device: 'emulator-5554' }],
    ['$ ssh root@board-7 cat /proc/812/smaps', { pid: 812, device: 'board-7' }],
    ['$ docker exec -it web cat /proc/1/smaps', { pid: 1, device: 'web' }],
    ['$ kubectl exec -it web-0 -- cat /proc/1/smaps', { pid: 1, device: 'web-0' }],
    ['> adb shell dumpsys meminfo com.example.app -d', { command: 'com.example.app' }],
    ['root@board-7:~# pmap -x 812', { pid: 812 }],
    ['# pmap -d 1', { pid: 1 }],
    ['Every 2.0s: cat /proc/812/smaps_rollup     board-7: Mon Nov 23 01:06:25 2026', { takenAt: AT, pid: 812 }],
    ['PID 812', { pid: 812 }],
    ['pid: 812', { pid: 812 }],
    ['pid=812 cmd=sensord', { pid: 812, command: 'sensord' }],
    ['--- Process 812 (sensord) ---', { pid: 812, command: 'sensord' }],
    ['------ SMAPS (cat /proc/812/smaps) ------', { path: '/proc/812/smaps', pid: 812 }],
  ])('reads %s', (line, header) => {
    expect(sectionHeaderOf(line)).toMatchObject(header);
  });

  it.each([
    ['valgrind', '==123== HEAP SUMMARY:'],
    ['valgrind with a path', '==123== Command: /opt/demo/leak-example'],
    ['valgrind with a time', '==00:00:00:01.123 123== Memcheck, a memory error detector'],
    ['valgrind to xml', '--123-- Reading syms from /usr/lib/libc.so'],
    ['the rule of ASan', '================================================================='],
    ['ASan', '==7==ERROR: AddressSanitizer: heap-use-after-free on address 0x602000000010'],
    ['a stack frame', '#0 0x55d0c1 in main /opt/demo/use-after-free.c:34'],
    ['a stack frame with its module', '#1 0x7f36 in __libc_start_main (/usr/lib/libc.so.6+0x2724a)'],
    ['a title of a bug report', '------ MEMORY INFO ------'],
    ['a title with a command', '------ SYSTEM LOG (logcat -v threadtime -d) ------'],
    ['a heading', '# Captures of last night'],
    ['a kernel message', '[ 1180.040713] usb 1-1: new high-speed USB device number 3 using ci_hdrc'],
    ['a log line with a time', '2026-11-23 01:06:25 sensord started with 3 workers'],
    ['a line of status', 'Pid:\t812'],
    ['a log line of a process', 'Process 812 exited'],
    ['a header of smem', 'PID User     Command'],
    ['a day alone', '2026-11-23'],
    ['a header of smaps', '559329443000-559329444000 r--p 00000000 fe:00 2360825   /opt/demo/leak-example'],
    ['a field of smaps', 'Rss:                2272 kB'],
    ['a row of smem', '  812 root     sensord                    0     1204     1260     2272'],
    ['a row of statm', '1795395985 784 568 363 1 0 254 0'],
    ['a line of nothing', ''],
    ['a line too long', `==> ${'a/'.repeat(300)}smaps <==`],
  ])('takes %s for no header', (_, line) => {
    expect(sectionHeaderOf(line)).toBeUndefined();
  });

  it('reads hostile lines in no time', () => {
    const lines = [
      `1763858524 ${'t  '.repeat(17)}!`,
      `1763858524 ${'t '.repeat(26)}`.slice(0, 63),
      `a@${'a'.repeat(508)}`,
      `${'-'.repeat(511)}x`,
      `==== ${'- '.repeat(250)}`,
      `--- ${'a/'.repeat(250)}`,
      '# '.repeat(255),
      `$ ${'sudo '.repeat(100)}`,
      `${'-'.repeat(10)}pid 8${' '.repeat(200)}(${'a'.repeat(64)}${'-'.repeat(200)}a`,
    ];
    const time = cpuTime(() => {
      for (let i = 0; i < 100; i++) for (const line of lines) sectionHeaderOf(line);
    });
    expect(time).toBeLessThan(2000);
  });
});
