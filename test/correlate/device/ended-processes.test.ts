import { expect, test } from 'vitest';
import { endedProcessesOf } from '../../../src/correlate/device/ended-processes.js';
import type { SampledProgram } from '../../../src/correlate/sampled-index.js';
import type { KernelFindingReport } from '../../../src/model/analysis.js';

const program = (command: string, pids: readonly number[], device = 'board-7'): SampledProgram => ({
  device,
  command,
  pids: new Set(pids),
  hasSeries: true,
});
const kill = (command: string, pid: number): KernelFindingReport => ({
  device: 'board-7',
  kind: 'out-of-memory',
  message: '',
  command,
  pid,
  frames: [],
  origins: [],
});

test.each([
  ['its name and pid', program('sensord', [811, 812]), 'sensord', [{ pid: 812 }]],
  ['its name alone, of a container or a later life', program('sensord', [7]), 'sensord', [{}]],
  ['the first 15 characters of its name', program('temperature-sensord', [812]), 'temperature-sen', [{ pid: 812 }]],
  ['the last 15, of an Android app', program('com.example.sensord', [812]), 'example.sensord', [{ pid: 812 }]],
  ['another name of the same beginning', program('sensord-helper', [812]), 'sensord', []],
  ['another device', program('sensord', [812], 'board-8'), 'sensord', []],
])('%s', (_name, sampled, command, told) => {
  const found = endedProcessesOf(sampled, [sampled], [kill(command, 812)]);
  expect(found.map(({ pid }) => (pid === undefined ? {} : { pid }))).toEqual(told);
});

test('where two programs have the name, the pid decides', () => {
  const programs = [program('temperature-sensord', [7]), program('temperature-sender', [812])];
  const found = programs.map((one) => endedProcessesOf(one, programs, [kill('temperature-sen', 812)]).length);
  expect(found).toEqual([0, 1]);
  expect(programs.flatMap((one) => endedProcessesOf(one, programs, [kill('temperature-sen', 813)]))).toEqual([]);
});
