import type { Analysis, LeakReport, ProgramReport, TimelineReport, VmaReport } from '../../src/model/analysis.js';
import type { StackFrame } from '../../src/model/leaks.js';
import type { Sample } from '../../src/model/memory.js';
import type { Verdict } from '../../src/model/verdict.js';

const KIB = 1024;
const MIB = 1024 * KIB;
const HOUR = 3_600_000;
export const START = Date.UTC(2026, 0, 31, 21, 0, 0);

export const HOSTILE = '<script>alert(1)</script>"\'&`\u202e\u0007{{x}}';

/** An analysis of nothing. */
export function emptyAnalysis(): Analysis {
  return {
    schemaVersion: 1,
    memreport: '0.1.0',
    captures: [],
    files: [],
    programs: [],
    leaks: [],
    errors: [],
    sharing: [],
    kernelFindings: [],
    devices: [],
    verdicts: [],
    problems: [],
  };
}

/** A leaking daemon, a sawtooth that is clean, one that could not be told, a lab log and a hostile name. */
export function fixtureAnalysis(): Analysis {
  return {
    ...emptyAnalysis(),
    captures: ['captures/night-31'],
    period: { from: START, to: START + 25 * HOUR },
    files: [
      { path: 'board-7/20260131T210000Z/812/smaps', format: 'smaps', status: 'read', bytes: 41_200, snapshots: 1 },
      { path: 'board-7/20260201T220000Z/812/smaps', format: 'smaps', status: 'partial', bytes: 40_100, snapshots: 1 },
      { path: 'lab/valgrind.4711.log', format: 'memcheck', status: 'read', bytes: 5_300, snapshots: 0 },
      { path: 'lab/asan.log.4712', format: 'asan', status: 'read', bytes: 3_111, snapshots: 0 },
      { path: `notes/${HOSTILE}.txt`, format: '', status: 'ignored', bytes: 12, snapshots: 0 },
    ],
    programs: [sensord(), sawtooth(), briefd(), hostile()],
    leaks: [memcheckLeak(), lsanLeak(), possibleLeak()],
    errors: [
      {
        device: 'board-7',
        command: 'sensord',
        tool: 'asan',
        kind: 'heap-use-after-free',
        message: 'AddressSanitizer: heap-use-after-free on address 0x602000000010 at pc 0x4f1a2b bp 0x7ffc sp 0x7ffb',
        address: '602000000010',
        access: 'read',
        size: 4,
        fingerprint: '00c0ffee00c0ffee',
        frames: [
          { symbol: 'read_sample', file: 'sensor.c', line: 41, address: '4f1a2b' },
          { symbol: 'main', file: 'main.c', line: 12, address: '4f1111' },
        ],
        related: [
          {
            title: 'freed by thread T0 here:',
            frames: [{ symbol: 'free' }, { symbol: 'drop_sample', file: 'sensor.c', line: 30 }],
          },
          {
            title: 'previously allocated by thread T0 here:',
            frames: [{ symbol: 'malloc' }, { symbol: 'new_sample', file: 'sensor.c', line: 18 }],
          },
        ],
        origins: [{ file: 'lab/asan.log.4712', line: 2 }],
        witness: 'lab',
      },
    ],
    sharing: [
      {
        device: 'board-7',
        pathname: '/usr/lib/libdemo.so.1',
        takenAt: START,
        size: 612 * KIB,
        rss: 1_224 * KIB,
        pss: 612 * KIB,
        sharers: 2,
        pids: [812, 813],
      },
    ],
    verdicts: verdicts(),
    problems: [
      {
        severity: 'error',
        code: 'truncated-capture',
        message: 'expected the rest of a VMA, found the end of the file',
        file: 'board-7/20260201T220000Z/812/smaps',
        line: 402,
      },
      {
        severity: 'warning',
        code: 'unexplained-lines',
        message: `expected a counter, found "${HOSTILE}"`,
        file: `notes/${HOSTILE}.txt`,
        line: 1,
      },
    ],
  };
}

/** Many programs of one device, for the limits. */
export function wideAnalysis(programs: number, vmas: number): Analysis {
  const commands = Array.from({ length: programs }, (_, index) => `daemon-${index + 1}`);
  return {
    ...emptyAnalysis(),
    captures: ['wide'],
    programs: commands.map((command) => ({
      device: 'board-7',
      command,
      timelines: [risingTimeline(100, 26, 64 * KIB)],
      mappings: [],
      vmas: manyVmas(vmas),
      summaries: [],
    })),
    verdicts: commands.map((command, index) => ({
      ...noWord('board-7', command),
      label: index % 2 === 0 ? 'leak' : 'clean',
      growth: 25 * 64 * KIB,
      ratePerHour: 64 * KIB,
    })),
  };
}

export function risingTimeline(pid: number, samples: number, step: number): TimelineReport {
  return {
    pid,
    samples: Array.from({ length: samples }, (_, index) =>
      sampleAt(index, 3 * MIB + index * step + ((index * 7) % 5) * 4 * KIB),
    ),
    trend: { measure: 'private', from: 3 * MIB, to: 3 * MIB + (samples - 1) * step, ratePerHour: step },
  };
}

function sampleAt(hour: number, uss: number): Sample {
  return {
    takenAt: START + hour * HOUR,
    vss: 412 * MIB + Math.floor(uss / MIB) * MIB,
    rss: uss + 1_900 * KIB,
    pss: uss + 700 * KIB,
    uss,
    swap: 0,
    privateDirty: uss - 400 * KIB,
    vmaCount: 63,
  };
}

function sensord(): ProgramReport {
  return {
    device: 'board-7',
    command: 'sensord',
    timelines: [risingTimeline(812, 26, 148 * KIB)],
    mappings: [
      { label: '[heap]', kind: 'heap', growth: 3_560 * KIB, ratePerHour: 142 * KIB, privateBytes: 5_200 * KIB },
      { label: '[anonymous]', kind: 'anonymous', growth: 140 * KIB, ratePerHour: 5.6 * KIB, privateBytes: 900 * KIB },
      { label: '/usr/lib/libdemo.so.1', kind: 'file', growth: 0, ratePerHour: 0, privateBytes: 12 * KIB },
      { label: '/dev/shm/ring', kind: 'shared-memory', growth: -64 * KIB, ratePerHour: -2.5 * KIB, privateBytes: 0 },
    ],
    vmaOrigin: { file: 'board-7/20260201T220000Z/812/smaps', line: 1 },
    vmas: [
      vma('00400000', '00452000', 'r-xp', '/opt/demo/bin/sensord', 'file', 328 * KIB, 300 * KIB, 0),
      vma('00651000', '00652000', 'rw-p', '/opt/demo/bin/sensord', 'file', 4 * KIB, 4 * KIB, 4 * KIB),
      {
        ...vma('01b3c000', '02071000', 'rw-p', '[heap]', 'heap', 5_332 * KIB, 5_200 * KIB, 5_200 * KIB),
        growth: 3_560 * KIB,
      },
      vma('7f21a4000000', '7f21a4021000', 'rw-p', '', 'anonymous', 132 * KIB, 8 * KIB, 8 * KIB),
      vma('7f21a8000000', '7f21a8099000', 'r-xp', '/usr/lib/libdemo.so.1', 'file', 612 * KIB, 600 * KIB, 0),
      { start: '7ffd1c000000', end: '7ffd1c021000', permissions: 'rw-p', pathname: '[stack]', kind: 'stack' },
    ],
    summaries: [
      {
        tool: 'memcheck',
        pid: 4711,
        definite: { bytes: 3_392, blocks: 53 },
        indirect: { bytes: 0, blocks: 0 },
        possible: { bytes: 128, blocks: 2 },
        reachable: { bytes: 1_024, blocks: 1 },
        errors: 2,
        contexts: 2,
        origin: { file: 'lab/valgrind.4711.log', line: 60 },
        witness: 'lab',
      },
    ],
  };
}

function sawtooth(): ProgramReport {
  const samples = Array.from({ length: 26 }, (_, index) => sampleAt(index, 2 * MIB + (index % 5) * 300 * KIB));
  return {
    device: 'board-7',
    command: 'cached',
    timelines: [{ pid: 90, samples }],
    mappings: [],
    vmas: [],
    summaries: [],
  };
}

function briefd(): ProgramReport {
  return {
    device: 'board-8',
    command: 'briefd',
    timelines: [{ pid: 33, samples: [sampleAt(0, MIB), sampleAt(1, MIB + 8 * KIB)] }],
    mappings: [],
    vmas: [],
    summaries: [],
  };
}

function hostile(): ProgramReport {
  return {
    device: HOSTILE,
    command: HOSTILE,
    timelines: [
      {
        samples: [
          { vss: 8 * MIB, rss: MIB },
          { vss: 8 * MIB, rss: MIB + 64 * KIB },
          { vss: 8 * MIB, rss: 1.2 * MIB },
        ],
      },
    ],
    mappings: [{ label: HOSTILE, kind: 'file', growth: 4 * KIB, privateBytes: 8 * KIB }],
    vmas: [vma('00008000', '00009000', 'r-xp', HOSTILE, 'file', 4 * KIB, 4 * KIB, 0)],
    summaries: [],
  };
}

const STACK: StackFrame[] = [
  { symbol: 'malloc', module: '/usr/libexec/valgrind/vgpreload_memcheck-amd64-linux.so', address: '4848899' },
  { symbol: 'make_node', file: 'leak-example.c', line: 6, address: '1091a4' },
  { symbol: 'std::map<int, std::less<int>>::insert(int const&)', file: 'list.cc', line: 18, address: '1091c1' },
  { symbol: 'main', file: 'leak-example.c', line: 31, address: '109210' },
];

function memcheckLeak(): LeakReport {
  return {
    device: 'board-7',
    command: 'sensord',
    tool: 'memcheck',
    kind: 'definite',
    bytes: 3_392,
    blocks: 53,
    indirectBytes: 576,
    fingerprint: '1234567890abcdef',
    frames: STACK,
    origins: [{ file: 'lab/valgrind.4711.log', line: 44 }],
    witness: 'lab',
  };
}

function lsanLeak(): LeakReport {
  return {
    ...memcheckLeak(),
    tool: 'lsan',
    bytes: 3_328,
    blocks: 52,
    frames: STACK.slice(1),
    origins: [{ file: 'lab/asan.log.4712', line: 30 }],
  };
}

function possibleLeak(): LeakReport {
  return {
    device: 'board-7',
    command: 'sensord',
    tool: 'memcheck',
    kind: 'possible',
    bytes: 128,
    blocks: 2,
    fingerprint: 'fedcba0987654321',
    frames: [{ symbol: 'calloc' }, { module: '/usr/lib/libdemo.so.1', address: '52a1b2c' }],
    origins: [{ file: 'lab/valgrind.4711.log', line: 30 }],
    witness: 'lab',
  };
}

function verdicts(): Verdict[] {
  return [
    {
      ...noWord('board-7', 'cached'),
      label: 'clean',
      growth: 0,
      ratePerHour: 0,
      objections: [{ rule: 'returns', statement: 'memory comes back to its low 5 times', origins: [] }],
    },
    {
      ...noWord('board-7', 'sensord'),
      label: 'leak',
      pid: 812,
      growth: 3_700 * KIB,
      ratePerHour: 148 * KIB,
      rateInterval: [146.2 * KIB, 149.9 * KIB],
      pValue: 0.0000012,
      where: '[heap]',
      explainedBy: [{ fingerprint: '1234567890abcdef', share: 0.98, basis: 'rate' }],
      cause: {
        sites: [
          {
            fingerprint: '1234567890abcdef',
            share: 0.98,
            basis: 'rate',
            agreements: [
              {
                statement: 'under memcheck it keeps 145 KiB per hour here; it is <b>bold</b>',
                origins: [{ file: 'lab/valgrind.4711.log', line: 44 }],
              },
            ],
            conflicts: [],
          },
          { fingerprint: 'fedcba0987654321', agreements: [], conflicts: [{ statement: 'too small', origins: [] }] },
        ],
        unexplained: 0.02,
        conflicts: [{ statement: 'memcheck lost less than grew', origins: [] }],
        elsewhere: { statement: 'it grows on 2 of 3 devices', origins: [] },
      },
      grounds: [
        {
          rule: 'settled-usage',
          statement: 'private memory grew at 25 of 25 steps and never came back',
          origins: Array.from({ length: 26 }, (_, index) => ({
            file: `board-7/${20260131 + index}/812/smaps`,
            line: 1,
          })),
        },
        {
          rule: 'definite-loss',
          statement: 'memcheck lost 3,392 bytes in 53 blocks',
          origins: [{ file: 'lab/valgrind.4711.log', line: 44 }],
        },
      ],
      objections: [{ rule: 'lab-witness', statement: 'the log comes from another device (lab)', origins: [] }],
      defects: [
        {
          rule: 'memory-error',
          statement: 'heap-use-after-free in read_sample',
          origins: [{ file: 'lab/asan.log.4712', line: 2 }],
        },
      ],
      missing: [{ rule: 'soft-dirty', reason: 'the captures carry no soft-dirty bits' }],
    },
    { ...noWord('board-8', 'briefd'), missing: [{ rule: 'settled-usage', reason: '2 samples, 8 are needed' }] },
    {
      ...noWord(HOSTILE, HOSTILE),
      label: 'suspect',
      growth: 208 * KIB,
      ratePerSample: 104 * KIB,
      where: HOSTILE,
      grounds: [{ rule: 'rss-growth', statement: `RSS grows in ${HOSTILE}`, origins: [{ file: HOSTILE, line: 3 }] }],
    },
  ];
}

function noWord(device: string, command: string): Verdict {
  return {
    device,
    command,
    label: 'inconclusive',
    explainedBy: [],
    grounds: [],
    objections: [],
    defects: [],
    missing: [],
  };
}

function vma(
  start: string,
  end: string,
  permissions: string,
  pathname: string,
  kind: VmaReport['kind'],
  size: number,
  rss: number,
  uss: number,
): VmaReport {
  return { start, end, permissions, pathname, kind, size, rss, pss: Math.max(uss, rss / 2), uss, swap: 0, growth: 0 };
}

function manyVmas(count: number): VmaReport[] {
  return Array.from({ length: count }, (_, index) =>
    vma(
      (0x400000 + index * 0x10000).toString(16).padStart(8, '0'),
      (0x408000 + index * 0x10000).toString(16).padStart(8, '0'),
      'rw-p',
      index % 3 === 0 ? '' : `/usr/lib/aarch64-linux-gnu/libsomething-${index}.so.1`,
      index % 3 === 0 ? 'anonymous' : 'file',
      32 * KIB,
      (index % 9) * 4 * KIB,
      (index % 5) * 4 * KIB,
    ),
  );
}
