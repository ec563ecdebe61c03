import type { Entries } from '../catalogue.js';

/** What is told of many devices together. */
export const FLEET: Entries = [
  ['Leaks over the fleet', '整个设备群的泄漏'],
  ['No program leaks on any device, and none is suspected to.', '没有程序在任何设备上泄漏，也没有疑似泄漏。'],
  [
    'On {1:cell} of {3:cell}, a program leaks or may. One that loses memory at the same place is one row, on however many devices: {5:cell} in all.',
    '{3}中的 {1} 个有泄漏或疑似泄漏的程序。同一程序在同一处丢失内存为一行，无论涉及多少设备：共 {5}。',
  ],
  ['Leaks, those of the most devices first', '泄漏（涉及设备最多的在前）'],
  ['the worst of its devices', '取其设备中最严重的'],
  ['that show it, of those with a verdict on the program', '出现该泄漏的设备 / 对该程序有判定的设备'],
  ['Median rate', '速率中位数'],
  ['Highest rate', '最高速率'],
  ['of its devices', '其设备之中'],
  ['Worst device', '最严重的设备'],
  ['where it grows fastest', '增长最快之处'],
  ['when it was first seen to grow on any of them', '在其中任一设备上首次看到增长的时间'],

  ['DEVICES', '设备数'],
  ['AT MOST', '最高'],
  ['ON', '所在设备'],
  ['WHERE', '位置'],
  ['Programs: {1:verdict-counts}; the report has all', '程序：{1}；全部见报告'],
  ['Leaks not shown: {1}', '未显示的泄漏：{1} 种'],

  ['Memory report of one device', '单个设备的内存报告'],
  ['Run', '运行'],
  ['all devices', '全部设备'],
  ['Below, each leak is described where it is worst.', '下文按最严重的设备描述每种泄漏。'],
  [
    'Below, the first {1} leaks are described, each where it is worst.',
    '下文描述前 {1} 种泄漏，各以最严重的设备为例。',
  ],
  [
    'Of so many programs, only those with verdict leak or suspect are described: there is none.',
    '程序众多，只描述判定为泄漏或疑似的程序：没有这样的程序。',
  ],
  ['Each device has a page of its own: its name leads there.', '每个设备都有自己的页面：点击其名称即可前往。'],
  ['{1} device', '{1} 个设备'],
];

/** How many programs have which verdict, as far as there are any. */
export const FLEET_WORDS = {
  'verdict-counts': [
    ['{1} leak or may, {2} inconclusive, {3} clean', '{1} 个泄漏或疑似，{2} 个未定，{3} 个正常'],
    ['{1} leak or may, {2} inconclusive', '{1} 个泄漏或疑似，{2} 个未定'],
    ['{1} leak or may, {2} clean', '{1} 个泄漏或疑似，{2} 个正常'],
    ['{1} inconclusive, {2} clean', '{1} 个未定，{2} 个正常'],
    ['{1} leak or may', '{1} 个泄漏或疑似'],
    ['{1} inconclusive', '{1} 个未定'],
    ['{1} clean', '{1} 个正常'],
  ],
} as const satisfies Record<string, Entries>;
