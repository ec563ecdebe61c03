import { describe, expect, it } from 'vitest';
import type { Capture } from '../../src/model/capture.js';
import { correlated, MINUTE, NINE, sample } from './build-captures.js';

/** Device/command of each program with its number of timelines and samples. */
function programs(...captures: Capture[]): string[] {
  return correlated(...captures).records.map(
    ({ program, timelines }) =>
      `${program.device}/${program.command} ${timelines.map(({ samples }) => samples.length).join('+')}`,
  );
}

const status = (who: Parameters<typeof sample>[0], minute: number) =>
  sample({ ...who, takenAt: NINE + minute * MINUTE }, { rss: minute }, `${minute}/status`, 'status');
const smem = (who: Parameters<typeof sample>[0], minute: number) =>
  sample({ ...who, takenAt: NINE + minute * MINUTE }, { uss: minute }, `${minute}/smem.csv`, 'smem');

describe('programs', () => {
  it('are told apart by device and command, in the order of their names', () => {
    expect(
      programs(
        status({ device: 'board-10', command: 'sensord', pid: 1 }, 0),
        status({ device: 'board-9', command: 'sensord', pid: 1 }, 0),
        status({ device: 'board-9', command: 'logd', pid: 2 }, 0),
      ),
    ).toEqual(['board-9/logd 1', 'board-9/sensord 1', 'board-10/sensord 1']);
  });

  it('a command that is cut at 15 characters is the longer one of the same pid', () => {
    const cut = { command: 'battery-monitor', pid: 5 };
    const whole = { command: 'battery-monitor-service', pid: 5 };
    expect(programs(status(cut, 0), smem(whole, 1))).toEqual(['board-7/battery-monitor-service 2']);
    expect(programs(status(cut, 0), smem({ ...whole, pid: 6 }, 1))).toEqual([
      'board-7/battery-monitor 1',
      'board-7/battery-monitor-service 1',
    ]);
  });

  it('a cut command that two longer ones begin with stays as it is', () => {
    const [cut, one, other] = ['battery-monitor', 'battery-monitor-a', 'battery-monitor-b'].map((command) => ({
      command,
      pid: 5,
    }));
    expect(programs(status(cut ?? {}, 0), status(one ?? {}, 1), status(other ?? {}, 2))).toEqual([
      'board-7/battery-monitor 1',
      'board-7/battery-monitor-a 1',
      'board-7/battery-monitor-b 1',
    ]);
  });

  it('smem cuts command lines anywhere, the kernel does not', () => {
    const service = { command: 'indicator-messages-service', pid: 5 };
    expect(programs(smem({ command: 'ind', pid: 5 }, 0), status(service, 1))).toEqual([
      'board-7/indicator-messages-service 2',
    ]);
    expect(programs(status({ command: 'ind', pid: 5 }, 0), status(service, 1))).toHaveLength(2);
  });

  it('two names of one process at one instant are one program, under the name of the better source', () => {
    const captures = [
      smem({ command: 'python3', pid: 5 }, 0),
      smem({ command: 'python3', pid: 5 }, 1),
      status({ command: 'app-worker', pid: 5 }, 1),
    ];
    expect(programs(...captures)).toEqual(['board-7/python3 2']);
    expect(programs(...captures.toReversed())).toEqual(['board-7/python3 2']);
    // After exec the pid goes on under another name.
    expect(programs(status({ command: 'sh', pid: 5 }, 0), status({ command: 'sensord', pid: 5 }, 1))).toHaveLength(2);
  });

  it('a capture with a pid only is of the program that another capture names', () => {
    expect(programs(status({ pid: 5 }, 0), smem({ command: 'sensord', pid: 5 }, 1))).toEqual(['board-7/sensord 2']);
    expect(programs(status({ pid: 5 }, 0), smem({ command: 'sensord', pid: 5, device: 'board-8' }, 1))).toEqual([
      'board-7/pid-5 1',
      'board-8/sensord 1',
    ]);
  });

  it('a capture with a pid only that had two names is of the one at its instant or start', () => {
    const names = [smem({ command: 'logd', pid: 5 }, 0), smem({ command: 'sensord', pid: 5 }, 1)];
    expect(programs(status({ pid: 5 }, 1), ...names)).toEqual(['board-7/logd 1', 'board-7/sensord 1']);
    expect(programs(status({ pid: 5 }, 2), ...names)).toEqual([
      'board-7/logd 1',
      'board-7/pid-5 1',
      'board-7/sensord 1',
    ]);
    expect(
      programs(status({ pid: 5, startTicks: 9 }, 2), ...names, smem({ command: 'sensord', pid: 5, startTicks: 9 }, 3)),
    ).toEqual(['board-7/logd 1', 'board-7/sensord 3']);
  });

  it('a capture with a pid only may get its name by way of another, whatever their order', () => {
    const named = [smem({ command: 'logd', pid: 5 }, 0), smem({ command: 'sensord', pid: 5, startTicks: 9 }, 1)];
    const byStart = status({ pid: 5, startTicks: 9 }, 2);
    const byInstant = sample({ pid: 5, takenAt: NINE + 2 * MINUTE }, { rss: 2 }, '2/maps', 'maps');
    const expected = ['board-7/logd 1', 'board-7/sensord 2'];
    expect(programs(...named, byStart, byInstant)).toEqual(expected);
    expect(programs(byInstant, byStart, ...named)).toEqual(expected);
  });

  it('a capture of which nothing tells the program is reported', () => {
    const { records, problems } = correlated(sample({}, { rss: 1 }, 'smaps.txt', 'smaps', 3), status({ pid: 7 }, 1));
    expect(records.map(({ program }) => program.command)).toEqual(['pid-7', 'unknown']);
    expect(problems.map(({ code, file, line, message }) => [code, file, line, message])).toEqual([
      ['unknown-program', '1/status', 1, 'nothing says which program this is of: taken as "pid-7"'],
      ['unknown-program', 'smaps.txt', 3, 'nothing says which program this is of: taken as "unknown"'],
    ]);
  });
});
