import type { Entries } from '../catalogue.js';
import { NOUNS } from './nouns.js';

/** What stands for itself in any hole. */
const AS_IT_IS: Entries[number] = ['{1}', '{1}'];

const AMOUNTS: Entries = [
  ['{1} bytes', '{1} 字节'],
  ['{1} byte', '{1} 字节'],
  ...['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'].map((unit) => [`{1} ${unit}`, `{1} ${unit}`] as const),
];

const DURATIONS: Entries = [
  ['{1} s', '{1} 秒'],
  ['{1} min', '{1} 分钟'],
  ['{1} h', '{1} 小时'],
  ['{1} h {2} min', '{1} 小时 {2} 分钟'],
  ['{1} d', '{1} 天'],
  ['{1} d {2} h', '{1} 天 {2} 小时'],
  ['{1} years', '{1} 年'],
  ['more than 1,000 years', '超过 1,000 年'],
  ['an unknown time', '未知时间'],
];

/** Words that stand in the holes of other texts, by their kind. */
export const WORDS: Readonly<Record<string, Entries>> = {
  title: [['{1} on {2}', '{1}（{2}）']],
  'document-title': [
    ['No captures', '没有采集文件'],
    ['no captures → no captures', '没有采集文件 → 没有采集文件'],
  ],
  amount: AMOUNTS,
  duration: DURATIONS,
  rates: [['{1}/sample', '{1}/样本'], AS_IT_IS],
  count: [
    ...NOUNS.map(([noun, word]) => [`{1} ${noun}`, `{1} ${word}`] as const),
    ['{1} VMA', '{1} 个 VMA'],
    ['{1} VMAs', '{1} 个 VMA'],
    ['{1} cycle', '{1} 个周期'],
    ['{1} cycles', '{1} 个周期'],
    ['{1} further stack', '另外 {1} 个调用栈'],
    ['{1} further stacks', '另外 {1} 个调用栈'],
  ],
  span: [
    ['{1} samples over {2:duration}', '{1} 个样本（{2}）中'],
    ['{1} samples', '{1} 个样本中'],
    ['the last {1:span}, since sample {2}', '自第 {2} 个样本起的最后 {1}'],
  ],
  rate: [
    ['{1:amount} per hour', '每小时 {1}'],
    ['{1:amount} per hour (95 % interval {2:amount} to {3:amount})', '每小时 {1}（95 % 区间 {2} 至 {3}）'],
    ['{1:amount} per sample', '每样本 {1}'],
    ['{1:amount} per sample (95 % interval {2:amount} to {3:amount})', '每样本 {1}（95 % 区间 {2} 至 {3}）'],
    ['{1} VMAs per hour', '每小时 {1} 个 VMA'],
  ],
  measure: [
    ['unreclaimable memory', '不可回收内存'],
    ['private dirty memory and swap', '私有脏页与交换'],
    ['private dirty memory', '私有脏页'],
    ['USS and swap', 'USS 与交换'],
    ['number of VMAs', 'VMA 数量'],
    ['VSS', 'VSS'],
    ['RSS', 'RSS'],
    ['PSS', 'PSS'],
    ['USS', 'USS'],
    ['private', '私有内存'],
    ['Private', '私有内存'],
    [
      'unreclaimable memory (what the process alone holds and the kernel cannot drop)',
      '不可回收内存（进程独有且内核不能丢弃）',
    ],
  ],
  shape: [
    ['ever faster', '（不断加速）'],
    ['in steps', '（呈阶梯）'],
    ['on a rising floor', '（底线上升）'],
    ['from an onset on', '（自某时起）'],
  ],
  doubt: [
    ['they are too few, or come back to their floor too seldom', '样本太少，或回落到底线的次数太少'],
    ['chance may have made their order', '其次序可能出于偶然'],
    ['the rise is no larger than the noise', '上升不大于噪声'],
    ['autocorrelated values wander as far', '自相关的数值也会漂移这么远'],
    ['the rise slowed down', '上升已放缓'],
    ['one or two steps make most of the rise', '大部分上升来自一两级阶跃'],
    ['the end has been quiet for longer than any pause before', '末尾的平静比此前任何停顿都长'],
    ['what was there before has not been passed yet', '尚未超过此前的水平'],
  ],
  rest: [
    ['single steps', '单次阶跃'],
    ['a rise that ended', '已结束的上升'],
  ],
  factor: [['1,000 : 1 or more', '1,000 : 1 或更高'], AS_IT_IS],
  place: [['an unknown place', '未知位置'], AS_IT_IS],
  hang: [['(and {1:count} that hang on them)', '（另有 {1} 依附于其上）']],
  tools: [
    ['{1:tools} and {2:tools}', '{1} 和 {2}'],
    ...['memcheck', 'LeakSanitizer', 'lsan', 'asan', 'hwasan', 'msan', 'tsan', 'ubsan', 'massif', 'DHAT'].map(
      (tool) => [tool, tool] as const,
    ),
  ],
  runs: [
    ["{1:tools}'s run", '{1} 的运行'],
    ['{1:runs} and {2:runs}', '{1}和 {2}'],
  ],
  faulted: [
    ['{1:faults-counted} and {2:faults-counted} in {3:duration}', '{3}内{1}、{2}'],
    ['{1:faults-counted} and {2:faults-counted}', '{1}、{2}'],
    ['{1:faults-counted} in {2:duration}', '{2}内{1}'],
    ['{1:faults-counted}', '{1}'],
    ['{1:faulted}, {2:amount} for each', '{1}（每个 {2}）'],
  ],
  'faults-counted': [
    ['no minor faults', '没有次缺页'],
    ['no major faults', '没有主缺页'],
    ['{1} minor faults', '{1} 个次缺页'],
    ['{1} minor fault', '{1} 个次缺页'],
    ['{1} major faults', '{1} 个主缺页'],
    ['{1} major fault', '{1} 个主缺页'],
    ['{1} minor faults ({2} per {3:per})', '{1} 个次缺页（每{3} {2} 个）'],
    ['{1} minor fault ({2} per {3:per})', '{1} 个次缺页（每{3} {2} 个）'],
    ['{1} major fault ({2} per {3:per})', '{1} 个主缺页（每{3} {2} 个）'],
    ['{1} major faults ({2} per {3:per})', '{1} 个主缺页（每{3} {2} 个）'],
  ],
  moved: [
    ['grew by {1:amount}', '增长了 {1}'],
    ['fell by {1:amount}', '下降了 {1}'],
    ['stayed as it was', '保持不变'],
    ['did not grow', '没有增长'],
  ],
  area: [
    [
      'beside the stacks of threads that were never joined, being what each thread has of its own',
      '位于从未 join 的线程的栈旁，属于各线程自有',
    ],
    [
      'in anonymous memory, as AddressSanitizer places all blocks',
      '位于匿名内存（AddressSanitizer 把所有块都放在那里）',
    ],
    ['in anonymous mappings of their own, being above the mmap threshold', '位于各自的匿名映射（超过 mmap 阈值）'],
    ["in a thread's arena, being allocated in a thread", '位于线程的分配区（在线程中分配）'],
    ['in [heap], being small and allocated in the main thread', '位于 [heap]（较小，且在主线程中分配）'],
    ['in [heap] or an arena, being small', '位于 [heap] 或分配区（较小）'],
  ],
  told: [
    ['{1:tools} {2:amount} in {3:count}', '{1} {2}（{3}）'],
    ['{1:tools} {2:amount} in {3:count}, {4:tools} {5:amount} in {6:count}', '{1} {2}（{3}），{4} {5}（{6}）'],
    [
      '{1:tools} {2:amount} in {3:count}, {4:tools} {5:amount} in {6:count}, {7:told}',
      '{1} {2}（{3}），{4} {5}（{6}），{7}',
    ],
  ],
  run: [...DURATIONS, ['one run', '一次运行'], ['a run that allocated {1:amount}', '分配 {1} 的一次运行']],
  'runs-told': [
    ['between two runs', '两次运行之间'],
    ['in one run', '一次运行中'],
  ],
  ended: [
    ['{1:ended} since {2:shortage}', '{1}（{2}）'],
    ['pid {1}', '进程 {1}'],
    ['a process of it', '它的一个进程'],
  ],
  shortage: [
    ['memory had run out', '内存耗尽'],
    ['its control group of {1:amount} was full', '其 {1} 的控制组已满'],
  ],
  held: [
    ['{1:amount} of RAM', '{1} RAM'],
    ['{1:amount} of RAM, more than any other', '{1} RAM，多于其他任何进程'],
  ],
  steps: [
    ['one block', '一个块'],
    ['{1} blocks', '{1} 个块'],
  ],
  'how-many': [['all of them', '全部'], AS_IT_IS],
};
