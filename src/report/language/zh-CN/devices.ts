import type { Entries } from '../catalogue.js';

/** Sentences about the memory of a device. */
export const DEVICES: Entries = [
  ['{1:cell} of /proc/meminfo, without a time', '/proc/meminfo 的 {1}，没有时间'],
  ['{1:cell} of /proc/meminfo of {2:cell}', '/proc/meminfo 的 {1}，时间 {2}'],
  ['{1:cell} of /proc/meminfo from {2:cell} to {3:cell}', '/proc/meminfo 的 {1}，从 {2} 至 {3}'],
  [
    '{1:cell} captured, with {2:cell} of the {3:cell} that processes use ({4:cell})',
    '采集了 {1}，占进程所用 {3} 中的 {2}（{4}）',
  ],
  [
    'Processes use {1:cell}; the PSS of none was captured at these instants',
    '进程使用 {1}；这些时刻没有采集到任何进程的 PSS',
  ],
  ['Processes use {1:cell}', '进程使用 {1}'],
  ['the PSS of none was captured at these instants', '这些时刻没有采集到任何进程的 PSS'],
  [
    'The parts add up to {1:cell} more than MemTotal: the counters overlap, or memory moved while they were read',
    '各部分之和比 MemTotal 多 {1}：计数有重叠，或读取期间内存有变动',
  ],
  ['{1:cell} of swap is in use beside this', '此外使用了 {1} 的交换'],
  [
    'Where swap is zram, its pool in RAM is part of what is unaccounted',
    '交换为 zram 时，其在 RAM 中的池属于未计入部分',
  ],
  ['What each device had left, the one that lost most first', '各设备剩余的内存（减少最多的在前）'],
  ['MemAvailable, else what is free or cache', 'MemAvailable，否则为空闲与缓存之和'],
  ['Taken mostly by', '主要占用者'],
  ['of what took most', '主要占用者的增长'],
  ['No device was captured more than once.', '没有设备被采集过一次以上。'],
  ['Free', '空闲'],
  ['MemTotal', 'MemTotal'],
  [
    '{1:left} changed by {2:cell}, less than a thousandth of the memory: over this time nobody took memory from the device',
    '{1}变化 {2}，不足内存的千分之一：此期间没有程序占用设备的内存',
  ],
  ['{1:left} rose by {2:cell}: over this time the device lost nothing', '{1}上升 {2}：此期间设备没有损失内存'],
  [
    '{1:left} fell by {2:cell}, but no part grew by as much as a quarter of that: nobody alone took it',
    '{1}下降 {2}，但没有任何部分的增长达到其四分之一：并非单独一方占用',
  ],
  ['{1:left} fell by {2:cell}', '{1}下降 {2}'],
  ['It was taken mostly by {1:taker} ({2:cell})', '主要被{1}占用（{2}）'],
  [
    'It was taken mostly by {1:taker} ({2:cell}), next by {3:taker} ({4:cell})',
    '主要被{1}占用（{2}），其次是{3}（{4}）',
  ],
  ['/proc/slabinfo tells which cache it is', '/proc/slabinfo 可指出是哪个缓存'],
  ['no program is to blame', '与程序无关'],
  [
    'Drivers (GPU, dma-buf, network), the pool of zram and balloons take such memory',
    '驱动（GPU、dma-buf、网络）、zram 池和气球驱动会占用这种内存',
  ],
  [
    'df tells which tmpfs is full, ipcs what is left of System V shared memory',
    'df 可指出哪个 tmpfs 已满，ipcs 可显示遗留的 System V 共享内存',
  ],
  ['Capture all processes to see which', '采集所有进程即可看出是哪一个'],
  ['{1:left} rose by {2:cell} while the program grew by {3:cell}: {4:others}', '程序增长 {3} 期间，{1}上升 {2}：{4}'],
  ['{1:left} fell by {2:cell} while the program grew by {3:cell}: {4:others}', '程序增长 {3} 期间，{1}下降 {2}：{4}'],
];
