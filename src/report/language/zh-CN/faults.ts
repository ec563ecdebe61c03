import type { Entries } from '../catalogue.js';

/** Why an access to memory failed. Mappings come with names, which are kept. */
export const FAULTS: Entries = [
  ['{1:cell}: {2:access-cause}', '{1}：{2}'],
  ['a read would have been permitted', '读取本来是允许的'],
  ['unmapped', '未映射'],
  ['null-page', '空指针页'],
  ['stack-guard', '栈保护页'],
  ['beyond-heap', '越过堆'],
  ['freed-mapping', '已释放的映射'],
  ['write-to-readonly', '写只读内存'],
  ['execute-of-data', '执行数据'],
  ['unknown', '未知'],
];

export const FAULT_CAUSES: Readonly<Record<string, Entries>> = {
  'access-cause': [
    ['{1:access-cause} {2:cell}', '{1} {2}'],
    [
      'this is no address: process {1} of user {2} sent itself the signal (raise, kill, abort)',
      '这不是地址：用户 {2} 的进程 {1} 给自己发送了信号（raise、kill、abort）',
    ],
    [
      '{1:does} below {2}, beyond what it may grow to: a recursion without end, or large local variables',
      '{1} {2} 下方，超出其可增长的范围：无限递归或过大的局部变量',
    ],
    [
      'jumps into {1}, {2} bytes from its beginning: data, which must not be executed',
      '跳转到 {1} 起始处 {2} 字节：数据，不可执行',
    ],
    ['writes to {1}, {2} bytes from its beginning: {3:content}', '写入 {1} 起始处 {2} 字节：{3}'],
    [
      'writes to {1}, {2} bytes from its beginning: {3:content}; a read would have been permitted',
      '写入 {1} 起始处 {2} 字节：{3}；读取本来是允许的',
    ],
    [
      '{1:does} in {2}, {3} bytes from its beginning: it does not permit that',
      '{1} {2} 起始处 {3} 字节：该区域不允许此访问',
    ],
    [
      '{1:does} in {2}, {3} bytes from its beginning: beyond the end of the mapped file, or not aligned',
      '{1} {2} 起始处 {3} 字节：超出映射文件的末尾，或未对齐',
    ],
    [
      '{1:does} in {2}, {3} bytes from its beginning: unmapped or protected since the snapshot, which has it',
      '{1} {2} 起始处 {3} 字节：快照中有此区域，之后被解除映射或保护',
    ],
    [
      '{1:does} in {2}, {3} bytes from its beginning: a guard or a reserve, which permits nothing',
      '{1} {2} 起始处 {3} 字节：保护页或保留区，不允许任何访问',
    ],
    ['{1:does} at address 0: a null pointer', '{1}地址 0：空指针'],
    ['jumps to address 0: a null function pointer', '跳转到地址 0：空函数指针'],
    [
      '{1:does} at {2} in the null page: a null pointer, with the offset of a field or an element',
      '{1}空指针页中的 {2}：空指针加上字段或元素的偏移',
    ],
    ['jumps to {1} in the null page: a number taken for a function', '跳转到空指针页中的 {1}：把数字当作函数'],
    [
      '{1:does} {2} bytes below address 0: a null pointer less an offset, or -1 as a pointer (MAP_FAILED)',
      '{1}地址 0 之下 {2} 字节：空指针减去偏移，或以 -1 作指针（MAP_FAILED）',
    ],
    ["{1:does} in the kernel's half of the addresses: no pointer of a program", '{1}地址的内核半区：不是程序的指针'],
    [
      '{1:does} in what was {2} in an earlier snapshot, {3} bytes from its beginning, and is no longer mapped',
      '{1}先前快照中的 {2} 起始处 {3} 字节，现已不再映射',
    ],
    [
      '{1:does} {2:distance} behind the end of {3}: an index or a length beyond the end of a block',
      '{1} {3} 末尾之后{2}：下标或长度超出块的末尾',
    ],
    ['{1:does} where nothing is mapped', '{1}没有映射的地址'],
    ['{1:does} where nothing is mapped, {2:near}', '{1}没有映射的地址，{2}'],
    [
      '{1:does} where nothing is mapped, {2:near}; its bytes read "{3}": perhaps a pointer that a string has overwritten',
      '{1}没有映射的地址，{2}；其字节读作“{3}”：可能是被字符串覆盖的指针',
    ],
    [
      '{1:does} where nothing is mapped; its bytes read "{2}": perhaps a pointer that a string has overwritten',
      '{1}没有映射的地址；其字节读作“{2}”：可能是被字符串覆盖的指针',
    ],
    ['writes to a page that is there and must not be written: constants or code', '写入存在但不可写的页：常量或代码'],
    ['jumps to a page that is there and must not be executed: data', '跳转到存在但不可执行的页：数据'],
    ['{1:does} a page that is there and does not permit it', '{1}存在但不允许此访问的页'],
    [
      "{1:does} a page that is there and does not permit it: a write to constants or code, or the guard of a thread's stack",
      '{1}存在但不允许此访问的页：写入常量或代码，或线程栈的保护页',
    ],
    [
      'no snapshot of this process tells what was mapped: its smaps from shortly before would',
      '没有该进程的快照说明当时的映射：此前不久的 smaps 可以说明',
    ],
    [
      'no snapshot of process {1} tells what was mapped: its smaps from shortly before would',
      '没有进程 {1} 的快照说明当时的映射：此前不久的 smaps 可以说明',
    ],
  ],
  does: [
    ['reads', '读取'],
    ['writes', '写入'],
    ['jumps', '跳转'],
    ['accesses', '访问'],
  ],
  content: [
    ['code, which must not be written', '代码，不可写入'],
    ['constants, which must not be written', '常量，不可写入'],
    ['it must not be written', '不可写入'],
  ],
  near: [
    ['{1} bytes behind {2}, {3} bytes before {4}', '{2} 之后 {1} 字节，{4} 之前 {3} 字节'],
    ['{1} bytes behind {2}, right before {3}', '{2} 之后 {1} 字节，紧接 {3} 之前'],
    ['right behind {1}, {2} bytes before {3}', '紧接 {1} 之后，{3} 之前 {2} 字节'],
    ['right behind {1}, right before {2}', '紧接 {1} 之后、{2} 之前'],
    ['right behind {1}', '紧接 {1} 之后'],
    ['right before {1}', '紧接 {1} 之前'],
    ['{1} bytes behind {2}', '{2} 之后 {1} 字节'],
    ['{1} bytes before {2}', '{2} 之前 {1} 字节'],
  ],
  distance: [
    ['right', '紧接处'],
    ['{1} bytes', ' {1} 字节'],
  ],
};
