import type { Entries } from '../catalogue.js';

/** Rules by name, as `memreport explain` tells them. */
export const RULES: Entries = [
  ['A leak checker found lost memory', '泄漏检查器发现丢失的内存'],
  [
    'A definite loss record of memcheck or LeakSanitizer proves a leak and says where it was allocated; a possible one is a hint. Indirect and reachable blocks alone say nothing. A leak check that found nothing speaks against.',
    'memcheck 或 LeakSanitizer 的确定丢失记录证明泄漏并指出分配位置；可能丢失只是线索。单凭间接丢失和可达块不能说明问题。没有发现问题的泄漏检查构成反对理由。',
  ],
  ['More is in use at each leak check', '每次泄漏检查时使用的都更多'],
  [
    'Where memcheck checked for leaks several times in one run (VALGRIND_DO_LEAK_CHECK, leak_check of vgdb), the heap in use rises from check to check by a Mann–Kendall test, and still in the last half of them: memory that can still be reached, or is lost. The first quarter of the checks is start-up.',
    'memcheck 在一次运行中多次检查泄漏时（VALGRIND_DO_LEAK_CHECK、vgdb 的 leak_check），使用中的堆按 Mann–Kendall 检验逐次上升，且在后一半检查中仍在上升：可能仍可达，也可能已丢失。前四分之一的检查算作启动阶段。',
  ],
  ['Each life grows, or only warms up', '每个生命期都在增长，或只是预热'],
  [
    'Where a program was restarted, its lives are judged together as well: the seasonal Kendall test and the evidence of the courses of all lives are added up. Lives that still rise when they end speak for a leak, lives that come to rest after a warm-up against.',
    '程序重启过时，其各生命期也合并判定：将季节性 Kendall 检验和所有生命期走势的证据相加。结束时仍在上升的生命期支持泄漏，预热后趋于静止的则反对。',
  ],
  ['The number of mappings grows', '映射数量增长'],
  [
    'The count of VMAs rises and goes on rising, by the same tests as private memory. The kernel ends a program that reaches vm.max_map_count (65,530 by default).',
    'VMA 数量持续上升，检验方法与私有内存相同。达到 vm.max_map_count（默认 65,530）的程序会被内核终止。',
  ],
  ['Memory errors', '内存错误'],
  [
    'Each memory error of memcheck or a sanitizer, told once per call stack. It does not bear on the verdict.',
    'memcheck 或 sanitizer 的每个内存错误，每个调用栈只报告一次。不影响判定。',
  ],
  ['Ended since memory ran out', '因内存耗尽被终止'],
  [
    'The kernel log tells that a process was ended since memory had run out, of the device or of its control group. A hint, where it held more than any other.',
    '内核日志表明，因设备或其控制组的内存耗尽，进程被终止。若它占用的内存比其他进程都多，则为线索。',
  ],
  ['Private memory grows', '私有内存增长'],
  [
    'What a process holds and the kernel cannot drop (anonymous memory in RAM or swapped out, copied pages of files, private pages of shared memory; else Private_Dirty and Swap, else USS, else RSS) rises by a Mann–Kendall test corrected for autocorrelation and by the lower bound of the Theil–Sen slope; what repeats itself is taken off, and it is the floor that is judged. Courses that still rise at the end (a line, an onset, a second slope, a power) are held against those that do not (constant, ramp, saturation, shifts) by their Bayesian information criteria. Where the total does not grow, each mapping is asked by itself.',
    '进程持有而内核不能丢弃的内存（位于 RAM 或已换出的匿名内存、文件页的副本、共享内存的私有页；否则依次为 Private_Dirty 与 Swap、USS、RSS）按经自相关校正的 Mann–Kendall 检验和 Theil–Sen 斜率下界判断是否上升；周期性部分先予扣除，判定的是底线。末尾仍在上升的走势（直线、起点、第二斜率、幂函数）与不再上升的走势（常数、斜坡、饱和、阶跃）按贝叶斯信息准则比较。总量不增长时，逐个检查各映射。',
  ],
  ['Memory use has settled', '内存使用已稳定'],
  [
    'Speaks against a leak where private memory is flat, comes back to its floor after each rise, grew only at the start or in single steps, falls, or shows no trend.',
    '私有内存平稳、每次上升后回到底线、只在开始时或以单次阶跃增长、下降或没有趋势时，构成反对泄漏的理由。',
  ],
  ['Shared memory grows', '共享内存增长'],
  [
    'The shared memory that a process has mapped (memfd, /dev/shm, System V, ashmem, dma-buf) rises by the same tests as private memory, in size and in what is touched. A segment of fixed size that is touched bit by bit is no leak.',
    '进程映射的共享内存（memfd、/dev/shm、System V、ashmem、dma-buf）按与私有内存相同的检验上升，无论大小还是已访问部分。大小固定、逐步访问的段不是泄漏。',
  ],
];
