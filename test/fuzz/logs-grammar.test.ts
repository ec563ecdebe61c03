import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { LossKind } from '../../src/model/leaks.js';
import { hex, oddName, pid } from './arbitraries.js';
import { FUZZ_TIMEOUT, fuzzRuns } from './fuzz-runs.js';
import { amount, type DrawnFrame, type DrawnLoss, frameOf, frames, isSourceKnown, lossOf } from './log-arbitraries.js';
import { type FoundReading, readBytes } from './read-bytes.js';

const WORDS: Readonly<Record<LossKind, string>> = {
  definite: 'definitely lost',
  indirect: 'indirectly lost',
  possible: 'possibly lost',
  reachable: 'still reachable',
};
const KINDS = ['definite', 'indirect', 'possible', 'reachable'] as const;
const count = (number: number): string => number.toLocaleString('en-US');

const memcheckProcess = fc.record({
  pid,
  command: oddName.map((name) => `/opt/demo/${name} --foreground`),
  errors: fc.array(
    fc.record({ access: fc.constantFrom('read', 'write'), size: fc.constantFrom(1, 4, 8, 16), frames, freed: frames }),
    { maxLength: 3 },
  ),
  losses: fc.array(fc.record({ loss: lossOf(...KINDS), indirect: fc.option(amount, { nil: undefined }) }), {
    maxLength: 4,
  }),
  totals: fc.tuple(amount, amount, amount, amount, amount, amount, amount),
});
type MemcheckProcess = typeof memcheckProcess extends fc.Arbitrary<infer T> ? T : never;

function memcheckStack(drawn: readonly DrawnFrame[], indent: string): string[] {
  return drawn.map((frame, i) => {
    const place = isSourceKnown(frame) ? `${frame.file}:${frame.line}` : `in ${frame.module}`;
    return `${indent}${i === 0 ? 'at' : 'by'} 0x${hex(frame.address, 0).toUpperCase()}: ${frame.symbol ?? '???'} (${place})`;
  });
}

/** As memcheck of valgrind 3.19 prints it. */
function memcheckLines({ command, errors, losses, totals }: MemcheckProcess): string[] {
  const [inUse, allocations, frees, definite, indirect, possible, reachable] = totals;
  return [
    'Memcheck, a memory error detector',
    "Copyright (C) 2002-2022, and GNU GPL'd, by Julian Seward et al.",
    'Using Valgrind-3.19.0 and LibVEX; rerun with -h for copyright info',
    `Command: ${command}`,
    '',
    ...errors.flatMap(({ access, size, frames: stack, freed }) => [
      `Invalid ${access} of size ${size}`,
      ...memcheckStack(stack, '   '),
      " Address 0x4a8c040 is 0 bytes inside a block of size 16 free'd",
      ...memcheckStack(freed, '   '),
      '',
    ]),
    '',
    'HEAP SUMMARY:',
    `    in use at exit: ${count(inUse)} bytes in ${count(allocations)} blocks`,
    `  total heap usage: ${count(allocations)} allocs, ${count(frees)} frees, ${count(inUse)} bytes allocated`,
    '',
    ...losses.flatMap(({ loss, indirect: hanging }, i) => [
      `${hanging === undefined ? count(loss.bytes) : `${count(loss.bytes + hanging)} (${count(loss.bytes)} direct, ${count(hanging)} indirect)`} bytes in ${count(loss.blocks)} blocks are ${WORDS[loss.kind]} in loss record ${i + 1} of ${losses.length}`,
      ...memcheckStack(loss.frames, '   '),
      '',
    ]),
    'LEAK SUMMARY:',
    ...[definite, indirect, possible, reachable].map(
      (bytes, i) => `${WORDS[KINDS[i] ?? 'definite'].padStart(18)}: ${count(bytes)} bytes in ${count(i)} blocks`,
    ),
    '        suppressed: 0 bytes in 0 blocks',
    '',
    `ERROR SUMMARY: ${errors.length} errors from ${errors.length} contexts (suppressed: 0 from 0)`,
  ];
}

function memcheckExpected({ pid: id, command, errors, losses, totals }: MemcheckProcess): unknown {
  const [inUse, allocations, frees, definite, indirect, possible, reachable] = totals;
  const stack = (drawn: readonly DrawnFrame[]): unknown[] => drawn.map((frame) => frameOf(frame, frame.file));
  const heap = (bytes: number, blocks: number): unknown => ({ bytes, blocks });
  return {
    says: { pid: id, command },
    leaks: losses.map(({ loss, indirect: hanging }) => ({
      tool: 'memcheck',
      kind: loss.kind,
      bytes: loss.bytes,
      blocks: loss.blocks,
      ...(hanging !== undefined && { indirectBytes: hanging }),
      frames: stack(loss.frames),
    })),
    errors: errors.map(({ access, size, frames: where, freed }) => ({
      tool: 'memcheck',
      kind: `invalid-${access}`,
      message: `Invalid ${access} of size ${size}`,
      access,
      size,
      address: '4a8c040',
      frames: stack(where),
      related: [{ title: "Address 0x4a8c040 is 0 bytes inside a block of size 16 free'd", frames: stack(freed) }],
    })),
    summaries: [
      {
        tool: 'memcheck',
        pid: id,
        definite: heap(definite, 0),
        indirect: heap(indirect, 1),
        possible: heap(possible, 2),
        reachable: heap(reachable, 3),
        suppressed: heap(0, 0),
        inUseAtExit: heap(inUse, allocations),
        allocations,
        frees,
        allocatedBytes: inUse,
        errors: errors.length,
        contexts: errors.length,
      },
    ],
  };
}

/** A reading without the places where it stands. */
function statementsOf(reading: FoundReading): unknown {
  if (reading.type !== 'diagnosis') return reading.type;
  const { says, leaks, errors, summaries } = reading;
  return JSON.parse(
    JSON.stringify({ says, leaks, errors, summaries }, (key, value: unknown) => (key === 'origin' ? undefined : value)),
  );
}

it(
  'logs of memcheck are read back as they were printed, with lines of other programs between',
  async () => {
    const document = fc.record({
      processes: fc.uniqueArray(memcheckProcess, { minLength: 1, maxLength: 2, selector: (process) => process.pid }),
      noise: fc.array(fc.constantFrom('', 'hello', 'sample 12 of 30', '== done ==', '-- 3978 --', 'Rss: 12 kB')),
    });
    await fc.assert(
      fc.asyncProperty(document, async ({ processes, noise }) => {
        const lines = processes.flatMap((process) =>
          memcheckLines(process).map((line) => `==${process.pid}== ${line}`),
        );
        const text = lines.flatMap((line, i) => (i > 0 && noise[i] !== undefined ? [noise[i], line] : [line]));
        const { readings, problems, formats } = await readBytes(Buffer.from(`${text.join('\n')}\n`));
        expect(readings.map(statementsOf)).toEqual(processes.map(memcheckExpected));
        expect(formats).toEqual(['memcheck']);
        expect(problems).toEqual([]);
      }),
      fuzzRuns(5000),
    );
  },
  FUZZ_TIMEOUT,
);

const lsanLoss = lossOf('definite', 'indirect');
const sanitizerProcess = fc.record({
  pid,
  error: fc.option(
    fc.record({
      kind: fc.constantFrom(
        'heap-use-after-free',
        'heap-buffer-overflow',
        'stack-buffer-underflow',
        'global-buffer-overflow',
      ),
      address: fc.integer({ min: 4096, max: 2 ** 47 }),
      access: fc.constantFrom('READ', 'WRITE'),
      size: fc.constantFrom(1, 4, 8, 16, 4096),
      frames,
      freed: frames,
    }),
    { nil: undefined },
  ),
  losses: fc.array(lsanLoss, { minLength: 1, maxLength: 4 }),
  style: fc.constantFrom('gcc', 'clang'),
});
type SanitizerProcess = typeof sanitizerProcess extends fc.Arbitrary<infer T> ? T : never;

/** clang prints columns and build ids too. */
function sanitizerStack(drawn: readonly DrawnFrame[], style: string): string[] {
  return drawn.map((frame, i) => {
    const place = isSourceKnown(frame)
      ? `${frame.folder}${frame.file}:${frame.line}${style === 'clang' ? ':7' : ''}`
      : `(${frame.module}+0x1249)${style === 'clang' ? ' (BuildId: 51a0)' : ''}`;
    const name = frame.symbol === undefined ? ' ' : `in ${frame.symbol} `;
    return `    #${i} 0x${hex(frame.address, 12)} ${name}${place}`;
  });
}

/** As AddressSanitizer with LeakSanitizer prints it. */
function sanitizerText({ pid: id, error, losses, style }: SanitizerProcess): string {
  const rule = '='.repeat(65);
  const at = `0x${hex(error?.address ?? 0, 12)}`;
  const total = losses.reduce((sum, { bytes }) => sum + bytes, 0);
  const first = error && [
    rule,
    `==${id}==ERROR: AddressSanitizer: ${error.kind} on address ${at} at pc 0x5583e669132d bp 0x7ffc0af41aa0 sp 0x7ffc0af41a98`,
    `${error.access} of size ${error.size} at ${at} thread T0`,
    ...sanitizerStack(error.frames, style),
    '',
    `${at} is located 8 bytes inside of 48-byte region [0x604000000010,0x604000000040)`,
    'freed by thread T0 here:',
    ...sanitizerStack(error.freed, style),
    '',
    `SUMMARY: AddressSanitizer: ${error.kind} /opt/demo/a.c:34 in session_score`,
  ];
  return [
    ...(first ?? []),
    '',
    rule,
    `==${id}==ERROR: LeakSanitizer: detected memory leaks`,
    '',
    ...losses.flatMap(({ kind, bytes, blocks, frames: stack }) => [
      `${kind === 'definite' ? 'Direct' : 'Indirect'} leak of ${bytes} byte(s) in ${blocks} object(s) allocated from:`,
      ...sanitizerStack(stack, style),
      '',
    ]),
    `SUMMARY: AddressSanitizer: ${total} byte(s) leaked in ${losses.length} allocation(s).`,
    '',
  ].join('\n');
}

function sanitizerExpected({ pid: id, error, losses }: SanitizerProcess): unknown {
  const stack = (drawn: readonly DrawnFrame[]): unknown[] =>
    drawn.map((frame) => {
      const told = frameOf(frame, `${frame.folder}${frame.file}`);
      return { ...told, address: hex(frame.address, 12) };
    });
  const leak = ({ kind, bytes, blocks, frames: drawn }: DrawnLoss): unknown => ({
    tool: 'lsan',
    kind,
    bytes,
    blocks,
    frames: stack(drawn),
  });
  const address = hex(error?.address ?? 0, 12);
  const found = error && {
    tool: 'asan',
    kind: error.kind,
    message: `${error.kind} on address 0x${address} at pc 0x5583e669132d bp 0x7ffc0af41aa0 sp 0x7ffc0af41a98`,
    address,
    access: error.access.toLowerCase(),
    size: error.size,
    frames: stack(error.frames),
    related: [{ title: 'freed by thread T0 here:', frames: stack(error.freed) }],
  };
  return { says: { pid: id }, leaks: losses.map(leak), errors: found ? [found] : [] };
}

it(
  'reports of AddressSanitizer and LeakSanitizer are read back as they were printed',
  async () => {
    const processes = fc.uniqueArray(sanitizerProcess, { minLength: 1, maxLength: 2, selector: (drawn) => drawn.pid });
    await fc.assert(
      fc.asyncProperty(processes, async (drawn) => {
        const { readings, problems, formats } = await readBytes(Buffer.from(drawn.map(sanitizerText).join('')));
        expect(readings.map(statementsOf)).toMatchObject(drawn.map(sanitizerExpected) as object[]);
        expect(formats).toEqual(['sanitizer']);
        expect(problems).toEqual([]);
      }),
      fuzzRuns(5000),
    );
  },
  FUZZ_TIMEOUT,
);
