import type { Entries } from '../catalogue.js';

/** How `memreport rules` tells a threshold, and what it tells behind the rules. */
export const THRESHOLDS: Entries = [
  ['{1:threshold} = {2:threshold-value} ({3:threshold-source})', '{1} = {2}（{3}）'],
  ['What the grounds (rows) and the objections (columns) amount to', '依据（行）与反对理由（列）合起来的判定'],
  ['grounds', '依据'],
];

const NAMES: Entries = [
  ['least bytes lost', '最少丢失字节数'],
  ['most records told one by one', '逐条列出的记录数上限'],
  ['fewest samples', '最少样本数'],
  ['shortest time', '最短时间'],
  ['samples for a proof', '足以证明的样本数'],
  ['points of the floor for a proof', '足以证明的底线点数'],
  ['highest p of the trend, one-sided', '趋势的 p 值上限（单侧）'],
  ['confidence of the slope', '斜率的置信水平'],
  ['least growth', '最小增长'],
  ['least growth, in standard deviations of the noise', '最小增长（以噪声的标准差计）'],
  ['least rise of the floor, as a part of what lies above it on average', '底线的最小上升（相对于其上方部分的平均值）'],
  ['least late growth against early growth', '后期增长与前期增长的最小比值'],
  [
    'more of the same for a later part, each time that an earlier one slowed down',
    '只看后面部分时该比值的增量（前面部分每放缓一次）',
  ],
  [
    'late growth against early growth from which only a later part is measured',
    '后期增长与前期增长的比值达到此值时，只计算后面部分',
  ],
  ['longest quiet end, in longest pauses before it', '末尾最长平静期（以此前最长停顿计）'],
  [
    'least growth of autocorrelated values, in standard deviations around the line',
    '自相关数值的最小增长（以围绕直线的标准差计）',
  ],
  [
    'growth of a clear line, which needs no comparison of courses, in standard deviations around it',
    '无需比较走势的明显直线的增长（以围绕直线的标准差计）',
  ],
  ['late growth against early growth of a clear line, or the reverse', '明显直线的后期增长与前期增长之比（或反之）'],
  ['most growth of a clear line in its two steepest moments', '明显直线在两个最陡时刻的增长占比上限'],
  [
    'evidence for a course that still rises, enough beside the trend test alone',
    '支持走势仍在上升的证据：仅有趋势检验时即已足够',
  ],
  ['evidence below which a course that rests outweighs all tests', '证据低于此值时，静止的走势压过所有检验'],
  ['most growth in the two steepest moments', '两个最陡时刻的增长占比上限'],
  ['fewest leak checks after start-up', '启动阶段之后最少的泄漏检查次数'],
  ['least rise', '最小升幅'],
  ['fewest lives', '最少生命期数'],
  ['least evidence', '最少证据'],
  ['samples for a strong objection', '构成强反对理由的样本数'],
  ['most of the rise in the settled part', '稳定部分所占上升的上限'],
  ['evidence for a course that rests', '支持走势静止的证据'],
  ['flat', '平稳'],
  ['most errors told one by one', '逐条列出的错误数上限'],
  ['least tasks that held more, for it to be no hint', '占用更多、从而不构成线索的任务数下限'],
];

const VALUES: Entries = [
  ['{1} byte', '{1} 字节'],
  ['{1} second', '{1} 秒'],
  ['{1} pages of 4 KiB', '{1} 个 4 KiB 页'],
  ['{1} VMA', '{1} 个 VMA'],
];

const SOURCES: Entries = [
  ['a lost block cannot be freed any more, whatever its size', '丢失的块无论大小都不可能再释放'],
  ['the largest; the rest is summed up in one sentence', '取最大的；其余合为一句'],
  ['a trend test says nothing about two', '只有两个样本时趋势检验无从判断'],
  [
    'what a script reads of one process one file after the other is one moment, not a series',
    '脚本对一个进程逐个文件读取的内容只是一个时刻，不是序列',
  ],
  [
    'Hirsch, Slack & Smith (1982) ask for about ten; at 8 a monotone rise has p = 0.00002',
    'Hirsch、Slack 与 Smith（1982）要求约十个；8 个样本单调上升时 p = 0.00002',
  ],
  ['five in ascending order have p = 0.008, four 0.04', '五个递增时 p = 0.008，四个时为 0.04'],
  [
    'Mann–Kendall, corrected after Hamed & Rao (1998); 0.01 because a night holds many programs',
    'Mann–Kendall 检验，按 Hamed 与 Rao（1998）校正；取 0.01 是因为一夜的采集含有许多程序',
  ],
  ['Sen (1968); its lower bound must be above 0', 'Sen（1968）；其下界须大于 0'],
  [
    'a first call or a lazily bound symbol touches a page or two; chosen by hand on samples/sets',
    '首次调用或延迟绑定的符号会触及一两页；在 samples/sets 上人工选定',
  ],
  ['chosen on simulated series: below it random walks pass', '在模拟序列上选定：低于此值时随机游走也能通过'],
  [
    'chosen on simulated series: the floor of a clean sawtooth moves by a few pages',
    '在模拟序列上选定：正常的锯齿走势，其底线也会移动几页',
  ],
  [
    'half-slope ratio, Tukey (1977): 1 for a line; a warm-up that is 90 % done has less than 0.5',
    '半斜率比，Tukey（1977）：直线为 1；完成 90 % 的预热小于 0.5',
  ],
  [
    'the tail of an exponential looks straight if only it is short enough; chosen on simulated series',
    '指数曲线的尾部只要够短，看起来就是直的；在模拟序列上选定',
  ],
  ['twice for an onset in the middle; noise alone seldom makes 1.5', '起点在中间时为两倍；单凭噪声很少达到 1.5'],
  [
    'regular steps pause no longer at the end than between; chosen on simulated series',
    '规则的阶梯在末尾的停顿不会长于级间的停顿；在模拟序列上选定',
  ],
  [
    'a random walk of 20 samples reaches 6; a parabola has 13, four regular steps 14',
    '20 个样本的随机游走可达 6；抛物线为 13，四级规则阶梯为 14',
  ],
  [
    'a course that rests from 72 % of the time on is off by 8 of them at the end',
    '自 72 % 时间处起静止的走势，末尾与直线相差 8 个标准差',
  ],
  ['straight but for noise; what bends more is compared', '除噪声外是直的；弯曲更大的须比较走势'],
  ['even growth has 0, five equal steps 0.2', '均匀增长为 0，五级相等的阶梯为 0.2'],
  [
    'twice the logarithm of the Bayes factor, Kass & Raftery (1995): 2 is positive, 6 strong; chosen between them on the tuning seeds of bench:verdicts',
    '贝叶斯因子对数的两倍，Kass 与 Raftery（1995）：2 为“积极”，6 为“强”；在 bench:verdicts 的调参种子上于两者之间选定',
  ],
  ['the same scale, against growth', '同一尺度，反对增长'],
  [
    'three equal steps make 0.47, four 0.3: one or two steps are no trend',
    '三级相等的阶梯为 0.47，四级为 0.3：一两级阶跃不是趋势',
  ],
  ['one life is judged by private-growth', '单个生命期由 private-growth 判定'],
  [
    'twice the logarithm of the Bayes factor: "strong" by Kass & Raftery (1995)',
    '贝叶斯因子对数的两倍：按 Kass 与 Raftery（1995）为“强”',
  ],
  ['of fewer, no order is significant', '次数再少，任何顺序都不显著'],
  ['Mann–Kendall test, exact below ten values', 'Mann–Kendall 检验，少于十个值时为精确分布'],
  ['of what was in use: caches come and go', '占使用中的比例：缓存有增有减'],
  ['seasonal Kendall test, Hirsch, Slack & Smith (1982)', '季节性 Kendall 检验，Hirsch、Slack 与 Smith（1982）'],
  ['fewer only count where memory stays within a page', '更少时，仅在内存变动不超过一页的情况下才算'],
  [
    'chosen by hand on samples/sets: a full cache still touches a page now and then',
    '在 samples/sets 上人工选定：已满的缓存偶尔仍会触及一页',
  ],
  ['the least growth that counts', '计为增长的最小值'],
  ['badness in mm/oom_kill.c', 'mm/oom_kill.c 中的 badness'],
  ['the report lists them all in their own section', '报告在专门的一节中列出全部'],
];

/** The parts of a threshold, and how much a ground or an objection weighs. */
export const THRESHOLD_WORDS: Readonly<Record<string, Entries>> = {
  threshold: NAMES,
  'threshold-value': VALUES,
  'threshold-source': SOURCES,
  weight: [
    ['none', '无'],
    ['weak', '弱'],
    ['strong', '强'],
  ],
};
