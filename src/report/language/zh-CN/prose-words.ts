import type { Entries } from '../catalogue.js';

/** Kinds of words in the holes of those sentences. */
export const PROSE_WORDS: Readonly<Record<string, Entries>> = {
  list: [
    ['{1:list}, {2:list}', '{1}、{2}'],
    ['{1:texts}', '{1}'],
  ],
  'whose-heap': [
    ['{1:tools}', '{1}'],
    ['{1:tools}, pid {2}', '{1}（pid {2}）'],
  ],
  growing: [
    ['{1:growing}, lost at {2:cell}', '{1}，丢失于 {2}'],
    ['{1:growing}, {2:cell} of it lost at {3:cell}', '{1}，其中 {2} 丢失于 {3}'],
    ['{1:growing}, since {2:cell}', '{1}，自 {2} 起'],
    ['{1:growing} since {2:cell}', '{1}，自 {2} 起'],
    ['{1:growing}, {2:manner}', '{1}，{2}'],
    ['{1:cell} in {2:cell}', '{1}（位于 {2}）'],
  ],
  manner: [
    ['in a straight line', '呈直线'],
    ['ever faster', '不断加速'],
    ['in steps', '呈阶梯'],
    ['on a rising floor under what comes and goes', '在起落之下底线上升'],
    ['from an onset on', '自某时起'],
    ['{1:manner} since {2:cell}', '{1}，自 {2} 起'],
  ],
  measures: [
    ['{1:measures}, {2:measures}', '{1}、{2}'],
    ['{1:measures} · {2:measures}', '{1} · {2}'],
    ['{1:measures} and {2:measures}', '{1} 和 {2}'],
    ...['VSS', 'RSS', 'PSS', 'USS', 'VMA'].map((measure) => [measure, measure] as const),
    ['USS + swap', 'USS + 交换'],
    ['Private', '私有'],
    ['private', '私有'],
    ['Swap', '交换'],
  ],
  whose: [['of pid {1}', '（pid {1}）']],
  snapshots: [[', in the first and the last snapshot', '，首个与最后快照']],
  places: [['{1:places} and {2} more', '{1} 等，另有 {2} 处']],
  process: [
    ['it', '它'],
    ['pid {1}', ' pid {1} '],
  ],
  ending: [
    ['then', '在那时'],
    ['at {1:cell}', '于 {1} '],
  ],
  swapped: [
    ['and its swap', ' 及其交换'],
    ['and its part of the swap', ' 及其分摊的交换'],
  ],
  kind: [
    ['definite', '确定'],
    ['indirect', '间接'],
    ['possible', '可能'],
    ['reachable', '可达'],
    ['suppressed', '已抑制'],
  ],
  left: [
    ['What is free or cache', '空闲或缓存'],
    ['MemAvailable', 'MemAvailable'],
    ['MemAvailable of the device', '设备的 MemAvailable'],
  ],
  taker: [
    ['the other captured programs together', '其他已采集的程序合计'],
    ['processes that were not captured', '未采集的进程'],
    ['shared memory and tmpfs', '共享内存和 tmpfs'],
    ['the kernel, in slab that it cannot give back', '内核（不可归还的 slab）'],
    ['what no counter of /proc/meminfo has', '/proc/meminfo 没有计数的部分'],
    ['Kernel: stacks', '内核栈'],
    ['Kernel: page tables', '内核页表'],
    ['Kernel: vmalloc', '内核 vmalloc'],
    ['Kernel: per-CPU', '内核每 CPU 数据'],
    ['Huge pages set aside', '预留的大页'],
    ['Zswap, compressed', 'zswap（压缩）'],
    ['Page cache and tmpfs that no process maps', '没有进程映射的页缓存和 tmpfs'],
  ],
  others: [
    ['others took memory too', '其他程序也占用了内存'],
    ['the two agree', '两者相符'],
    ['the loss of the device is the growth of this program', '设备损失的就是此程序的增长'],
    ['others gave memory back meanwhile, or the growth was swapped out', '其间其他程序归还了内存，或增长部分被换出'],
  ],
};
