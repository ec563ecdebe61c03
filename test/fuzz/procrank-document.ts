import fc from 'fast-check';
import { KIB } from '../../src/model/units.js';
import { kilobytes, oddName, pid } from './arbitraries.js';

const row = fc.record({
  pid,
  oom: fc.integer({ min: -1000, max: 1000 }),
  // No amount contradicts the one before.
  amounts: fc.array(kilobytes, { minLength: 4, maxLength: 4 }).map((drawn) => drawn.toSorted((a, b) => b - a)),
  swap: kilobytes,
  /** A kernel thread has none. */
  command: fc.oneof({ weight: 9, arbitrary: oddName }, { weight: 1, arbitrary: fc.constant('') }),
});

/** A table of procrank on a device without swap, with swap, or with swap in compressed memory. */
export const procrankDocument = fc.record({
  hasOom: fc.boolean(),
  swap: fc.constantFrom('none', 'swap', 'zram'),
  rows: fc.array(row, { minLength: 1, maxLength: 8 }),
});
export type ProcrankDocument = typeof procrankDocument extends fc.Arbitrary<infer T> ? T : never;

/** As print_procrank_* of libsmapinfo/smapinfo.cpp print it. */
export function procrankText({ hasOom, swap, rows }: ProcrankDocument): string {
  const swaps = swap === 'none' ? [] : ['Swap', 'PSwap', 'USwap', ...(swap === 'zram' ? ['ZSwap'] : [])];
  const cell = (text: string, width = 7): string => `${text.padStart(width)}  `;
  const kib = (amount: number, width = 7): string => cell(`${amount}K`, width);
  const oom = (text: string): string => (hasOom ? cell(text, 5) : '');
  const header = `${cell('PID', 5)}${oom('oom')}${cell('Vss', 8)}${['Rss', 'Pss', 'Uss', ...swaps].map((title) => cell(title)).join('')}cmdline\n`;
  const lines = rows.map((one) => {
    const [vss = 0, ...rest] = one.amounts;
    const shares = [one.swap, Math.floor(one.swap / 2), Math.floor(one.swap / 3), Math.floor(one.swap / 4)];
    const amounts = [...rest, ...shares.slice(0, swaps.length)].map((amount) => kib(amount)).join('');
    return `${cell(String(one.pid), 5)}${oom(String(one.oom))}${kib(vss, 8)}${amounts}${one.command}\n`;
  });
  const sum = (of: (one: (typeof rows)[number]) => number): number => rows.reduce((total, one) => total + of(one), 0);
  const totals = [
    sum(({ amounts }) => amounts[2] ?? 0),
    sum(({ amounts }) => amounts[3] ?? 0),
    ...swaps.map((_, i) => sum((one) => Math.floor(one.swap / (i + 1)))),
  ];
  const below = `${cell('', 5)}${oom('')}${cell('', 8)}${cell('')}`;
  const divider = `${below}${totals.map(() => cell('------')).join('')}------\n`;
  const device = swap === 'none' ? '' : 'ZRAM: 7043K physical used for 42676K in swap (524284K total swap)\n';
  return (
    `${header}${lines.join('')}${divider}${below}${totals.map((total) => kib(total)).join('')}TOTAL\n\n${device}` +
    ' RAM: 731448K total, 415804K free, 9016K buffers, 108548K cached, 8856K shmem, 55584K slab\n'
  );
}

/** What each row says of its process, in bytes. */
export function procrankSays({ swap, rows }: ProcrankDocument): unknown[] {
  return rows.map(({ pid: id, amounts, command, ...one }) => {
    const [vss = 0, rss = 0, pss = 0, uss = 0] = amounts.map((amount) => amount * KIB);
    return {
      says: { pid: id, ...(command !== '' && { command }) },
      sample: { vss, rss, pss, uss, ...(swap !== 'none' && { swap: one.swap * KIB }) },
    };
  });
}
