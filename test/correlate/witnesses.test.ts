import { describe, expect, it } from 'vitest';
import type { Capture } from '../../src/model/capture.js';
import type { StackFrame } from '../../src/model/leaks.js';
import { correlated, frame, log, loss, MINUTE, NINE, sample } from './build-captures.js';

function series(device: string, command: string, pid = 1): Capture[] {
  return [0, 1].map((i) =>
    sample({ device, command, pid, takenAt: NINE + i * MINUTE }, { uss: i }, `${device}/${i}-${pid}/smem.csv`),
  );
}

function bench(command: string | undefined, device = 'bench', frames?: StackFrame[], pid?: number): Capture {
  const leaks = [loss(64, 1, frames ? { frames } : {})];
  const who = { device, ...(command === undefined ? {} : { command }), ...(pid === undefined ? {} : { pid }) };
  return log(who, { leaks }, `${device}/${command ?? 'asan'}.log`);
}

/** Each program with the witnesses of its leaks; "own" for logs of the program's device. */
function leaksBy(...captures: Capture[]): string[] {
  return correlated(...captures).records.map(
    ({ program, leaks }) =>
      `${program.device}/${program.command}: ${leaks.map(({ witness }) => witness ?? 'own').join()}`,
  );
}

describe('a log that names its program', () => {
  it('tells of that program on every device where it was sampled, and makes no device of its own folder', () => {
    expect(
      leaksBy(
        ...series('board-7', 'sensord'),
        ...series('board-8', 'sensord'),
        ...series('board-8', 'logd', 9),
        bench('sensord'),
      ),
    ).toEqual(['board-7/sensord: bench', 'board-8/logd: ', 'board-8/sensord: bench']);
  });

  it('tells only of its own device if the program was sampled there', () => {
    expect(
      leaksBy(...series('board-7', 'sensord'), ...series('board-8', 'sensord'), bench('sensord', 'board-7')),
    ).toEqual(['board-7/sensord: own', 'board-8/sensord: ']);
  });

  it('needs no witness for a leak that a log of the own device shows too', () => {
    expect(leaksBy(...series('board-7', 'sensord'), bench('sensord'), bench('sensord', 'board-7'))).toEqual([
      'board-7/sensord: own',
    ]);
  });

  it('stands by itself where the program was sampled nowhere', () => {
    expect(leaksBy(...series('board-7', 'logd'), bench('sensord'))).toEqual(['bench/sensord: own', 'board-7/logd: ']);
  });

  it('finds a command that the kernel cut', () => {
    expect(leaksBy(...series('board-7', 'battery-monitor'), bench('battery-monitor-service'))).toEqual([
      'board-7/battery-monitor: bench',
    ]);
    expect(leaksBy(...series('board-7', 'battery'), bench('battery-monitor-service'))).toHaveLength(2);
  });
});

describe('a log whose program is sampled under its whole and its cut name', () => {
  it('is of the whole name', () => {
    const board = [...series('board-7', 'battery-monitor'), ...series('board-7', 'battery-monitor-service', 9)];
    expect(leaksBy(...board, bench('battery-monitor-service'))).toEqual([
      'board-7/battery-monitor: ',
      'board-7/battery-monitor-service: bench',
    ]);
  });
});

describe('a log that does not name its program', () => {
  const stack = [frame('malloc'), frame('handle', 'handler.c:12'), frame('main', 'main.c:6')];

  it('is of the program whose process has its pid', () => {
    expect(
      leaksBy(
        ...series('board-7', 'sensord', 812),
        ...series('board-7', 'logd', 9),
        bench(undefined, 'board-7', stack, 812),
      ),
    ).toEqual(['board-7/logd: ', 'board-7/sensord: own']);
  });

  it('is of the executable that holds main', () => {
    const frames = [frame('malloc'), { symbol: 'main', module: '/opt/demo/sensord', address: '1136' }];
    expect(
      leaksBy(...series('board-7', 'sensord'), ...series('board-7', 'logd', 9), bench(undefined, 'bench', frames)),
    ).toEqual(['board-7/logd: ', 'board-7/sensord: bench']);
  });

  it('is of the program of a log that shows the same stack at the same source line', () => {
    const board = [...series('board-7', 'sensord'), ...series('board-7', 'logd', 9)];
    expect(leaksBy(...board, bench('sensord', 'board-7', stack), bench(undefined, 'board-7', stack))).toEqual([
      'board-7/logd: ',
      'board-7/sensord: own',
    ]);
    const otherLine = [frame('malloc'), frame('handle', 'handler.c:13'), frame('main', 'main.c:6')];
    expect(leaksBy(...board, bench('sensord', 'board-7', stack), bench(undefined, 'board-7', otherLine))).toContain(
      'board-7/unknown: own',
    );
  });

  it('prefers the log of the same device', () => {
    const logs = [bench('logd', 'board-7', stack), bench('sensord', 'bench', stack), bench(undefined, 'bench', stack)];
    expect(leaksBy(...logs)).toEqual(['bench/sensord: own', 'board-7/logd: own']);
  });

  it('is of the sampled program that is called like the source file of main', () => {
    const frames = [frame('malloc'), frame('main', '/src/sensord.cpp:6')];
    expect(
      leaksBy(...series('board-7', 'sensord'), ...series('board-7', 'logd', 9), bench(undefined, 'board-7', frames)),
    ).toEqual(['board-7/logd: ', 'board-7/sensord: own']);
  });

  it('is of the only program that was followed over time', () => {
    const once = sample({ device: 'board-7', command: 'smem', pid: 3, takenAt: NINE }, { uss: 1 }, 'board-7/smem.csv');
    expect(leaksBy(...series('board-7', 'sensord'), once, bench(undefined, 'board-7', stack))).toEqual([
      'board-7/sensord: own',
      'board-7/smem: ',
    ]);
  });

  it('is of an unknown program where nothing tells, which is reported', () => {
    const { records, problems } = correlated(bench(undefined, 'board-7', stack));
    expect(records.map(({ program }) => program)).toEqual([{ device: 'board-7', command: 'unknown' }]);
    expect(problems).toEqual([
      {
        severity: 'warning',
        code: 'unknown-program',
        message: 'nothing says which program this log is of: taken as "unknown"',
        file: 'board-7/asan.log',
        line: 1,
      },
    ]);
  });
});
