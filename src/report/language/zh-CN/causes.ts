import type { Entries } from '../catalogue.js';

/** What compares leak checkers with the growth. */
export const CAUSES: Entries = [
  ['The witnesses contradict each other', '证据相互矛盾'],
  ['the steps of the growth', '增长的阶梯'],
  ['loss per time on the bench', '测试台上单位时间的丢失'],
  ['what the process itself lost', '进程自身的丢失'],
  ['what a bench run kept', '测试台运行保留的内存'],
  [
    '{1:tools} lost nothing, but the process grew by {2:amount} while it was sampled: {3:amount} were still reachable at the end of its run',
    '{1} 没有发现丢失，但进程在采样期间增长了 {2}：其运行结束时仍有 {3} 可达',
  ],
  ['Usually that is a cache, queue or list without a bound', '通常是没有上限的缓存、队列或列表'],
  ['--show-leak-kinds=all tells where it was allocated', '--show-leak-kinds=all 可显示其分配位置'],
  [
    '{1:tools} says that all memory was freed, but the process grew by {2:amount} while it was sampled',
    '{1} 称所有内存都已释放，但进程在采样期间增长了 {2}',
  ],
  [
    '{1:tools} lost nothing, but the process grew by {2:amount} while it was sampled',
    '{1} 没有发现丢失，但进程在采样期间增长了 {2}',
  ],
  [
    "Usually that is heap memory which is freed only when the program ends (a cache, queue or list without a bound), fragmentation that keeps malloc from giving pages back, or a part of the program that the checker's run never reached",
    '通常是程序结束时才释放的堆内存（没有上限的缓存、队列或列表）、使 malloc 无法归还页的碎片，或检查器的运行从未到达的程序部分',
  ],
  [
    'Usually that is memory in the arenas of threads: fragmentation, caches that are freed at the end, or more threads and arenas with time (MALLOC_ARENA_MAX limits them)',
    '通常是线程分配区中的内存：碎片、结束时才释放的缓存，或线程和分配区随时间增多（MALLOC_ARENA_MAX 可限制）',
  ],
  ["or a part of the program that the checker's run never reached", '或检查器的运行从未到达的程序部分'],
  [
    'Usually that is memory from mmap itself, which leak checkers do not follow, or an allocator of its own',
    '通常是直接来自 mmap 的内存（泄漏检查器不跟踪），或自带的分配器',
  ],
  [
    "else large blocks that are freed only at the end, or a part of the program that the checker's run never reached",
    '否则是结束时才释放的大块，或检查器的运行从未到达的程序部分',
  ],
  [
    "Usually that is heap memory which is freed only when the program ends, fragmentation, or a part of the program that the checker's run never reached",
    '通常是程序结束时才释放的堆内存、碎片，或检查器的运行从未到达的程序部分',
  ],
  [
    'The memory that grows are stacks of threads, which leak checkers do not count: look for threads that end but are never joined or detached, or that are started and never end',
    '增长的是线程栈，泄漏检查器不计：查找结束后从未 join 或 detach 的线程，或启动后永不结束的线程',
  ],
  [
    'The memory that grows is not from malloc (mapped files, shared memory or devices), so a leak checker cannot see it: look for what is mapped and never unmapped',
    '增长的内存不是来自 malloc（映射文件、共享内存或设备），泄漏检查器看不到：查找映射后从未解除映射的内容',
  ],
  [
    "Usually that is fragmentation, a cache that is freed at the end, memory from mmap, or a part of the program that the checker's run never reached",
    '通常是碎片、结束时才释放的缓存、来自 mmap 的内存，或检查器的运行从未到达的程序部分',
  ],
  ['smaps would tell where it grows', 'smaps 可以指出增长的位置'],
  [
    "memcheck's longest run allocated {1:amount} in all, far less than the {2:amount} that the process grew while sampled: what the run did not do, it cannot show",
    'memcheck 最长的运行总共分配 {1}，远少于进程在采样期间增长的 {2}：运行中没有做的事，它无法显示',
  ],
  [
    'of {1:count} with this program that could be judged, it grows on this one only',
    '在可判定此程序的 {1}中，只在这一个设备上增长',
  ],
  ['it grows on {1} of {2:count} with this program that could be judged', '在可判定此程序的 {2}中，有 {1} 个在增长'],
  [
    'it grows on {1} of {2:count} with this program that could be judged, by {3:amount} to {4:amount} per hour',
    '在可判定此程序的 {2}中，有 {1} 个在增长，每小时 {3} 至 {4}',
  ],
  [
    'it grows on {1} of {2:count} with this program that could be judged, on {3:how-many} in "{4}"',
    '在可判定此程序的 {2}中，有 {1} 个在增长，其中{3}在“{4}”',
  ],
  [
    'it grows on {1} of {2:count} with this program that could be judged, on {3:how-many} in "{4}", by {5:amount} to {6:amount} per hour',
    '在可判定此程序的 {2}中，有 {1} 个在增长，其中{3}在“{4}”，每小时 {5} 至 {6}',
  ],
  [
    'To learn how much of the growth each site explains, run the same work under memcheck twice, once three times as long, with --leak-check=full --show-leak-kinds=all --time-stamp=yes',
    '要得知每个位置解释多少增长，请在 memcheck 下将同样的工作运行两次，其中一次时长为三倍，并使用 --leak-check=full --show-leak-kinds=all --time-stamp=yes',
  ],
  [
    'its blocks of {1:amount} are expected {2:area}, where {3} of the growth is',
    '其 {1} 的块应当{2}，那里占增长的 {3}',
  ],
  ['the ways to compare differ: {1} or {2} of the growth', '各种比较方法结果不同：占增长的 {1} 或 {2}'],
  [
    'the checker saw no more than {1:amount} of it, {2} of what the process grew: its run was short, or the blocks are few but keep whole pages from being given back, or it is not this that grows',
    '检查器只看到其中 {1}，为进程增长的 {2}：运行太短，或块虽少却使整页无法归还，或增长的并不是它',
  ],
  ['two tools tell of it: {1:told}', '两个工具都有报告：{1}'],
  [
    '{1:amount} were lost under a leak checker, but memory did not grow in the {2} samples: what loses it ran seldom or not at all while they were taken, or it loses less than a page',
    '泄漏检查器下丢失了 {1}，但 {2} 个样本中内存没有增长：采样期间丢失它的代码很少或没有运行，或丢失不足一页',
  ],
  [
    'of the heap memory that one run under memcheck kept more than a shorter one, {1} is from here ({2:amount})',
    'memcheck 下一次运行比较短的运行多保留的堆内存中，{1} 来自这里（{2}）',
  ],
  [
    'of the heap memory that a run under memcheck kept to its end, {1} is from here ({2:amount})',
    'memcheck 下运行到结束时保留的堆内存中，{1} 来自这里（{2}）',
  ],
  ['{1} of the growth is {2:area}', '{1} 的增长{2}'],
  [
    'what it keeps grows with the run: {1:amount} in {2:run}, {3:amount} in {4:run}',
    '它保留的内存随运行增长：{2}内 {1}，{4}内 {3}',
  ],
  [
    'what it keeps does not grow with the run: {1:amount} in {2:run}, {3:amount} in {4:run}',
    '它保留的内存不随运行增长：{2}内 {1}，{4}内 {3}',
  ],
  [
    'under memcheck the program keeps {1:amount} per hour ({2:runs-told}), but it grew by {3:amount} per hour where it was sampled: it did other work there, or at another pace',
    'memcheck 下程序每小时保留 {1}（{2}），但被采样的程序每小时增长 {3}：那里做的是别的工作，或节奏不同',
  ],
  [
    'under memcheck it keeps {1:amount} per hour here ({2:runs-told}, with what malloc adds), {3} of the {4:amount} per hour that the sampled process grew',
    'memcheck 下它在此处每小时保留 {1}（{2}，含 malloc 的开销），为被采样进程每小时增长 {4} 的 {3}',
  ],
  [
    'the sampled process itself lost {1:amount} here, {2:amount} with what its allocator adds: {3} of all it lost, which covers the {4:amount} that it grew while sampled',
    '被采样进程自身在此丢失 {1}，含分配器开销为 {2}：占其全部丢失的 {3}，足以覆盖采样期间增长的 {4}',
  ],
  [
    'the sampled process itself lost {1:amount} here, {2:amount} with what its allocator adds: {3} of the {4:amount} that it grew while sampled',
    '被采样进程自身在此丢失 {1}，含分配器开销为 {2}：占采样期间增长 {4} 的 {3}',
  ],
  [
    'memory grows in steps of {1:amount}, each {2:steps} of {3:count} of this site, with {4:amount} for each',
    '内存以 {1} 的阶梯增长，每级为此位置的{2}（{3}），每块占 {4}',
  ],
  [
    'the usual step from sample to sample is {1:amount}, {2} ± {3} blocks of this site ({4:count}, {5:amount} with what malloc adds)',
    '相邻样本之间通常增加 {1}，即此位置的 {2} ± {3} 个块（{4}，含 malloc 开销为 {5}）',
  ],
  ['{1} of {2} steps fit to the page', '{2} 级中有 {1} 级精确到页吻合'],
  [
    'from sample to sample memory grows by {1} ± {2} blocks of this site ({3:count}, {4:amount} with what malloc adds)',
    '相邻样本之间内存增长此位置的 {1} ± {2} 个块（{3}，含 malloc 开销为 {4}）',
  ],
];
