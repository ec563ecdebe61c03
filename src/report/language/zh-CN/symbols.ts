import type { Entries } from '../catalogue.js';

/** Problems with files of symbols, and what is no problem of an input. */
export const SYMBOLS: Entries = [
  ['expected ELF class 1 or 2, found {1}', 'ELF class 应为 1 或 2，实为 {1}'],
  ['expected byte order 1 or 2, found {1}', '字节序应为 1 或 2，实为 {1}'],
  ['expected section headers of 40 or 64 bytes, found {1}', '节头应为 40 或 64 字节，实为 {1}'],
  ['expected at most {1} sections, found {2}', '最多应有 {1} 个节，实为 {2}'],
  ['expected program headers of 32 or 56 bytes, found {1}', '程序头应为 32 或 56 字节，实为 {1}'],
  ['expected at most 16 MiB of {1:part}, found {2} bytes', '{1}最大应为 16 MiB，实为 {2} 字节'],
  ['expected {1:part} at byte {2}, found the end of the file', '字节 {2} 处应为{1}，实为文件末尾'],
  ['expected a place in the file, found 0x{1}', '应为文件中的位置，实为 0x{1}'],
  [
    'expected at most {1} files below this folder, found more: the rest is not looked at',
    '此文件夹下最多应有 {1} 个文件，实际更多：其余不查看',
  ],
  ['this folder cannot be listed ({1})', '无法列出此文件夹（{1}）'],
  [
    'nothing tells where it was loaded: capture /proc/PID/maps of that process while it runs',
    '无从得知加载位置：请在进程运行时采集其 /proc/PID/maps',
  ],
  ['{1} is of another build: it has no code at some of the addresses', '{1} 属于另一次构建：部分地址处没有代码'],
  ['no answer within {1} s', '{1} 秒内没有回答'],
  ['more than {1} bytes of output', '输出超过 {1} 字节'],
  ['{1} files could be the source {2}, none is shown: {3}', '{1} 个文件可能是源文件 {2}，均不显示：{3}'],
  ['no file below the folder of symbols has its {1}', '符号文件夹下没有文件具有其 {1}'],
  ['the files of its name are of other builds than {1}', '同名文件属于 {1} 以外的构建'],
  ['{1} different files could be it: {2}', '{1} 个不同的文件都可能是它：{2}'],
  ['a file of symbols cannot be read: {1}', '无法读取符号文件：{1}'],
  ['addresses keep no names: {1}', '地址没有名称：{1}'],
  ['its addresses keep no names: {1}', '其地址没有名称：{1}'],
  [
    'taken to be loaded at 0x{1}, where valgrind loads executables that may be loaded anywhere',
    '按加载于 0x{1} 处理（valgrind 加载位置无关可执行文件之处）',
  ],
  [
    '{1} cannot be run ({2}): check --toolchain-prefix, or install the binutils of the target',
    '无法运行 {1}（{2}）：请检查 --toolchain-prefix，或安装目标的 binutils',
  ],
  [
    'neither llvm-symbolizer nor addr2line can be run: install llvm or binutils (apt install binutils)',
    'llvm-symbolizer 和 addr2line 都无法运行：请安装 llvm 或 binutils（apt install binutils）',
  ],
  ['{1} address without a name in {2}', '{2} 中有 {1} 个没有名称的地址'],
  ['{1} addresses without a name in {2}', '{2} 中有 {1} 个没有名称的地址'],
  ['{1} address without a name in {2}: {3:texts}', '{2} 中有 {1} 个没有名称的地址：{3}'],
  ['{1} addresses without a name in {2}: {3:texts}', '{2} 中有 {1} 个没有名称的地址：{3}'],
  [
    'the rule {1} failed on {2} of {3} ({4}): a bug of memreport, please report it',
    '规则 {1} 在 {3} 的 {2} 上失败（{4}）：memreport 的缺陷，请报告',
  ],
];
