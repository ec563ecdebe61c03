import fc from 'fast-check';
import { KIB } from '../../src/model/units.js';
import { kilobytes, oddName, pid } from './arbitraries.js';

const TITLES = {
  android12: 'Pss Total,Private Dirty,Private Clean,SwapPss Dirty,Rss Total',
  android12Full: 'Pss Total,Pss Clean,Shared Dirty,Private Dirty,Shared Clean,Private Clean,SwapPss Dirty,Rss Total',
  android8: 'Pss Total,Private Dirty,Private Clean,SwapPss Dirty',
  android6: 'Pss Total,Private Dirty,Private Clean,Swapped Dirty',
} as const;

const process = fc.record({
  pid,
  name: oddName.map((name) => name.replaceAll(/[[\]]/g, '-')),
  /** The row TOTAL by title; further rows have parts of it. */
  pss: kilobytes,
  rss: kilobytes,
  privateDirty: kilobytes,
  privateClean: kilobytes,
  swap: kilobytes,
  other: kilobytes,
});
type DumpedProcess = typeof process extends fc.Arbitrary<infer T> ? T : never;

/** `dumpsys meminfo` of processes, in the columns of a version of Android; with -s, only the summary. */
export const processDump = fc.record({
  titles: fc.constantFrom<keyof typeof TITLES>('android12', 'android12Full', 'android8', 'android6'),
  isSummary: fc.boolean(),
  processes: fc.array(process, { minLength: 1, maxLength: 3 }),
});
export type ProcessDump = typeof processDump extends fc.Arbitrary<infer T> ? T : never;

function totalOf(one: DumpedProcess, title: string): number {
  if (title.startsWith('Swap')) return one.swap;
  const totals = new Map([
    ['Pss Total', one.pss],
    ['Rss Total', one.rss],
    ['Private Dirty', one.privateDirty],
    ['Private Clean', one.privateClean],
  ]);
  return totals.get(title) ?? one.other;
}

/** As ActivityThread.dumpMemInfoTable prints it: "%13s %8s %8s …" and "%21s %8d %21s %8s %21s %8d". */
export function processDumpText({ titles, isSummary, processes }: ProcessDump): string {
  return `Applications Memory Usage (in Kilobytes):\nUptime: 277763 Realtime: 766707\n\n${processes
    .map(
      (one) =>
        `** MEMINFO in pid ${one.pid} [${one.name}] **\n${isSummary ? '' : tableText(one, titles)}${summaryText(one)}`,
    )
    .join('')}`;
}

function tableText(one: DumpedProcess, era: ProcessDump['titles']): string {
  const titles = TITLES[era].split(',');
  const heap = ['Heap Size', 'Heap Alloc', 'Heap Free'];
  const line = (label: string, cells: readonly (string | number)[]): string =>
    `${label.padStart(13)} ${cells.map((cell) => String(cell).padStart(8)).join(' ')}\n`;
  const words = [...titles, ...heap].map((title) => title.split(' '));
  const totals = titles.map((title) => totalOf(one, title));
  const part = totals.map((total) => Math.floor(total / 2));
  return (
    line(
      '',
      words.map(([upper = '']) => upper),
    ) +
    line(
      '',
      words.map(([, lower = '']) => lower),
    ) +
    line(
      '',
      words.map(() => '------'),
    ) +
    line('Native Heap', [...part, 139_028, 129_931, 4490]) +
    line('Stack', [...part, '', '', '']) +
    line('.so mmap', [...part, '', '', '']) +
    line('TOTAL', [...totals, 139_028, 129_931, 4490]) +
    ` \n Dalvik Details\n${line('.Heap', [...part, '', '', ''])}${line('.LinearAlloc', [...part, '', '', ''])}`
  );
}

function summaryText({ pss, rss, swap }: DumpedProcess): string {
  const pair = (label: string, amount: number, label2: string, amount2: number): string =>
    `${label.padStart(21)} ${String(amount).padStart(8)} ${label2.padStart(21)} ${String(amount2).padStart(8)}`;
  return (
    ` \n App Summary\n${''.padStart(21)}  Pss(KB)                        Rss(KB)\n${''.padStart(21)}   ------                         ------\n` +
    `${pair('Java Heap:', Math.floor(pss / 3), '', Math.floor(rss / 3))}\n \n` +
    `${pair('TOTAL PSS:', pss, 'TOTAL RSS:', rss)} ${'TOTAL SWAP PSS:'.padStart(21)} ${String(swap).padStart(8)}\n` +
    ` \n Objects\n${pair('Views:', 779, 'ViewRootImpl:', 1)}\n${pair('Death Recipients:', 5, 'WebViews:', 4)}\n \n SQL\n${pair('heap:', 125, 'MEMORY_USED:', 125)}\n \n`
  );
}

/** What is said of each process, in bytes. */
export function processDumpSays({ isSummary, processes }: ProcessDump): unknown[] {
  return processes.map(({ pid: id, name, pss, rss, privateDirty, privateClean, swap }) => ({
    says: { pid: id, command: name },
    sample: {
      pss: pss * KIB,
      rss: rss * KIB,
      swap: swap * KIB,
      ...(!isSummary && { privateDirty: privateDirty * KIB, uss: (privateDirty + privateClean) * KIB }),
    },
  }));
}
