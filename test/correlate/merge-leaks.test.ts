import { describe, expect, it } from 'vitest';
import { fingerprintOf, type MemoryError } from '../../src/model/leaks.js';
import { correlated, frame, log, loss, onlyRecord } from './build-captures.js';

const demo = { command: 'leak-example' };
const at = (place: string, address = '401136') => [frame('malloc', undefined, '4841'), frame('main', place, address)];

describe('loss records', () => {
  it('of one log that are equal but for addresses add up, so that their sum is that of the LEAK SUMMARY', () => {
    const leaks = [
      loss(100, 1, { frames: at('leak-example.c:6', '401136'), indirectBytes: 8, origin: { file: '', line: 10 } }),
      loss(200, 2, { frames: at('leak-example.c:6', '401200'), origin: { file: '', line: 20 } }),
      loss(40, 1, { frames: at('leak-example.c:9'), origin: { file: '', line: 30 } }),
    ];
    const record = onlyRecord(correlated(log(demo, { leaks }, 'valgrind.1.log')));
    expect(record.leaks).toEqual([
      {
        tool: 'memcheck',
        kind: 'definite',
        bytes: 300,
        blocks: 3,
        indirectBytes: 8,
        fingerprint: fingerprintOf(at('')),
        frames: at('leak-example.c:6', '401136'),
        origins: [
          { file: 'valgrind.1.log', line: 10 },
          { file: 'valgrind.1.log', line: 20 },
        ],
        tellings: [{ bytes: 300, blocks: 3, origin: { file: 'valgrind.1.log', line: 10 } }],
      },
      expect.objectContaining({ bytes: 40, fingerprint: fingerprintOf(at('')) }),
    ]);
  });

  it('that several leak checks of one process told are counted once, each by itself', () => {
    const leaks = [
      loss(100, 1),
      loss(100, 1, { check: 2 }),
      loss(20, 1, { check: 2, frames: at('leak-example.c:9') }),
      loss(30, 2, { check: 2, frames: at('leak-example.c:9') }),
    ];
    const record = onlyRecord(correlated(log(demo, { leaks }, 'asan.log')));
    expect(
      record.leaks.map(({ bytes, blocks, origins, tellings }) => [bytes, blocks, origins.length, tellings.length]),
    ).toEqual([
      [100, 1, 2, 1],
      [50, 3, 2, 1],
    ]);
  });

  it('of several logs are counted once: as in the log that lost the most', () => {
    const logs = [5, 9, 7].map((bytes, i) =>
      log(
        demo,
        { leaks: [loss(bytes, bytes, { frames: at('/build/leak-example.c:6', `40${i}`) })] },
        `valgrind.${i}.log`,
      ),
    );
    const { leaks } = onlyRecord(correlated(...logs));
    expect(leaks).toHaveLength(1);
    expect(leaks[0]).toMatchObject({ bytes: 9, blocks: 9, frames: at('/build/leak-example.c:6', '401') });
    expect(leaks[0]?.origins.map(({ file }) => file)).toEqual(['valgrind.0.log', 'valgrind.1.log', 'valgrind.2.log']);
    expect(leaks[0]?.tellings.map(({ bytes, origin }) => [bytes, origin.file])).toEqual([
      [5, 'valgrind.0.log'],
      [9, 'valgrind.1.log'],
      [7, 'valgrind.2.log'],
    ]);
  });

  it('that forked children inherited are counted once', () => {
    const logs = [100, 101, 102].map((pid) => log({ ...demo, pid }, { leaks: [loss(64, 1)] }, 'valgrind.log', pid));
    expect(onlyRecord(correlated(...logs)).leaks).toMatchObject([{ bytes: 64, blocks: 1 }]);
  });

  it('of two tools or kinds are two leaks with one fingerprint', () => {
    const leaks = [loss(1, 1), loss(2, 1, { kind: 'possible' }), loss(3, 1, { tool: 'lsan' })];
    const record = onlyRecord(correlated(log(demo, { leaks }, 'all.log')));
    expect(record.leaks.map(({ tool, kind, bytes }) => [tool, kind, bytes])).toEqual([
      ['lsan', 'definite', 3],
      ['memcheck', 'possible', 2],
      ['memcheck', 'definite', 1],
    ]);
    expect(new Set(record.leaks.map(({ fingerprint }) => fingerprint)).size).toBe(1);
  });
});

describe('memory errors', () => {
  const error = (line: number, kind = 'heap-use-after-free'): MemoryError => ({
    tool: 'asan',
    kind,
    message: `${kind} on address ${line}`,
    frames: [frame('main', 'use-after-free.c:9')],
    related: [],
    origin: { file: '', line },
  });

  it('of one tool, kind and stack are one error with all places', () => {
    const record = onlyRecord(
      correlated(
        log(demo, { errors: [error(7), error(3), error(5, 'double-free')] }, 'asan.log.2'),
        log(demo, { errors: [error(4)] }, 'asan.log.10'),
      ),
    );
    expect(
      record.errors.map(({ kind, message, origins }) => [
        kind,
        message,
        origins.map(({ file, line }) => `${file}:${line}`),
      ]),
    ).toEqual([
      ['heap-use-after-free', 'heap-use-after-free on address 3', ['asan.log.2:3', 'asan.log.2:7', 'asan.log.10:4']],
      ['double-free', 'double-free on address 5', ['asan.log.2:5']],
    ]);
    expect(record.errors[0]).not.toHaveProperty('origin');
  });

  it('at two lines of one function are two errors with one fingerprint', () => {
    const errors = [error(3), { ...error(5), frames: [frame('main', 'use-after-free.c:12')] }];
    const record = onlyRecord(correlated(log(demo, { errors }, 'asan.log.1')));
    expect(record.errors.map(({ origins }) => origins[0]?.line)).toEqual([3, 5]);
    expect(record.errors[0]?.fingerprint).toBe(record.errors[1]?.fingerprint);
  });
});

it('the summaries of all logs are kept, in the order of the files', () => {
  const summary = (file: string) => ({ tool: 'memcheck' as const, errors: 1, origin: { file, line: 3 } });
  const logs = ['v.10.log', 'v.9.log'].map((file) => log(demo, { summaries: [summary(file)] }, file));
  expect(onlyRecord(correlated(...logs)).summaries).toEqual([summary('v.9.log'), summary('v.10.log')]);
});
