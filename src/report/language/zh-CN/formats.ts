import type { Entries } from '../catalogue.js';

/** What `memreport formats` prints beside the names of formats, and what bounds the reading. */
export const FORMATS: Entries = [
  ['FORMAT', '格式'],
  ['WHAT IT IS', '说明'],
  ['HOW TO CAPTURE IT', '采集方法'],
  [
    'Any of them may be packed (gz, xz, zst, bz2) or in an archive (zip, tar, packed tar), one inside another once, and several may stand in one file. Formats are told by content, not by name. --limits tells how much is read.',
    '它们都可以是压缩的（gz、xz、zst、bz2）或位于归档中（zip、tar、压缩的 tar），可再嵌套一层，一个文件中也可有多种。格式按内容识别，与文件名无关。--limits 说明最多读取多少。',
  ],
  ['LIMIT', '上限'],
  ['WHAT IT BOUNDS', '限制对象'],
  ['unpacked bytes for each packed byte', '每个压缩字节解压后的字节数'],
  [
    'smaps packs about 22 to 1, two hundred repeated snapshots 32 to 1; what packs better is no capture',
    'smaps 的压缩比约为 22 : 1，两百个重复的快照为 32 : 1；压缩比更高的不是采集文件',
  ],
  ['unpacked bytes before the ratio is judged', '开始检查压缩比之前解压的字节数'],
  ['a short text of repeated lines may pack better', '行多重复的短文本，压缩比可能更高'],
  ['bytes of one and the same value at the start of packed data', '压缩数据开头连续相同的字节数'],
  [
    'no text begins so; dumps of memory begin with some pages of zeros, and are ignored without a word',
    '文本不会这样开头；内存转储以若干全零页开头，直接忽略而不提示',
  ],
  [
    'unpacked bytes of one packed file or archive, all members and levels added up',
    '一个压缩文件或归档解压后的字节数（所有成员和各层之和）',
  ],
  ['a night of captures has about 1 GiB', '一夜的采集约为 1 GiB'],
  ['bytes of one file in an archive', '归档中单个文件的字节数'],
  ['a day of snapshots in one log has less than 1 GiB', '一天的快照写入一个日志也不到 1 GiB'],
  ['entries of one archive, with those of archives inside it', '一个归档的条目数（含其内部归档的条目）'],
  [
    'a night of 100 processes, 100 samples and 7 files each has 70,000',
    '一夜 100 个进程、每个 100 次采样、每次 7 个文件，共 70,000 个',
  ],
  ['archives or packed files inside each other', '归档或压缩文件的嵌套层数'],
  [
    'a tar.gz counts as one; people pack archives of packed files, and no deeper',
    'tar.gz 算一层；实际使用中只会把压缩文件再打包，不会更深',
  ],
  ['bytes of a zip archive inside another file', '位于其他文件内的 zip 归档的字节数'],
  ['its directory stands at its end, so it is held in memory', '其目录位于末尾，因此须整个放在内存中'],
  ['characters in the path of a file in an archive', '归档中文件路径的字符数'],
  ['the longest that tools unpack without tricks', '各工具不经特殊处理就能解包的最大长度'],
  ['bytes of the window of Zstandard data', 'Zstandard 数据窗口的字节数'],
  [
    'what zstd itself unpacks without being told to; it is held in memory',
    'zstd 不加选项即可解压的大小；窗口须放在内存中',
  ],
  ['bytes of the dictionary of xz data', 'xz 数据字典的字节数'],
  [
    'what xz -9 needs, and all that the decoder takes; it is held in memory',
    'xz -9 所需的大小，也是解码器支持的最大值；字典须放在内存中',
  ],
  [
    'bytes read of a cmdline, comm, stat or status that accompanies a capture',
    '采集文件所附的 cmdline、comm、stat 或 status 读取的字节数',
  ],
  [
    'they are never larger, but for a cmdline, of which the start is enough',
    '这些文件不会更大，只有 cmdline 例外，而它有开头部分就够了',
  ],
  ['bytes of all such files held of one archive', '一个归档中此类文件在内存中的总字节数'],
  ['they stand anywhere in an archive and have to be known first', '它们可位于归档的任何位置，而又须先行得知'],
  ['bytes of a packed tar archive held after it was listed', '列出成员后保留的压缩 tar 归档的字节数'],
  [
    'an archive of one device has less; a larger one is unpacked a second time to be read',
    '单个设备的归档小于此值；更大的归档在读取时会再次解包',
  ],
  ['bytes of a captures.json in an archive', '归档中 captures.json 的字节数'],
  ['20,000 files with all that can be said of them', '20,000 个文件及其全部说明'],
  ['bytes of one line', '单行的字节数'],
  [
    'paths have at most 4 KiB, sixteen times that with escapes; longer lines are skipped',
    '路径最长 4 KiB，转义后为其十六倍；更长的行被跳过',
  ],
  ["bytes of one file of DHAT's JSON", '单个 DHAT JSON 文件的字节数'],
  [
    'a program of 100,000 call stacks has some 20 MiB; it is held in memory',
    '有 100,000 个调用栈的程序约为 20 MiB；文件须放在内存中',
  ],
  ['lines read of a text of no known format', '格式未知的文本读取的行数'],
  ['captures begin near the start of a log', '采集内容从日志开头附近开始'],
  ['problems of one kind told of one file', '一个文件中同类问题列出的条数'],
  [
    'so many show what is wrong; the rest is counted, and told as one',
    '这么多已足以说明问题；其余只计数，合为一条列出',
  ],
  ['folders inside each other', '文件夹的嵌套层数'],
  ['deeper ones come from loops of links', '更深的嵌套来自链接形成的环'],
];

/** Names of formats, ways to capture them, and amounts with their units, by kind. */
export const FORMAT_WORDS: Readonly<Record<string, Entries>> = {
  'format-name': [
    ['{1:format-name} (refused)', '{1}（不予读取）'],
    ['Android dumpsys meminfo of processes', 'Android 进程的 dumpsys meminfo'],
    ['totals of Android dumpsys meminfo', 'Android dumpsys meminfo 的总计行'],
    ['fields of /proc in one line', '写在一行里的 /proc 字段'],
    ['totals of pmap', 'pmap 的总计行'],
    ['Android dumpsys meminfo of the device', 'Android 设备的 dumpsys meminfo'],
    ['Android bug report', 'Android 错误报告（bugreport）'],
    ['smem as CSV or TSV', 'CSV 或 TSV 形式的 smem'],
    ['valgrind memcheck log', 'valgrind memcheck 日志'],
    ['valgrind memcheck XML', 'valgrind memcheck 的 XML'],
    ['AddressSanitizer or LeakSanitizer log', 'AddressSanitizer 或 LeakSanitizer 日志'],
    ['log of another valgrind tool', '其他 valgrind 工具的日志'],
    ['valgrind massif output', 'valgrind massif 输出'],
    ['valgrind DHAT output', 'valgrind DHAT 输出'],
    [
      'kernel log (KASAN, KMSAN, KCSAN, KFENCE, UBSAN, kmemleak, segfault, out of memory)',
      '内核日志（KASAN、KMSAN、KCSAN、KFENCE、UBSAN、kmemleak、段错误）',
    ],
    ['time -v, and time', 'time -v 与 time'],
    // Names of files and programs.
    ...[
      '/proc/PID/smaps',
      'smaps_rollup',
      '/proc/PID/maps',
      '/proc/PID/numa_maps',
      '/proc/PID/status',
      '/proc/PID/stat',
      '/proc/PID/statm',
      '/proc/meminfo',
      'pmap',
      'smem',
      'getrusage',
      'Android procrank',
      'Android librank',
      'Android showmap',
      'Android dumpsys meminfo -c',
    ].map((name) => [name, name] as const),
  ],
  'how-to-capture': [
    ['not needed: use smaps', '不需要：请用 smaps'],
    ['not needed: use smaps or status, whole', '不需要：请用完整的 smaps 或 status'],
    ['not needed: use pmap -x PID, whole', '不需要：请用完整的 pmap -x PID'],
    ['not needed: use dumpsys meminfo PROCESS, whole', '不需要：请用完整的 dumpsys meminfo PROCESS'],
    [
      'not needed: use smaps or status (statm counts pages of unknown size)',
      '不需要：请用 smaps 或 status（statm 以大小未知的页计数）',
    ],
    [
      'a table with the header PID,User,Command,Swap,USS,PSS,RSS, amounts in KiB',
      '表头为 PID,User,Command,Swap,USS,PSS,RSS 的表格，数量以 KiB 为单位',
    ],
    [
      'not needed: use procrank, or showmap for the mappings of a process',
      '不需要：请用 procrank，要看进程的映射则用 showmap',
    ],
    [
      'not needed: use memcheck (valgrind --leak-check=full PROGRAM)',
      '不需要：请用 memcheck（valgrind --leak-check=full PROGRAM）',
    ],
    [
      'ASAN_OPTIONS=log_path=asan.log PROGRAM, built with -fsanitize=address (writes asan.log.PID)',
      'ASAN_OPTIONS=log_path=asan.log PROGRAM，用 -fsanitize=address 编译（写入 asan.log.PID）',
    ],
    ['dmesg, or cat /sys/kernel/debug/kmemleak', 'dmesg，或 cat /sys/kernel/debug/kmemleak'],
    [
      'in Python: print(resource.getrusage(resource.RUSAGE_SELF))',
      'Python 中：print(resource.getrusage(resource.RUSAGE_SELF))',
    ],
    // A command.
    ['{1}', '{1}'],
  ],
  'limit-value': [
    ['{1} times', '{1} 倍'],
    ['{1} files', '{1} 个文件'],
    ['{1} levels', '{1} 层'],
    ['{1} characters', '{1} 个字符'],
    ['{1} lines', '{1} 行'],
    ['{1} problems', '{1} 个问题'],
    ...['B', 'KiB', 'MiB', 'GiB', 'TiB'].map((unit) => [`{1} ${unit}`, `{1} ${unit}`] as const),
  ],
};
