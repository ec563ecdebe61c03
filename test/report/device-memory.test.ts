import { describe, expect, it } from 'vitest';
import type { DeviceReport } from '../../src/model/analysis.js';
import { compose } from '../../src/report/compose.js';
import type { Block } from '../../src/report/document.js';
import { deviceMemory } from '../../src/report/sections/device-memory.js';
import { emptyAnalysis, fixtureAnalysis } from './fixture-analysis.js';

const NINE = Date.UTC(2026, 0, 31, 21);
const MIB = 1024 * 1024;
const reading = (minute: number, free: number) => ({
  takenAt: NINE + minute * 60_000,
  total: 64 * MIB,
  free: free * MIB,
  origin: { file: `board-7/${minute}/meminfo`, line: 1 },
});

function blocksOf(...devices: DeviceReport[]): readonly Block[] {
  return deviceMemory.build({ analysis: { ...emptyAnalysis(), devices }, views: [], detailed: [] });
}

describe('the memory of devices in the report', () => {
  it('stands there only where it was captured', () => {
    const ids = (devices: DeviceReport[]): string[] =>
      compose({ ...fixtureAnalysis(), devices }).sections.map(({ id }) => id);
    expect(ids([])).not.toContain('device-memory');
    expect(ids([{ device: 'board-7', memory: [reading(0, 40)] }])).toContain('device-memory');
  });

  it('has first, last, their change, least and most of each line that is known', () => {
    const blocks = blocksOf({ device: 'board-7', memory: [reading(0, 40), reading(1, 10), reading(2, 30)] });
    const [span, table] = blocks;
    expect(blocks).toHaveLength(2);
    expect(span).toEqual({
      type: 'prose',
      parts: [
        { type: 'count', value: 3, noun: ['capture', 'captures'] },
        { type: 'text', text: ' of /proc/meminfo' },
        { type: 'text', text: ' from ' },
        { type: 'start', value: NINE },
        { type: 'text', text: ' to ' },
        { type: 'end', value: NINE + 120_000, start: NINE },
        { type: 'text', text: '.' },
      ],
    });
    if (table?.type !== 'table') throw new Error('expected a table');
    expect(table.caption).toBe('The memory of board-7');
    expect(table.rows.map(({ cells }) => cells.map((cell) => ('value' in cell ? cell.value : cell)))).toEqual([
      [{ type: 'code', text: 'MemTotal' }, 64 * MIB, 64 * MIB, 0, 64 * MIB, 64 * MIB],
      [{ type: 'code', text: 'MemFree' }, 40 * MIB, 30 * MIB, -10 * MIB, 10 * MIB, 40 * MIB],
    ]);
  });

  it('says where no time is known, and tells one capture as one', () => {
    const untimed = { free: 40 * MIB, origin: { file: 'meminfo', line: 1 } };
    const textOf = (block: Block | undefined): unknown =>
      block?.type === 'prose' && block.parts.map((part) => ('text' in part ? part.text : part.type));
    expect(textOf(blocksOf({ device: 'd', memory: [untimed] })[0])).toEqual([
      'count',
      ' of /proc/meminfo',
      ', without a time.',
    ]);
    expect(textOf(blocksOf({ device: 'd', memory: [reading(0, 40)] })[0])).toEqual([
      'count',
      ' of /proc/meminfo',
      ' of ',
      'time',
      '.',
    ]);
  });

  it('is shown of twenty devices at most', () => {
    const devices = Array.from({ length: 21 }, (_, i) => ({ device: `board-${i}`, memory: [reading(0, 40)] }));
    const blocks = blocksOf(...devices);
    expect(blocks.filter(({ type }) => type === 'table')).toHaveLength(20);
    expect(blocks.at(-1)).toEqual({
      type: 'prose',
      parts: [{ type: 'text', text: 'The first 20 of 21 devices are shown; report.json has all.' }],
    });
  });

  it('is left out of a device of which nothing is known', () => {
    expect(blocksOf({ device: 'd', memory: [{ origin: { file: 'meminfo', line: 1 } }] })).toEqual([]);
  });
});
