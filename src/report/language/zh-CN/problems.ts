import type { Entries } from '../catalogue.js';

/** Problems of reading: what was expected, and what was found. Quoted text is kept. */
export const PROBLEMS: Entries = [
  [
    'expected at most 16 GiB of unpacked data, found more: the rest is not read',
    '解包数据最多应为 16 GiB，实际更多：其余不读取',
  ],
  [
    'expected at most 100,000 entries in an archive, found more: the rest is not read',
    '归档最多应有 100,000 个条目，实际更多：其余不读取',
  ],
  [
    'expected at most 100,000 entries in an archive, found more: it is not read',
    '归档最多应有 100,000 个条目，实际更多：不读取',
  ],
  [
    'expected at most {1} bytes of text for each packed byte, found more: this is no capture',
    '每个压缩字节最多应对应 {1} 字节文本，实际更多：这不是采集文件',
  ],
  ['expected whole {1} data, found {2:damage}', '应为完整的 {1} 数据，实为{2}'],
  [
    'expected a header at the end of each file in the tar archive, found others: {1} bytes up to the next are not read',
    'tar 归档中每个文件末尾应为文件头，实为其他内容：到下一个文件头之前的 {1} 字节不读取',
  ],
  [
    'expected zeros at the end of the tar archive, found none: it may be cut',
    'tar 归档末尾应为零，实际没有：可能被截断',
  ],
  ['expected a whole tar archive, found {1:damage}', '应为完整的 tar 归档，实为{1}'],
  [
    'expected a window of at most 128 MiB in Zstandard data, found a larger one: unpack it first',
    'Zstandard 数据的窗口最大应为 128 MiB，实际更大：请先解包',
  ],
  [
    'expected at most 4 GiB of one file in an archive, found more: it is not read',
    '归档中单个文件最大应为 4 GiB，实际更大：不读取',
  ],
  ['expected a whole file in a zip archive, found {1:damage}', 'zip 归档中应为完整的文件，实为{1}'],
  [
    'expected a whole zip archive, found no directory at its end ({1}): the files are read one after the other',
    '应为完整的 zip 归档，实际末尾没有目录（{1}）：逐个读取文件',
  ],
  ['{1:damage} in a zip archive', 'zip 归档中的{1}'],
  ['expected few problems of this kind, found {1} more from here on', '此类问题应当很少，此后还有 {1} 个'],
  [
    'expected at most 64 MiB of a zip archive inside another file, found more: unpack it first',
    '其他文件中的 zip 归档最大应为 64 MiB，实际更大：请先解包',
  ],
  [
    'expected at most 2 archives or packed files inside each other, found a third: unpack it first',
    '归档或压缩文件最多嵌套 2 层，实际有第三层：请先解包',
  ],
  [
    'expected text, found more than 32 MiB of one and the same byte: this is no capture',
    '应为文本，实为超过 32 MiB 的同一字节：这不是采集文件',
  ],
  ['expected a file or folder, found {1:damage}', '应为文件或文件夹，实为{1}'],
  ['expected a readable file or folder, found {1}', '应为可读的文件或文件夹，实为 {1}'],
  ['expected a readable file, found {1}', '应为可读的文件，实为 {1}'],
  ['expected a file, found a symbolic link that leads nowhere or in a circle', '应为文件，实为无效或循环的符号链接'],
  [
    'expected a folder below this one, found one above it: not followed',
    '应为此文件夹之下的文件夹，实为其上层：不跟随',
  ],
  [
    "expected at most {1} bytes of DHAT's JSON, found more: not read",
    'DHAT 的 JSON 最多应为 {1} 字节，实际更多：不读取',
  ],
  [
    'expected whole JSON, found text that is none: it is cut or damaged, and nothing of it is used',
    '应为完整的 JSON，实为非 JSON 文本：被截断或损坏，完全不使用',
  ],
  [
    'expected DHAT\'s mode "heap", found {1}, which tells no memory in use',
    '应为 DHAT 的 “heap” 模式，实为 {1}，它不报告使用中的内存',
  ],
  [
    'expected the rows that follow those of processes, found the end of the file: some may be missing',
    '进程行之后应有后续行，实为文件末尾：可能有缺失',
  ],
  [
    'expected "** MEMINFO in pid … **" above a summary, found none: the beginning is missing',
    '摘要之上应有 “** MEMINFO in pid … **”，实际没有：开头缺失',
  ],
  [
    'expected a date above the fields of VMAs, found none: nothing tells of how many snapshots they are, so they are not used',
    'VMA 字段之上应有日期，实际没有：无从得知它们属于多少次快照，因此未使用',
  ],
  ['expected {1} columns, found {2}', '应为 {1} 列，实为 {2}'],
  [
    'expected the row TOTAL below "** MEMINFO in pid … **", found none',
    '“** MEMINFO in pid … **” 之下应有 TOTAL 行，实际没有',
  ],
  [
    'expected the tables that follow those by process, found the end of the file: processes may be missing',
    '按进程的表之后应有后续表，实为文件末尾：可能缺少进程',
  ],
  ['expected an end above the start, found "{1}"', '末端应高于起点，实为“{1}”'],
  ['expected a whole massif file, found one that ends inside {1:part}', '应为完整的 massif 文件，实际在{1}中结束'],
  [
    "expected memcheck's summary of process {1}, found the end of its log: it was killed or the log is cut",
    '应有 memcheck 对进程 {1} 的摘要，实为日志末尾：进程被终止或日志被截断',
  ],
  [
    "expected memcheck's summary of process {1}, found that it ended at its first error (--exit-on-first-error=yes)",
    '应有 memcheck 对进程 {1} 的摘要，实际它在第一个错误处结束（--exit-on-first-error=yes）',
  ],
  ['expected a loss record, found {1}', '应为丢失记录，实为 {1}'],
  ["expected a total of memcheck's, found {1}", '应为 memcheck 的总计，实为 {1}'],
  ['memcheck leaves out errors from here on: {1}', 'memcheck 此后省略错误：{1}'],
  ['expected the amounts of a loss record, found {1}', '应为丢失记录的数量，实为 {1}'],
  ['expected a count in {1}, found {2}', '{1} 中应为计数，实为 {2}'],
  ["expected whole elements of valgrind's XML, found {1:part}: {2}", '应为 valgrind XML 的完整元素，实为{1}：{2}'],
  [
    "expected memcheck's XML, found that of {1}: it tells no lost memory",
    '应为 memcheck 的 XML，实为 {1} 的：它不报告丢失的内存',
  ],
  [
    "expected the XML of one process, found that of several, without their children's ids",
    '应为一个进程的 XML，实为多个进程的，且没有子进程 id',
  ],
  [
    'expected </valgrindoutput>, found the end of the log: the process was killed or the log is cut',
    '应为 </valgrindoutput>，实为日志末尾：进程被终止或日志被截断',
  ],
  [
    'expected {1}, found the end of the log: the process was killed or the log is cut',
    '应为 {1}，实为日志末尾：进程被终止或日志被截断',
  ],
  ['expected {1:part}, found none: the log is not whole', '应为{1}，实际没有：日志不完整'],
  [
    'expected no document type, found one: it is not read, and none of its entities are',
    '不应有文档类型，实际有：不读取它及其实体',
  ],
  ['build id {1} or its name', '构建 id {1} 或其名称'],
  ['expected {1:part}, found {2}', '应为{1}，实为 {2}'],
  ['expected an amount in kB, found {1}', '应为以 kB 计的数量，实为 {1}'],
  ['expected amounts in kB, found {1}', '应为以 kB 计的数量，实为 {1}'],
  ['expected the line of totals that ends a process, found none', '进程末尾应有总计行，实际没有'],
  [
    'expected the {1} of all rows to make the printed total of {2} kB, found {3} kB',
    '所有行的 {1} 之和应为所印总计 {2} kB，实为 {3} kB',
  ],
  [
    'expected the line TOTAL below the rows, found the end of the file: processes may be missing',
    '各行之下应有 TOTAL 行，实为文件末尾：可能缺少进程',
  ],
  ['expected a row with {1} amounts in K, found {2}', '应为含 {1} 个以 K 计数量的行，实为 {2}'],
  [
    'expected Uss and Pss up to Rss, and Rss up to Vss, found {1:rows} where it is not so, which are left out, the first {2}',
    'Uss 和 Pss 应不大于 Rss，Rss 应不大于 Vss，实有 {1}不符并被略去，首个为 {2}',
  ],
  [
    'expected the {1} of all rows to make the printed total of {2}K, found {3}K',
    '所有行的 {1} 之和应为所印总计 {2}K，实为 {3}K',
  ],
  ['expected struct_rusage to its closing bracket, found {1} at the end', 'struct_rusage 应到右括号为止，末尾实为 {1}'],
  ['expected a number that is exact, found {1}', '应为精确的数字，实为 {1}'],
  [
    "expected the report's SUMMARY, found the end of the log: {1:part} may be missing",
    '应有报告的 SUMMARY，实为日志末尾：{1}可能缺失',
  ],
  [
    "expected leaks of {1} bytes, as the tool's SUMMARY says, found {2}",
    '按工具的 SUMMARY 应有 {1} 字节泄漏，实为 {2}',
  ],
  ['the tool leaves out leaks: {1}', '该工具省略了部分泄漏：{1}'],
  ['the sanitizer failed and reports nothing more: {1}', 'sanitizer 失败，不再报告：{1}'],
  ['expected a report before {1}, found none', '{1} 之前应有报告，实际没有'],
  ['expected a row with {1} amounts, found {2}', '应为含 {1} 个数量的行，实为 {2}'],
  ['expected a JSON array, found {1}', '应为 JSON 数组，实为 {1}'],
  ["expected showmap's columns, found others", '应为 showmap 的列，实为其他列'],
  ['expected amounts in all {1} objects, found {2} without', '全部 {1} 个对象都应有数量，其中 {2} 个没有'],
  ['expected the row TOTAL that ends a table, found none', '表末应有 TOTAL 行，实际没有'],
  [
    'expected all VMAs, found only those with private pages (showmap -t): only the totals are used',
    '应有全部 VMA，实际只有含私有页的（showmap -t）：只使用总计',
  ],
  ['expected an end above {1}, found {2}', '末端应高于 {1}，实为 {2}'],
  ['expected {1} in kB, found {2}', '{1} 应以 kB 计，实为 {2}'],
  [
    'expected a whole snapshot, found {1:cut}: the VMAs that are whole are kept, but their totals are no sample',
    '应为完整的快照，实为{1}：保留完整的 VMA，但其总计不作样本',
  ],
  [
    'expected a rollup that ends with "{1}", found nothing after its header',
    'rollup 应以“{1}”结束，实际头部之后没有内容',
  ],
  [
    'expected a rollup that ends with "{1}", found "{2}" as the last field',
    'rollup 应以“{1}”结束，实际最后字段为“{2}”',
  ],
  [
    'expected Rss up to the Size of {1} kB in the VMA at {2}, found {3} kB',
    '{2} 处 VMA 的 Rss 应不超过 Size {1} kB，实为 {3} kB',
  ],
  ['expected a time, found {1}', '应为时间，实为 {1}'],
  ['expected amounts with USS ≤ PSS ≤ RSS, found {1}', '数量应满足 USS ≤ PSS ≤ RSS，实为 {1}'],
  [
    "expected smem's header, found rows alone, which do not tell their columns; capture without -H: {1}",
    '应有 smem 的表头，实际只有数据行，无法得知各列；采集时不要用 -H：{1}',
  ],
  [
    "expected smem's header, found rows alone, which do not tell their columns",
    '应有 smem 的表头，实际只有数据行，无法得知各列',
  ],
  [
    'expected amounts of memory, found percentages, which say no bytes; capture without -p: {1}',
    '应为内存数量，实为百分比，不含字节数；采集时不要用 -p：{1}',
  ],
  ['expected amounts of memory, found percentages, which say no bytes', '应为内存数量，实为百分比，不含字节数'],
  ['expected a row of {1} columns, found {2}', '应为 {1} 列的行，实为 {2}'],
  ['expected at least {1} fields of stat, found {2}', 'stat 至少应有 {1} 个字段，实为 {2}'],
  ['expected numbers of pages, found "{1}"', '应为页数，实为“{1}”'],
  [
    'expected amounts in bytes, found pages of unknown size in "{1}": taken as {2} KiB each',
    '应为字节数，“{1}”中实为大小未知的页：按每页 {2} KiB 计',
  ],
  [
    'expected a peak RSS in kB, found {1} by busybox, which multiplies it by the page size: not used',
    '峰值 RSS 应以 kB 计，busybox 给出的 {1} 乘以了页大小：不使用',
  ],
  ['expected the report of time to its end, found no more', 'time 的报告应到结尾，实际没有'],
  [
    "expected memcheck's log, found that of {1}, which tells no lost memory: {2:valgrind-tool}",
    '应为 memcheck 的日志，实为 {1} 的，它不报告丢失的内存：{2}',
  ],
  [
    'expected the same file twice, found another: it was written to meanwhile',
    '两次读取应为同一文件，实际不同：其间被写入',
  ],
  ['expected text, found {1:damage}', '应为文本，实为{1}'],
  [
    'expected only regular files with paths below the archive, found others, which are not read: {1}',
    '应只有路径位于归档之下的常规文件，实有其他条目，不读取：{1}',
  ],
  ['expected lines of at most 1 MiB, found a longer one: skipped', '每行最长应为 1 MiB，实际更长：跳过'],
  [
    'expected a time in the path, a header or captures.json, found none: the time of its last modification is used',
    '路径、文件头或 captures.json 中应有时间，实际没有：使用其最后修改时间',
  ],
  [
    'expected only {1}, found {2:lines} of no known format, the first "{3}"',
    '应只有 {1}，实有{2}不属于已知格式，首行为“{3}”',
  ],
  ['expected JSON as the README describes it, found {1}', '应为 README 所述的 JSON，实为 {1}'],
  ['expected an object with "files", found {1}', '应为含 “files” 的对象，实为 {1}'],
  ['expected a "path" in each of "files"', '“files” 的每一项应有 “path”'],
  ['expected a time in "takenAt", found {1}', '“takenAt” 应为时间，实为 {1}'],
  ['expected one format, found {1} for {2}: not read', '{2} 应只有一种格式，实为 {1}：不读取'],
  [
    "the files' times do not tell when the {1} captures of {2} were taken: not used",
    '文件时间不能说明 {2} 的 {1} 次采集的时间：不使用',
  ],
  [
    'expected times with their date, found none or no year: only their order and distance are true',
    '时间应带日期，实际没有日期或年份：仅其次序和间隔为真',
  ],
  [
    'expected times that follow each other, found "{1}" after "{2}": {3:clock}',
    '时间应依次递增，实为“{2}”之后出现“{1}”：{3}',
  ],
  ['nothing says which program this is of: taken as "{1}"', '没有说明这属于哪个程序：按“{1}”处理'],
  ['nothing says which program this log is of: taken as "{1}"', '没有说明此日志属于哪个程序：按“{1}”处理'],
  ['this capture has {1:time-lack}: not used for the course of {2}', '此次采集{1}：不用于 {2} 的走势'],
  [
    '{1} captures from here on have {2:time-lack}: not used for the course of {3}',
    '此后 {1} 次采集{2}：不用于 {3} 的走势',
  ],
  [
    '{1} says {2} {3} of {4}, {5} of the same instant {6} ({7}:{8}): {9} apart, where rounding explains {10}; so in {11} of {12} samples. The process ran on between the two, or one is wrong',
    '{1} 称 {4} 的 {2} 为 {3}，同一时刻的 {5} 为 {6}（{7}：{8}）：相差 {9}，舍入只能解释 {10}；{12} 个样本中有 {11} 个如此。两次读取之间进程仍在运行，或其一有误',
  ],
  [
    '{1} says {2} {3} of {4}, {5} of the same instant {6} ({7}:{8}): {9} apart, where rounding explains {10}',
    '{1} 称 {4} 的 {2} 为 {3}，同一时刻的 {5} 为 {6}（{7}：{8}）：相差 {9}，舍入只能解释 {10}',
  ],
  ['so in {1} of {2} samples', '{2} 个样本中有 {1} 个如此'],
  ['The process ran on between the two, or one is wrong', '两次读取之间进程仍在运行，或其一有误'],
  [
    'expected a file that is read within {1} s, found one that takes longer: left out; a bug of memreport, please report it',
    '文件应在 {1} 秒内读完，实际超时：已略去；这是 memreport 的缺陷，请报告',
  ],
  [
    'expected a file that is read in {1} MiB, found one that needs more: left out; a bug of memreport, please report it',
    '读取文件所需内存应不超过 {1} MiB，实际更多：已略去；这是 memreport 的缺陷，请报告',
  ],
  [
    'expected a file that can be read, found that it ends its thread ({1}): left out; a bug of memreport, please report it',
    '文件应可读取，实际使读取线程终止（{1}）：已略去；这是 memreport 的缺陷，请报告',
  ],
  [
    'expected a file that can be read, found that a reader fails on it ({1}): a bug of memreport, please report it',
    '文件应可读取，实际读取程序出错（{1}）：这是 memreport 的缺陷，请报告',
  ],
];
