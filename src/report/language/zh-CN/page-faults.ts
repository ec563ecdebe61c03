import type { Entries } from '../catalogue.js';

/** Sentences about page faults. */
export const PAGE_FAULTS: Entries = [
  [
    'RSS grew by {1:amount} over {2:faulted}, i.e. {4:amount} of pages touched for the first time: new memory',
    '{2}期间 RSS 增长 {1}，即首次访问 {4} 的页：新内存',
  ],
  [
    'RSS grew by {1:amount} over {2:faulted}: new memory in huge pages, or mapped ahead of its use',
    '{2}期间 RSS 增长 {1}：大页中的新内存，或提前映射的内存',
  ],
  [
    'RSS grew by {1:amount} over {2:faulted}, of which {4:amount} is memory that the kernel cannot drop: the rest is pages of files that were mapped',
    '{2}期间 RSS 增长 {1}，其中 {4} 是内核不能丢弃的内存：其余为映射的文件页',
  ],
  [
    'RSS grew by {1:amount} over {2:faulted}, of which {4:amount} is memory that the kernel cannot drop: the rest is pages of files that were mapped, several with one fault',
    '{2}期间 RSS 增长 {1}，其中 {4} 是内核不能丢弃的内存：其余为映射的文件页，一次缺页映射多页',
  ],
  [
    'RSS grew by {1:amount} over {2:faulted}, which took {4:amount} of pages: most of that was given back and taken again, or copied after a fork; whether the rest is new they do not tell',
    '{2}期间 RSS 增长 {1}，共取得 {4} 的页：其中大部分是归还后又取得，或在 fork 后复制；其余是否为新内存无从得知',
  ],
  [
    'RSS grew by {1:amount} over {2:faulted}, which took {4:amount} of pages: most of that was given back and taken again, or copied after a fork',
    '{2}期间 RSS 增长 {1}，共取得 {4} 的页：其中大部分是归还后又取得，或在 fork 后复制',
  ],
  ['whether the rest is new they do not tell', '其余是否为新内存无从得知'],
  [
    'RSS grew by {1:amount} while {2:faulted} read {3:amount} from disk or swap: memory that is read in, not new',
    '{2}从磁盘或交换区读取 {3} 期间 RSS 增长 {1}：是读入的内存，不是新内存',
  ],
  [
    'RSS fell from {1:amount} to {2:amount} while {3:faulted} read {4:amount} from disk or swap: the kernel takes away pages that are in use, the working set does not fit',
    'RSS 从 {1} 降至 {2}，同时{3}从磁盘或交换区读取 {4}：内核收走正在使用的页，工作集放不下',
  ],
  ['That RSS falls is no proof that memory was given back', 'RSS 下降并不证明内存已归还'],
  [
    '{1:faulted} read {2:amount} from disk or swap while RSS stayed near {3:amount}: what is read does not stay',
    '{1}从磁盘或交换区读取 {2}，而 RSS 保持在 {3} 附近：读入的内容没有留下',
  ],
  [
    'The working set does not fit, or a mapped file that is larger is read through',
    '工作集放不下，或正在通读一个更大的映射文件',
  ],
  [
    '{1:faulted} took {2:amount} of pages, but RSS {3:moved}: memory is given back and taken again, or copied after forks, which costs CPU time but is no growth',
    '{1}取得 {2} 的页，但 RSS {3}：内存归还后又取得，或在 fork 后复制，消耗 CPU 时间但不是增长',
  ],
  [
    '{1:faulted}, all in the first {2:duration}, read {3:amount} from disk: usual at start-up',
    '{1}，都发生在最初 {2}，从磁盘读取 {3}：启动时常见',
  ],
  [
    '{1:faulted}, all in the first {2:count}, read {3:amount} from disk: usual at start-up',
    '{1}，都发生在最初 {2}，从磁盘读取 {3}：启动时常见',
  ],
  ['none in the {1:duration} since', '此后 {1} 内没有'],
  ['none in the {1:count} since', '此后 {1} 内没有'],
  ['{1:faulted}, only at the beginning', '{1}，只在开始时'],
  ['beside {1:faulted}', '另有{1}'],
  ['{1:faulted}, while RSS {2:moved}', '{1}，而 RSS {2}'],
  ['{1:faulted}: next to none', '{1}：几乎没有'],
  ['{1:faulted}', '{1}'],
  ['{1:faulted}; no RSS was captured to compare them with', '{1}；没有采集到可供比较的 RSS'],
  ['no RSS was captured to compare them with', '没有采集到可供比较的 RSS'],
  ['little', '很少'],
  ['start-up', '启动'],
  ['pages mapped or read in', '映射或读入的页'],
  ['quiet', '平静'],
  ['RSS at each sample, and the page faults from each sample to the next', '各样本的 RSS，以及相邻样本之间的缺页'],
  ['There was no major fault', '没有主缺页'],
  ['There was no minor fault', '没有次缺页'],
];
