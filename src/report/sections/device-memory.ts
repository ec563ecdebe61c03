import type { DeviceReport } from '../../model/analysis.js';
import { DEVICE_AMOUNTS, DEVICE_MEMORY_LINES, type DeviceAmount } from '../../model/device-memory.js';
import { bytes, code, count, difference, periodCells, text, time } from '../cells.js';
import type { Block, Cell, Row } from '../document.js';
import type { RunSection } from '../section.js';

const SHOWN = 20;

/** What each device had left from its first to its last capture of /proc/meminfo. */
export const deviceMemory: RunSection = {
  id: 'device-memory',
  title: 'Memory of the device',
  build({ analysis: { devices } }) {
    const blocks = devices.slice(0, SHOWN).flatMap(blocksOf);
    if (devices.length > SHOWN) {
      const parts = [text(`The first ${SHOWN} of ${devices.length} devices are shown; report.json has all.`)];
      blocks.push({ type: 'prose', parts });
    }
    return blocks;
  },
};

function blocksOf({ device, memory }: DeviceReport): Block[] {
  const rows = DEVICE_AMOUNTS.flatMap((amount) => rowOf(memory, amount));
  if (rows.length === 0) return [];
  return [
    { type: 'prose', parts: spanOf(memory) },
    {
      type: 'table',
      caption: `The memory of ${device}`,
      columns: [
        { label: 'Line', shape: 'plain', explanation: 'as /proc/meminfo names it' },
        { label: 'First', align: 'right', shape: 'plain' },
        { label: 'Last', align: 'right', shape: 'plain' },
        { label: 'Change', align: 'right', shape: 'plain' },
        { label: 'Least', align: 'right', shape: 'plain' },
        { label: 'Most', align: 'right', shape: 'plain' },
      ],
      rows,
      empty: '',
    },
  ];
}

function rowOf(memory: DeviceReport['memory'], amount: DeviceAmount): Row[] {
  const values = memory.flatMap((one) => one[amount] ?? []);
  const [first] = values;
  const last = values.at(-1);
  if (first === undefined || last === undefined) return [];
  let least = first;
  let most = first;
  for (const value of values) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  const name = code(DEVICE_MEMORY_LINES[amount]);
  return [{ cells: [name, bytes(first), bytes(last), difference(last - first), bytes(least), bytes(most)] }];
}

function spanOf(memory: DeviceReport['memory']): Cell[] {
  const first = memory.find(({ takenAt }) => takenAt !== undefined)?.takenAt;
  const last = memory.at(-1)?.takenAt;
  const parts: Cell[] = [count(memory.length, ['capture', 'captures']), text(' of /proc/meminfo')];
  if (first === undefined || last === undefined) return [...parts, text(', without a time.')];
  if (first === last) return [...parts, text(' of '), time(last), text('.')];
  return [...parts, text(' from '), ...periodCells({ from: first, to: last }), text('.')];
}
