import type { Entries } from '../catalogue.js';

/** What rules say for and against a leak. */
export const JUDGE: Entries = [
  ['{1:measure} kept growing{2:shape}: {3:amount} in {4:span}, {5:rate}, {6}', '{1}持续增长{2}：{4}增长 {3}，{5}，{6}'],
  [
    '{1:measure} kept growing{2:shape}: {3:amount} in the last {4:span}, since sample {7}, {5:rate}, {6}',
    '{1}持续增长{2}：自第 {7} 个样本起的最后 {4}增长 {3}，{5}，{6}',
  ],
  ['{1:measure} rose{2:shape}: {3:amount} in {4:span}, {5:rate}, {6}', '{1}上升{2}：{4}上升 {3}，{5}，{6}'],
  [
    '{1:measure} rose{2:shape}: {3:amount} in the last {4:span}, since sample {7}, {5:rate}, {6}',
    '{1}上升{2}：自第 {7} 个样本起的最后 {4}上升 {3}，{5}，{6}',
  ],
  [
    'Shared memory kept growing{2:shape}: {3:amount} in {4:span}, {5:rate}, {6}',
    '共享内存持续增长{2}：{4}增长 {3}，{5}，{6}',
  ],
  [
    'Shared memory kept growing{2:shape}: {3:amount} in the last {4:span}, since sample {7}, {5:rate}, {6}',
    '共享内存持续增长{2}：自第 {7} 个样本起的最后 {4}增长 {3}，{5}，{6}',
  ],
  ['most of it in "{1}"', '其中大部分在“{1}”'],
  ['what comes and goes is not counted: it is the floor that rises', '起落的部分不计：上升的是底线'],
  ['RSS counts shared pages too, so this is only a suspicion', 'RSS 也计入共享页，因此这只是怀疑'],
  [
    'its size stays and is only touched bit by bit: {1} are left, so this is only a suspicion',
    '其大小不变，只是逐步被触及：还剩 {1}，因此这只是怀疑',
  ],
  [
    '{1} samples are too few to prove it: take at least {2}, better 20',
    '{1} 个样本不足以证明：至少采集 {2} 个，最好 20 个',
  ],
  [
    'the total does not show it, but "{1}" kept growing{2:shape}: {3:amount} in {4:span}, {5:rate}, {6}',
    '总量未显示，但“{1}”持续增长{2}：{4}增长 {3}，{5}，{6}',
  ],
  [
    'the total does not show it, but "{1}" kept growing{2:shape}: {3:amount} in the last {4:span}, since sample {7}, {5:rate}, {6}',
    '总量未显示，但“{1}”持续增长{2}：自第 {7} 个样本起的最后 {4}增长 {3}，{5}，{6}',
  ],
  [
    'the total does not show it as clearly, but "{1}" kept growing{2:shape}: {3:amount} in {4:span}, {5:rate}, {6}',
    '总量显示得不那么明显，但“{1}”持续增长{2}：{4}增长 {3}，{5}，{6}',
  ],
  [
    'the total does not show it as clearly, but "{1}" kept growing{2:shape}: {3:amount} in the last {4:span}, since sample {7}, {5:rate}, {6}',
    '总量显示得不那么明显，但“{1}”持续增长{2}：自第 {7} 个样本起的最后 {4}增长 {3}，{5}，{6}',
  ],
  ['other mappings shrank by as much, which cannot go on', '其他映射缩小了同样多，这不可能一直持续'],
  ['at this rate the {1:amount} that the device has left last {2:duration}', '按此速率，设备剩余的 {1} 可维持 {2}'],
  ['at this rate the {1:amount} below the limit last {2:duration}', '按此速率，距上限的 {1} 可维持 {2}'],
  ['{1} samples within a second are one moment', '一秒之内的 {1} 个样本只算一个时刻'],
  ['take samples for minutes, better for hours', '请采样数分钟，最好数小时'],
  ['no memory samples', '没有内存样本'],
  ['take at least 3 samples, better 20', '至少采集 3 个样本，最好 20 个'],
  ['take {1} more', '再采集 {1} 个'],
  ['take at least {1} samples', '至少采集 {1} 个样本'],
  ['take {1} more, better 20', '再采集 {1} 个，最好 20 个'],
  ['{1} of at least {2} samples', '至少需要 {2} 个样本，现有 {1} 个'],
  ['take about {1} more samples', '大约再采集 {1} 个样本'],
  ['take about {1} more samples, for another {2:duration} at this pace', '大约再采集 {1} 个样本（按此节奏还需 {2}）'],
  [
    'take about {1} more samples, so that a rise that ends can be told from one that goes on (noise from sample to sample: {2:amount})',
    '大约再采集 {1} 个样本，以区分会停止的上升与持续的上升（样本间噪声：{2}）',
  ],
  [
    'take about {1} more samples, for another {2:duration} at this pace, so that a rise that ends can be told from one that goes on (noise from sample to sample: {3:amount})',
    '大约再采集 {1} 个样本（按此节奏还需 {2}），以区分会停止的上升与持续的上升（样本间噪声：{3}）',
  ],
  ['{1:span} neither prove growth nor that it has stopped', '{1}既不能证明增长，也不能证明增长已停止'],
  ['{1:span} neither prove growth nor that it has stopped: {2:doubt}', '{1}既不能证明增长，也不能证明增长已停止：{2}'],
  [
    '{1:span} neither prove growth nor that it has stopped: {2:doubt}, and {3:doubt}',
    '{1}既不能证明增长，也不能证明增长已停止：{2}，且{3}',
  ],

  ['The number of VMAs kept growing: from {1} to {2} in {3:span}, {4}', 'VMA 数量持续增长：{3}从 {1} 增至 {2}，{4}'],
  [
    'The number of VMAs kept growing: from {1} to {2} in the last {3:span}, since sample {5}, {4}',
    'VMA 数量持续增长：自第 {5} 个样本起的最后 {3}从 {1} 增至 {2}，{4}',
  ],
  ['The number of VMAs rose: from {1} to {2} in {3:span}, {4}', 'VMA 数量上升：{3}从 {1} 升至 {2}，{4}'],
  ['"{1}" multiplies, by {2:count}', '“{1}”不断增多，增加 {2}'],
  ['fewer than 3 samples that list VMAs', '列出 VMA 的样本少于 3 个'],

  ['The kernel ended {1:ended}: it held {2:held}', '内核终止了{1}：它当时占用 {2}'],

  [
    '{1} lives of the program grew until they ended, by {2:amount} each in the median, {3:amount} per hour (95 % interval {4:amount} to {5:amount}), {6}, Bayes factor against lives that come to rest {7:factor}',
    '程序的 {1} 个生命期直到结束都在增长，中位数各增长 {2}，每小时 {3}（95 % 区间 {4} 至 {5}），{6}，相对于趋于静止的生命期的贝叶斯因子为 {7}',
  ],
  [
    '{1} lives of the program came to rest, each after a rise of {2:amount} in the median: it warms up again after each start',
    '程序的 {1} 个生命期都趋于静止，此前中位数各上升 {2}：每次启动后都会重新预热',
  ],
  ['none of {1} lives of the program grew', '程序的 {1} 个生命期都没有增长'],

  ['{1:measure} did not change in {2:span}', '{2}{1}没有变化'],
  ['{1:measure} stayed within {2:amount} in {3:span}', '{3}{1}的变动在 {2} 以内'],
  [
    '{1:measure} came back to {2:amount} after each rise: the floor of {3:count} moved by {4:amount} in {5:span}',
    '{1}每次上升后都回落到 {2}：{5}，{3}的底线移动了 {4}',
  ],
  ['{1} % of the growth happened in the first {2} of {3} samples', '{1} % 的增长发生在 {3} 个样本中的前 {2} 个'],
  [
    '{1} % of the growth happened in the first {2} of {3} samples, in steps',
    '{1} % 的增长发生在 {3} 个样本中的前 {2} 个，呈阶梯',
  ],
  ['settled since', '此后已稳定'],
  ['settled since, for {1:duration}', '此后已稳定 {1}'],
  [
    '{1:measure} has been at rest since sample {2} of {3}: {4:rest}, which fits better than any course that still rises (Bayes factor {5:factor})',
    '{1}自 {3} 个样本中的第 {2} 个起静止：{4}，这比任何仍在上升的走势都更吻合（贝叶斯因子 {5}）',
  ],
  [
    '{1:measure} has been at rest since sample {2} of {3}, for {4:duration}: {5:rest}, which fits better than any course that still rises (Bayes factor {6:factor})',
    '{1}自 {3} 个样本中的第 {2} 个起静止，已 {4}：{5}，这比任何仍在上升的走势都更吻合（贝叶斯因子 {6}）',
  ],
  ['{1:measure} fell by {2:amount} in {3:span}', '{3}{1}下降了 {2}'],
  ['{1:measure} showed no trend in {2:span}: {3}', '{2}{1}没有趋势：{3}'],
  ['{1:measure} showed no trend in {2:span}: {3}, {4:rate}', '{2}{1}没有趋势：{3}，{4}'],
  [
    '{1:measure} rose by {2:amount} in {3:span}, but RSS and swap did not: pages stopped being shared (copy on write), no memory was taken',
    '{3}{1}上升了 {2}，但 RSS 和交换没有：页不再共享（写时复制），没有占用内存',
  ],
  [
    'its address space (VSS) kept growing, by {1:amount}, {2:rate}: reserved, but not touched',
    '其地址空间（VSS）持续增长 {1}，{2}：只保留而未访问',
  ],
  [
    'the kernel took pages away that were in use (see the page faults), so that RSS rests or falls is no sign',
    '内核收走了正在使用的页（见缺页），因此 RSS 静止或下降不能说明问题',
  ],

  [
    '{1:tools} found {2:count} in {3:count} lost{4:hang}, allocated at {5:place}',
    '{1} 发现丢失 {2}（{3}）{4}，分配于 {5}',
  ],
  [
    '{1:tools} both found {2:count} in {3:count} lost{4:hang}, allocated at {5:place}',
    '{1} 都发现丢失 {2}（{3}）{4}，分配于 {5}',
  ],
  [
    '{1:tools} saw {2:count} in {3:count} possibly lost{4:hang}, allocated at {5:place}',
    '{1} 发现可能丢失 {2}（{3}）{4}，分配于 {5}',
  ],
  ['{1:count} lost {2:count}', '{1}丢失 {2}'],
  ['{1:count} lost {2:count} possibly', '{1}可能丢失 {2}'],
  ['the log comes from {1}', '日志来自 {1}'],
  [
    'the heap in use rose over {1} leak checks of process {2}, from {3:amount} to {4:amount}, {5}',
    '使用中的堆在进程 {2} 的 {1} 次泄漏检查中从 {3} 升至 {4}，{5}',
  ],
  [
    'the heap in use rose over {1} leak checks of one run, from {2:amount} to {3:amount}, {4}',
    '使用中的堆在一次运行的 {1} 次泄漏检查中从 {2} 升至 {3}，{4}',
  ],
  ['most of it was allocated at {1:place}', '其中大部分分配于 {1}'],
  ['{1:runs} lost nothing for certain', '{1}没有确定的丢失'],
  ['no memcheck or LeakSanitizer log', '没有 memcheck 或 LeakSanitizer 日志'],
  [
    'the log has no result of a leak check (--leak-check=full, or killed before the end)',
    '日志没有泄漏检查的结果（--leak-check=full，或在结束前被终止）',
  ],
  ['{1} at {2:place}, found by {3:tools}', '{1} 位于 {2}，由 {3} 发现'],
  ['the rule failed: a bug of memreport', '规则失败：memreport 的缺陷'],
];
