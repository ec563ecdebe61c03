import type { Entries } from '../catalogue.js';

/** The words that a report explains. Terms as the Chinese translation of the kernel's documentation has them. */
export const GLOSSARY_TEXTS: Entries = [
  [
    'Virtual set size: all address space that is mapped, used or not (the sum of Size over the VMAs). Address space that is reserved and not touched costs no memory, so VSS alone proves nothing.',
    '虚拟集大小：所有已映射的地址空间，无论是否使用（各 VMA 的 Size 之和）。只保留而未访问的地址空间不占内存，因此单凭 VSS 不能证明任何问题。',
  ],
  [
    'Resident set size: the pages in RAM. A page that several processes share counts in full for each of them, so the RSS of all processes add up to more than there is.',
    '驻留集大小：位于 RAM 中的页。多个进程共享的页在每个进程中都全额计入，因此所有进程的 RSS 之和大于实际内存。',
  ],
  [
    'Proportional set size: as RSS, but a page that n processes share counts one n-th for each. The PSS of all processes add up to the memory in use. It rises when a sharer leaves: that alone is no leak.',
    '比例集大小：与 RSS 类似，但 n 个进程共享的页在每个进程中只计 n 分之一。所有进程的 PSS 之和就是正在使用的内存。共享者退出时 PSS 会上升：仅此并非泄漏。',
  ],
  [
    'Unique set size: the pages that no other process has, Private_Clean + Private_Dirty. What would come free if the process ended now.',
    '独占集大小：其他进程都没有的页，即 Private_Clean + Private_Dirty。进程此刻结束时会释放的内存。',
  ],
  [
    'Pages moved out of RAM, to disk or compressed memory. A leak that is swapped out no longer shows in RSS, PSS or USS; therefore memreport adds it to what it judges.',
    '从 RAM 移到磁盘或压缩内存中的页。被换出的泄漏不再体现在 RSS、PSS 或 USS 中，因此 memreport 把它计入判定的数量。',
  ],
  [
    'Pages that only this process has and has written to. The kernel cannot drop them, only swap them out: this is the memory that a leak takes.',
    '只属于本进程且已写过的页。内核不能丢弃它们，只能换出：泄漏占用的正是这种内存。',
  ],
  [
    'Pages that only this process has and that equal their file. The kernel drops them when memory is short.',
    '只属于本进程且与文件内容一致的页。内存不足时内核会丢弃它们。',
  ],
  [
    'A mark on pages written to since the last `echo 4 > /proc/PID/clear_refs`; flag sd in VmFlags. It tells which memory a program still writes to.',
    '自上次 `echo 4 > /proc/PID/clear_refs` 以来写过的页上的标记；VmFlags 中的 sd 标志。它表明程序仍在写哪些内存。',
  ],
  [
    'One area of address space in one snapshot: a range of addresses with its permissions and what backs it.',
    '一个快照中的一段地址空间：地址范围及其权限和后备对象。',
  ],
  [
    'A VMA followed from snapshot to snapshot. Addresses move, so a file is followed by its path, [heap] by its name, numbered shared memory as one (/dev/shm/seg-*), and the unnamed anonymous areas of a process as one group, less its arenas and thread stacks.',
    '在各快照之间跟踪的 VMA。地址会变动，因此文件按路径跟踪，[heap] 按名称跟踪，带编号的共享内存合为一个（/dev/shm/seg-*），进程的未命名匿名区域合为一组，但不含其分配区和线程栈。',
  ],
  [
    'The area that grows at its end by brk(2). The C library takes small blocks from it, large ones (from 128 KiB on in glibc) by mmap.',
    '末端通过 brk(2) 增长的区域。C 库从中分配小块，大块（glibc 中从 128 KiB 起）则用 mmap 分配。',
  ],
  [
    'What malloc of glibc takes the blocks of a thread from: heaps that begin at a multiple of 64 MiB (1 MiB in a process of 32 bits) and reserve all of it. A program with many threads has many of them, each with its own free blocks; MALLOC_ARENA_MAX bounds their number.',
    'glibc 的 malloc 为线程分配内存块的来源：起始于 64 MiB（32 位进程为 1 MiB）整数倍并将其全部保留的堆。线程多的程序有许多分配区，各有自己的空闲块；MALLOC_ARENA_MAX 限制其数量。',
  ],
  [
    'An area below which a guard without permissions lies, of a size that C libraries, Rust and Java give a thread that asks for none. Stacks of other sizes cannot be told from other memory. One that is never joined stays.',
    '下方有无权限保护页的区域，其大小是 C 库、Rust 和 Java 给未指定大小的线程的默认值。其他大小的栈无法与别的内存区分。从未被 join 的线程的栈会一直保留。',
  ],
  [
    'How much of a device programs can still get without swapping, as the kernel estimates it from what is free and what it could drop (MemAvailable of /proc/meminfo, since Linux 3.14). Free memory alone is always small.',
    '程序在不发生交换的情况下还能从设备获得多少内存，由内核根据空闲内存和可丢弃的内存估算（/proc/meminfo 的 MemAvailable，自 Linux 3.14 起）。空闲内存本身总是很少。',
  ],
  [
    'A page fault that needs no disk: the page is made, copied or found in memory. New memory costs one for each page.',
    '不需要读盘的缺页：页在内存中被创建、复制或找到。新内存的每一页都有一次。',
  ],
  [
    'A page fault that has to read from disk or swap. Many of them with a shrinking RSS: the device is short of memory.',
    '必须从磁盘或交换区读取的缺页。主缺页很多而 RSS 下降：设备内存不足。',
  ],
  [
    'The kernel takes away pages that are in use, since memory does not suffice, and they are read again right after: major faults that go on, with an RSS that falls or stays. The program is slow; that its RSS falls does not show that it gave memory back.',
    '内存不够，内核收走正在使用的页，随后又要重新读入：主缺页持续发生，而 RSS 下降或不变。程序变慢；RSS 下降并不表明它归还了内存。',
  ],
  [
    'Memory that is given back to the kernel and taken again, over and over: many minor faults while RSS stays. It costs CPU time and is no leak; a larger cache, or M_TRIM_THRESHOLD and M_MMAP_THRESHOLD of mallopt, lessen it.',
    '内存反复归还给内核又重新取得：次缺页很多而 RSS 不变。它消耗 CPU 时间，但不是泄漏；增大缓存，或调整 mallopt 的 M_TRIM_THRESHOLD 和 M_MMAP_THRESHOLD 可以减轻。',
  ],
  [
    'One life of a process, from its start to its end, as far as it was sampled. A new pid or start time begins another; growth is judged within each, and the program has the worst of their verdicts.',
    '进程从启动到结束的一次生命期中被采样的部分。新的 pid 或启动时间开始另一条时间线；增长在每条时间线内判定，程序取其中最差的判定。',
  ],
  [
    'Blocks of heap memory that memcheck or LeakSanitizer found at exit without a use, with the stack that allocated them.',
    'memcheck 或 LeakSanitizer 在退出时发现的不再使用的堆内存块，以及分配它们的调用栈。',
  ],
  [
    'A block to which no pointer is left anywhere: it can never be freed. This proves a leak. LeakSanitizer calls it direct.',
    '任何地方都不再有指针指向的块：它永远无法释放。这证明存在泄漏。LeakSanitizer 称之为直接泄漏。',
  ],
  [
    'A block to which only lost blocks point. Repairing the definite loss that it hangs on mostly repairs it too.',
    '只被已丢失的块所指向的块。修复它所依附的确定丢失，通常也就修复了它。',
  ],
  [
    'A block to which only pointers into its middle are left: lost, or held in an unusual way.',
    '只剩下指向其中间位置的指针的块：可能已丢失，也可能以不寻常的方式持有。',
  ],
  [
    'A block that was not freed at exit but has a pointer to it. Not lost; if it grows with the run time, look again.',
    '退出时未释放但仍有指针指向的块。没有丢失；如果它随运行时间增长，则需再查。',
  ],
  [
    'The identity of a leak across logs, devices and tools: a hash of the functions on its stack below the allocator, without addresses and line numbers.',
    '泄漏在不同日志、设备和工具之间的标识：其调用栈中分配器以下各函数的散列值，不含地址和行号。',
  ],
  [
    'Verdict: the evidence settles it. Private memory keeps growing the longer the program runs and does not come back, or a tool proved a loss.',
    '判定：证据确凿。程序运行越久，私有内存越多且不回落，或者有工具证明了内存丢失。',
  ],
  [
    'Verdict: the evidence leans towards a leak, and something is missing or speaks against it.',
    '判定：证据倾向于泄漏，但证据尚不完整，或有反对理由。',
  ],
  [
    'Verdict: observed long enough, and nothing keeps growing; or a leak check ran and found nothing lost.',
    '判定：观察时间足够长，没有持续增长；或者运行过泄漏检查，未发现丢失。',
  ],
  [
    'Verdict: could not tell, for the reason given. It does not mean clean.',
    '判定：由于所述原因无法得出结论。这并不表示正常。',
  ],
  [
    'Pages of files that the kernel keeps in RAM in case they are read again. It drops them when memory is wanted, so their growth takes nothing from programs. Shared memory and tmpfs are counted with it, but cannot be dropped.',
    '内核保留在 RAM 中以备再次读取的文件页。需要内存时内核会丢弃它们，因此它们的增长不会挤占程序。共享内存和 tmpfs 也计入其中，但不能丢弃。',
  ],
  [
    'Memory of the kernel for its own objects. The reclaimable part (names of files, inodes) is given back on demand; when the unreclaimable part grows for long, the kernel or a driver leaks, and no program is to blame.',
    '内核存放自身对象的内存。可回收部分（文件名、inode）按需归还；不可回收部分长期增长说明内核或驱动存在泄漏，与程序无关。',
  ],
  [
    'Files and shared memory that have no disk behind them: /tmp, /dev/shm, memfd, System V segments. They stay in RAM (or swap) until they are deleted, even when no process maps them any more.',
    '没有磁盘作后备的文件和共享内存：/tmp、/dev/shm、memfd、System V 共享内存段。即使不再有进程映射，它们也会留在 RAM（或交换区）中直到被删除。',
  ],
  [
    'What is left of MemTotal when all counters of /proc/meminfo are taken off: pages that drivers took (GPU, dma-buf, network), the pool of zram, pages that processors keep at hand. Less than nothing where the counters overlap.',
    'MemTotal 减去 /proc/meminfo 所有计数后的剩余：驱动占用的页（GPU、dma-buf、网络）、zram 池、各处理器预留的页。计数重叠时可能为负。',
  ],
  [
    'The processes that map a page. A page of n sharers counts for one n-th in the PSS of each, so that RSS of the shared pages by their PSS tells how many there are on average, captured or not.',
    '映射某一页的进程。有 n 个共享者的页在每个进程的 PSS 中只计 n 分之一，因此用共享页的 RSS 除以 PSS 可得平均共享者数，无论是否被采集。',
  ],
  [
    'What only this process can give back and the kernel cannot drop: anonymous memory, in RAM or swapped out, copied pages of files, private pages of shared memory. It is what memreport judges where smaps tells it; else private dirty + swap, else USS, else RSS.',
    '只有本进程能归还而内核不能丢弃的内存：位于 RAM 或已换出的匿名内存、文件页的副本、共享内存的私有页。smaps 能提供时 memreport 以它为准；否则依次用私有脏页 + 交换、USS、RSS。',
  ],
  [
    'What memory does over time. Growth that goes on: linear (in a straight line), ever faster (accelerating), in steps, a rising floor, from an onset. No growth that stays: flat, settled, one step, cyclic, shrinks, no trend.',
    '内存随时间的变化。持续增长的有：线性（直线）、加速、阶梯、底线上升、自某时起。没有留存增长的有：平稳、已稳定、单次阶跃、周期、下降、无趋势。',
  ],
  [
    'Growth of what memory comes back to after each rise: under a cache or a queue that fills and empties, a leak lifts the lowest values. What comes and goes is not counted.',
    '内存每次上升后所回落到的水平的增长：在时满时空的缓存或队列之下，泄漏会抬高最低值。起落的部分不计。',
  ],
  [
    'Comes and goes, and is back at the same floor each time: garbage collection, a daily load, a buffer. No leak.',
    '有起有落，每次都回到同一底线：垃圾回收、每日负载、缓冲区。不是泄漏。',
  ],
  [
    'Growth at few moments, and none between them. Many steps that go on are a leak that a rare event feeds; one or two (one step), after which memory stays, are something that is loaded once.',
    '只在少数时刻增长，其间没有增长。持续不断的许多阶梯是由偶发事件引起的泄漏；一两级（单次阶跃）之后内存不变，则是一次性加载的内容。',
  ],
  [
    'The moment within the time sampled from which on memory grows, after a quiet beginning. Look for what the program began to do then. Without an onset, the growth began at the first sample or before.',
    '采样期间平静开始之后内存开始增长的时刻。查找程序那时开始做什么。没有起点时，增长始于首个样本或更早。',
  ],
  [
    'Rose at the beginning and came to rest: start-up, caches that fill, pools that reach their size. It speaks against a leak the longer the rest lasts.',
    '起初上升，随后静止：启动、缓存填充、内存池达到规模。静止越久，越不像泄漏。',
  ],
  [
    'Ups and downs from sample to sample without a direction; their standard deviation is estimated from the differences of neighbours. Growth below it cannot be told from chance.',
    '样本之间没有方向的起伏；其标准差由相邻样本之差估计。小于它的增长无法与偶然区分。',
  ],
  [
    'How long after the last sample memory lasts if growth goes on as measured: until RSS reaches --memory-limit, or, where none was given, until the available memory and free swap of the device (meminfo) are used up. Other programs may use it sooner.',
    '如果按测得的速度继续增长，最后一个样本之后内存还能维持多久：直到 RSS 达到 --memory-limit；未给出时，直到设备的可用内存和空闲交换（meminfo）用尽。其他程序可能会更早用掉。',
  ],
  [
    'The slope of the straight line through private memory over time, by Theil and Sen; in brackets the interval which holds the true slope with 95 % confidence.',
    '私有内存随时间变化的直线斜率（Theil–Sen 法）；括号中是以 95 % 置信度包含真实斜率的区间。',
  ],
  [
    'A straight line whose slope is the median of the slopes between all pairs of samples: single outliers do not move it.',
    '斜率取所有样本对之间斜率的中位数的直线：个别离群值不会影响它。',
  ],
  [
    "The range that holds the true rate in 95 of 100 cases: Sen's interval of the slope, widened where neighbouring samples depend on each other. One that includes 0 proves no growth.",
    '在 100 次中有 95 次包含真实速率的范围：Sen 斜率区间，在相邻样本相互依赖时加宽。包含 0 的区间不能证明增长。',
  ],
  [
    'A test for a trend: it counts the pairs of samples of which the later is larger, whatever by how much. Corrected for autocorrelation; over several lives of a program, their counts are added up (seasonal Kendall test).',
    '趋势检验：统计后者大于前者的样本对数量，不论大多少。经自相关校正；程序有多个生命期时，将其计数相加（季节性 Kendall 检验）。',
  ],
  [
    'How probable a rise like this, or a clearer one, is by chance alone, in memory that does not grow. Below 0.01, memreport calls a trend significant.',
    '在内存并不增长的情况下，仅凭偶然出现这样或更明显的上升的概率。低于 0.01 时，memreport 认为趋势显著。',
  ],
  [
    'Each sample resembles the one before, so memory wanders for long without any trend: many samples then prove as much as few independent ones, and tests that count them all would see a trend too often.',
    '每个样本都与前一个相似，因此内存会在没有趋势的情况下长时间漂移：此时许多样本的证明力只相当于少数独立样本，而把它们全部计数的检验会过于频繁地看到趋势。',
  ],
  [
    'How many times better one course explains the samples than another, each paying for its parameters (Bayesian information criterion): those that still rise at the end against those that have come to rest. 20 : 1 is strong.',
    '一种走势对样本的解释比另一种好多少倍，各自为其参数付出代价（贝叶斯信息准则）：末尾仍在上升的走势与已经静止的走势相比。20 : 1 为强证据。',
  ],
  [
    'After a fork, parent and child share their pages until one of them writes: then it gets a page of its own. Private memory grows by that, RSS and swap do not, so it is no leak.',
    'fork 之后，父子进程共享页，直到其中之一写入：这时它得到自己的页。私有内存因此增长，而 RSS 和交换不变，所以不是泄漏。',
  ],
  [
    'The loss record whose blocks are as large as the steps in which memory grows, with the share of the growth that it accounts for: the line of code to look at first.',
    '块大小与内存增长的阶梯相当的丢失记录，以及它所占的增长份额：首先应查看的代码行。',
  ],
];

export const GLOSSARY_WORDS: Entries = [
  ['VSS', 'VSS'],
  ['RSS', 'RSS'],
  ['PSS', 'PSS'],
  ['USS', 'USS'],
  ['page cache', '页缓存'],
  ['slab', 'slab'],
  ['unaccounted', '未计入'],
  ['sharers', '共享者'],
  ['swap', '交换'],
  ['private dirty', '私有脏页'],
  ['private clean', '私有干净页'],
  ['soft dirty', '软脏'],
  ['mapping', '映射'],
  ['heap', '堆'],
  ['arena', '分配区'],
  ['thread stack', '线程栈'],
  ['available memory', '可用内存'],
  ['minor fault', '次缺页'],
  ['major fault', '主缺页'],
  ['thrashing', '颠簸'],
  ['churn', '反复存取'],
  ['timeline', '时间线'],
  ['loss record', '丢失记录'],
  ['definite loss', '确定丢失'],
  ['indirect loss', '间接丢失'],
  ['possible loss', '可能丢失'],
  ['still reachable', '仍可达'],
  ['fingerprint', '指纹'],
  ['leak', '泄漏'],
  ['suspect', '疑似'],
  ['clean', '正常'],
  ['inconclusive', '未定'],
  ['unreclaimable memory', '不可回收内存'],
  ['course', '走势'],
  ['rising floor', '底线上升'],
  ['cyclic', '周期'],
  ['steps', '阶梯'],
  ['onset', '起点'],
  ['settled', '已稳定'],
  ['noise', '噪声'],
  ['runs out', '耗尽'],
  ['rate', '速率'],
  ['95 % interval', '95 % 区间'],
  ['p-value', 'p 值'],
  ['autocorrelation', '自相关'],
  ['Bayes factor', '贝叶斯因子'],
  ['copy on write', '写时复制'],
  ['explained by', '由何解释'],
  ['Theil–Sen', 'Theil–Sen'],
  ['Mann–Kendall', 'Mann–Kendall'],
];
