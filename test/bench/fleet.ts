import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Chance, chanceOf } from '../verdicts/chance.js';
import { scenarios } from '../verdicts/scenarios/index.js';
import { SmapsText } from '../verdicts/smaps-text.js';
import { traceOf, writeTrace } from '../verdicts/trace.js';
import { KIB, MIB, PAGE, type Vma, vmaOf } from '../verdicts/vma.js';

const SAMPLES = 100;
/** One program in so many does something; what, goes round all scenarios. The others lie flat but for a little noise. */
const BUSY = 10;

/** Writes the smaps of `programs` programs, each a device of its own with 100 samples, below `folder`. */
export function writeFleet(folder: string, programs: number): void {
  const flat = scenarios.find(({ name }) => name === 'flat');
  const others = scenarios.filter((scenario) => scenario !== flat);
  for (let program = 0; program < programs; program++) {
    const scenario = program % BUSY === 0 ? others[(program / BUSY) % others.length] : flat;
    if (!scenario) throw new Error('expected a flat scenario among others');
    writeTrace(deviceFolder(folder, program), traceOf(scenario, SAMPLES, program));
  }
}

/** Whether a program of a device leaks. */
export type Leaking = (device: number, command: string) => boolean;

const CAMERAS = [100, 500];

/** Three programs in all, of which two show the same leak. */
export const THREE_LEAK: Leaking = (device, command) => command === 'camerad' || (command === 'netd' && device === 800);

const COMMANDS = ['sensord', 'netd', 'logd', 'updated'];
const NIGHT_SAMPLES = 20;
const NIGHT = Date.UTC(2026, 0, 31, 21);
const INTERVAL = 30 * 60_000;

/**
 * Writes a night of `devices` devices below `folder`: each with the smaps of five small processes, 20 samples of each,
 * 220 kB in all. Two devices have a camera, and a log of memcheck from a bench tells where its program loses memory.
 */
export function writeNight(folder: string, devices: number, leaks: Leaking = THREE_LEAK): void {
  for (let device = 0; device < devices; device++) {
    const own = deviceFolder(folder, device);
    for (const [index, command] of [...COMMANDS, CAMERAS.includes(device) ? 'camerad' : 'uid'].entries()) {
      const log = nightOf(chanceOf(device * 10 + index), command, leaks(device, command));
      writeFileSync(join(own, `smaps_${command}_${300 + 10 * index}.log`), log, 'latin1');
    }
  }
  const bench = join(folder, 'bench');
  mkdirSync(bench, { recursive: true });
  writeFileSync(join(bench, 'valgrind.4711.log'), LOSS);
}

function nightOf(chance: Chance, command: string, leaks: boolean): string {
  const text = new SmapsText('6.1');
  const vmasOf = processOf(chance, command);
  const level = chance.whole(30, 2000) * PAGE;
  const step = leaks ? chance.whole(20, 60) * PAGE : 0;
  return Array.from({ length: NIGHT_SAMPLES }, (_, sample) => {
    const heap = level + sample * step + chance.whole(0, 2) * PAGE;
    return `${new Date(NIGHT + sample * INTERVAL).toISOString()}\n${text.of(vmasOf(heap))}`;
  }).join('');
}

/** The VMAs of a static program whose heap holds as much. */
function processOf(chance: Chance, command: string): (heap: number) => Vma[] {
  const image = 0x5500_0000_0000 + chance.whole(0, 0xff_ffff) * PAGE;
  const file = { device: 'fe:00', inode: 1000 + chance.whole(0, 1000), pathname: `/usr/bin/${command}`, sharers: 1 };
  const end = image + 8 * MIB;
  const code = vmaOf({
    ...{ ...file, start: image, end: image + 200 * KIB, permissions: 'r-xp', flags: 'rd ex mr mw me' },
    privateClean: 160 * KIB,
  });
  const stack = vmaOf({
    ...{ start: 0x7ffc_0000_0000, end: 0x7ffc_0000_0000 + 132 * KIB, permissions: 'rw-p', pathname: '[stack]' },
    ...{ privateDirty: 12 * KIB, anonymous: 12 * KIB, flags: 'rd wr mr mw me gd ac' },
  });
  return (heap) => [
    code,
    vmaOf({
      ...{ start: end, end: end + heap + 132 * KIB, permissions: 'rw-p', pathname: '[heap]' },
      ...{ privateDirty: heap, anonymous: heap, flags: 'rd wr mr mw me ac' },
    }),
    stack,
  ];
}

function deviceFolder(folder: string, device: number): string {
  const own = join(folder, `board-${String(device).padStart(4, '0')}`);
  mkdirSync(own, { recursive: true });
  return own;
}

const LOSS = [
  'Memcheck, a memory error detector',
  "Copyright (C) 2002-2022, and GNU GPL'd, by Julian Seward et al.",
  'Using Valgrind-3.19.0 and LibVEX; rerun with -h for copyright info',
  'Command: /usr/bin/camerad',
  'Parent PID: 4700',
  '',
  '',
  'HEAP SUMMARY:',
  '    in use at exit: 81,920 bytes in 20 blocks',
  '  total heap usage: 30 allocs, 10 frees, 91,920 bytes allocated',
  '',
  '81,920 bytes in 20 blocks are definitely lost in loss record 1 of 1',
  '   at 0x4848899: malloc (in /usr/libexec/valgrind/vgpreload_memcheck-amd64-linux.so)',
  '   by 0x10915E: keep_sample (camerad.c:41)',
  '   by 0x109180: main (camerad.c:77)',
  '',
  'LEAK SUMMARY:',
  '   definitely lost: 81,920 bytes in 20 blocks',
  '   indirectly lost: 0 bytes in 0 blocks',
  '     possibly lost: 0 bytes in 0 blocks',
  '   still reachable: 0 bytes in 0 blocks',
  '        suppressed: 0 bytes in 0 blocks',
  '',
  'ERROR SUMMARY: 1 errors from 1 contexts (suppressed: 0 from 0)',
]
  .map((line) => `==4711== ${line}\n`)
  .join('');
