import { describe, expect, test } from 'vitest';
import { parseMemcheckFrame, parseSanitizerFrame } from '../../src/ingest/stack-frames.js';
import type { StackFrame } from '../../src/model/leaks.js';

const memcheckFrames: [name: string, line: string, frame: StackFrame][] = [
  [
    'file and line',
    '   at 0x4841F2F: malloc (vg_replace_malloc.c:381)',
    { symbol: 'malloc', file: 'vg_replace_malloc.c', line: 381, address: '4841f2f' },
  ],
  [
    'object file',
    '   by 0x17E7D8: perl_parse (in /usr/bin/perl)',
    { symbol: 'perl_parse', module: '/usr/bin/perl', address: '17e7d8' },
  ],
  [
    'object file, as valgrind 2 has it',
    '   by 0x8048491: main (within /home/demo/a.out)',
    { symbol: 'main', module: '/home/demo/a.out', address: '8048491' },
  ],
  [
    'object file in a folder with blanks and brackets',
    '   by 0x1: main (in /opt/my demo (old)/a.out)',
    { symbol: 'main', module: '/opt/my demo (old)/a.out', address: '1' },
  ],
  [
    'an offset behind the function (--sym-offsets)',
    '   by 0x10936C: demo::Op::operator()(int) const+209 (leaks.c:19)',
    { symbol: 'demo::Op::operator()(int) const', file: 'leaks.c', line: 19, address: '10936c' },
  ],
  ['a place that was taken out', '   by 0x127764: req_timeout ()', { symbol: 'req_timeout', address: '127764' }],
  ['an object that was taken out', '   by 0x49B8287: ??? (in )', { address: '49b8287' }],
  ['nothing known', '   by 0x4B3CD4B: ???', { address: '4b3cd4b' }],
  ['no function', '   by 0x39197A: ??? (in /usr/bin/git)', { module: '/usr/bin/git', address: '39197a' }],
  ['no function, but a line', '   by 0x4B55577: ??? (clone.S:73)', { file: 'clone.S', line: 73, address: '4b55577' }],
  ['an address instead of a function', '   by 0x4B3CD4B: 0x4B3CD4B: ???', { address: '4b3cd4b' }],
  ['a function in brackets', '   by 0x493D249: (below main)', { symbol: '(below main)', address: '493d249' }],
  [
    'a function in brackets, with its file',
    '   by 0x493D249: (below main) (libc_start_call_main.h:58)',
    { symbol: '(below main)', file: 'libc_start_call_main.h', line: 58, address: '493d249' },
  ],
  [
    'C++ with argument list',
    '   by 0x10AF90: thrleak()::{lambda()#1}::operator()() const (bugs.cc:55)',
    { symbol: 'thrleak()::{lambda()#1}::operator()() const', file: 'bugs.cc', line: 55, address: '10af90' },
  ],
  [
    'C++ with a function pointer as template argument',
    '   by 0x1: f<void (*)(int), (anonymous namespace)::g> (in /lib/x.so)',
    { symbol: 'f<void (*)(int), (anonymous namespace)::g>', module: '/lib/x.so', address: '1' },
  ],
  [
    'C++ without a place',
    '   by 0x1: operator new(unsigned long)',
    { symbol: 'operator new(unsigned long)', address: '1' },
  ],
  [
    'whole paths (--fullpath-after=)',
    '   by 0x1: main (/opt/demo/leak list.c:29)',
    { symbol: 'main', file: '/opt/demo/leak list.c', line: 29, address: '1' },
  ],
  ['line 0 is no line', '   by 0x1: thunk (file.cpp:0)', { symbol: 'thunk', file: 'file.cpp', address: '1' }],
  ['lost indentation', 'by 0x80484B5: main (a.c:8)', { symbol: 'main', file: 'a.c', line: 8, address: '80484b5' }],
  ['a hidden address', '   at 0x........: main (a.c:8)', { symbol: 'main', file: 'a.c', line: 8 }],
];

describe('memcheck frames', () => {
  test.each(memcheckFrames)('%s', (_name, line, frame) => {
    expect(parseMemcheckFrame(line)).toEqual(frame);
  });

  test.each(['', ' Address 0x4d6fc85 is 5 bytes inside a block', 'at 0x12', 'by 5 bytes: more'])(
    'no frame: %j',
    (line) => {
      expect(parseMemcheckFrame(line)).toBeUndefined();
    },
  );
});

const sanitizerFrames: [name: string, line: string, frame: StackFrame][] = [
  [
    'file and line',
    '    #1 0x55b0124281be in lose_list /opt/demo/leak-list.c:18',
    { symbol: 'lose_list', file: '/opt/demo/leak-list.c', line: 18, address: '55b0124281be' },
  ],
  [
    'file, line and column',
    '    #2 0x7f in __libc_start_main csu/../csu/libc-start.c:360:3',
    { symbol: '__libc_start_main', file: 'csu/../csu/libc-start.c', line: 360, address: '7f' },
  ],
  [
    "Visual Studio's notation",
    '    #0 0x55 in nullw() /opt/demo/bugs.cc(37,44)',
    { symbol: 'nullw()', file: '/opt/demo/bugs.cc', line: 37, address: '55' },
  ],
  [
    'a relative file',
    '    #8 0xb1 in start_thread nptl/pthread_create.c:442',
    { symbol: 'start_thread', file: 'nptl/pthread_create.c', line: 442, address: 'b1' },
  ],
  [
    'a base name',
    '    #1 0x4007d7 in main leak-example.c:6',
    { symbol: 'main', file: 'leak-example.c', line: 6, address: '4007d7' },
  ],
  [
    'module and offset',
    '    #0 0x7fab49936602 in malloc (/usr/lib/x86_64-linux-gnu/libasan.so.2+0x98602)',
    { symbol: 'malloc', module: '/usr/lib/x86_64-linux-gnu/libasan.so.2', address: '7fab49936602', offset: '98602' },
  ],
  [
    'module with a build id',
    '    #5 0x55 in _start (/opt/demo/a.out+0x85c0) (BuildId: 19d2411679cfc786)',
    { symbol: '_start', module: '/opt/demo/a.out', address: '55', offset: '85c0', buildId: '19d2411679cfc786' },
  ],
  [
    'no function, two blanks',
    '    #1 0x7b8f1e4ccc  (/apex/com.android.art/lib64/libart.so+0x198ccc)',
    { module: '/apex/com.android.art/lib64/libart.so', address: '7b8f1e4ccc', offset: '198ccc' },
  ],
  [
    'module with blanks and brackets',
    '    #1 0x7b  (/opt/my demo (1)/a.out+0x19)',
    { module: '/opt/my demo (1)/a.out', address: '7b', offset: '19' },
  ],
  [
    'no function, but a line',
    '    #0 0x7f  /build/glibc/memmove.S:345',
    { file: '/build/glibc/memmove.S', line: 345, address: '7f' },
  ],
  ['no module', '    #19 0x7f820e9062e7  (<unknown module>)', { address: '7f820e9062e7' }],
  [
    'ThreadSanitizer: no address, file and module',
    '    #1 main thread_leak3.c:10 (exe+0x000000003c7e)',
    { symbol: 'main', file: 'thread_leak3.c', line: 10, module: 'exe', offset: '3c7e' },
  ],
  [
    'ThreadSanitizer: no file',
    '    #0 free <null> (bugs_ctsan+0x522e4) (BuildId: cb67)',
    { symbol: 'free', module: 'bugs_ctsan', offset: '522e4', buildId: 'cb67' },
  ],
  [
    'ThreadSanitizer: neither function nor file',
    '    #6 <null> <null> (libstdc++.so.6+0xd44a2)',
    { module: 'libstdc++.so.6', offset: 'd44a2' },
  ],
  [
    'macOS: offset in the function, slice of the module',
    '    #3 0x100001829 in main+0x13f (crashme:x86_64+0x100001828)',
    { symbol: 'main', module: 'crashme', address: '100001829', offset: '100001828' },
  ],
  [
    'Windows',
    '    #2 0x12 in blink::Node::attach C:\\b\\my src\\Node.cpp:870',
    { symbol: 'blink::Node::attach', file: 'C:\\b\\my src\\Node.cpp', line: 870, address: '12' },
  ],
  [
    'Windows, relative',
    '    #2 0x12 in blink::f third_party\\WebKit\\Node.cpp:870',
    { symbol: 'blink::f', file: 'third_party\\WebKit\\Node.cpp', line: 870, address: '12' },
  ],
  [
    'C++ with blanks in name and file',
    '    #2 0x12 in std::map<int, int>::operator[](int const&) const /opt/my demo/map.h:12:3',
    { symbol: 'std::map<int, int>::operator[](int const&) const', file: '/opt/my demo/map.h', line: 12, address: '12' },
  ],
  [
    'C++ with a path in its name',
    '    #2 0x12 in run<(lambda at /src/demo.cc:12:3)>(int) /src/run.h:4:1',
    { symbol: 'run<(lambda at /src/demo.cc:12:3)>(int)', file: '/src/run.h', line: 4, address: '12' },
  ],
  [
    'a function alone',
    '    #0 0x4f13bb in operator delete(void*)',
    { symbol: 'operator delete(void*)', address: '4f13bb' },
  ],
  ['an unknown place', '    #0 0x4f in __interceptor_malloc ??:0', { symbol: '__interceptor_malloc', address: '4f' }],
  ['no indentation', '#1 0xb2 in f a/b.h:1131', { symbol: 'f', file: 'a/b.h', line: 1131, address: 'b2' }],
  ['a place without a function', '    #2 0x12  nptl/clone.c:442', { file: 'nptl/clone.c', line: 442, address: '12' }],
  [
    'Fuchsia, of a library',
    '   #6    0x53f1 in f(int, char const*) ../../out/../src/demo.cc:12 <libdemo.so>+0xad0f1 sp 0x1f2',
    {
      symbol: 'f(int, char const*)',
      file: '../../out/../src/demo.cc',
      line: 12,
      module: 'libdemo.so',
      address: '53f1',
      offset: 'ad0f1',
    },
  ],
  [
    'Fuchsia, of the program',
    '   #5    0x53c0 in Trampoline <<application>>+0x75c0e',
    { symbol: 'Trampoline', module: '<application>', address: '53c0', offset: '75c0e' },
  ],
  ['an offset in the function alone', '    #1 sensor::read(int)+0x6C', { symbol: 'sensor::read(int)' }],
  [
    'what Swift makes without a line of its own',
    '    #0 Store.put(_:) <compiler-generated> (demo:x86_64+0x1B3)',
    { symbol: 'Store.put(_:)', module: 'demo', offset: '1b3' },
  ],
  [
    'macOS, a line of no file',
    '    #1 malloc <null>:3202064 (libclang_rt.tsan_osx_dynamic.dylib+0x5)',
    { symbol: 'malloc', module: 'libclang_rt.tsan_osx_dynamic.dylib', offset: '5' },
  ],
  [
    'hwasan_symbolize',
    '    #1 demo::f(int) const in /opt/demo/a.cpp:12:3',
    { symbol: 'demo::f(int) const', file: '/opt/demo/a.cpp', line: 12 },
  ],
  [
    'hwasan_symbolize, without a place',
    '    #0 (anonymous namespace)::f() in ??:0:0',
    { symbol: '(anonymous namespace)::f()' },
  ],
  [
    "a log's prefix",
    'Nov 23 00:42:23 board app[412]:     #1 0x55 in main /opt/demo/a.c:60',
    { symbol: 'main', file: '/opt/demo/a.c', line: 60, address: '55' },
  ],
];

describe('sanitizer frames', () => {
  test.each(sanitizerFrames)('%s', (_name, line, frame) => {
    expect(parseSanitizerFrame(line)?.frame).toEqual(frame);
  });

  test('tells the number in the stack', () => {
    expect(parseSanitizerFrame('    #17 0x55 in main /opt/demo/a.c:60')?.number).toBe(17);
    expect(parseSanitizerFrame('   #17.2  0x55 in main ../../a.c:60 <libdemo.so>+0x12')?.number).toBe(17.2);
  });

  test.each([
    '#2\tINITED cov: 3 ft: 4 corp: 1/1b',
    '#2 INITED cov: 3 ft: 4 corp: 1/1b',
    '#00 pc 0000000000034bd8  /system/lib64/libc.so (abort+100)',
    'issue #12 is fixed',
    '#',
  ])('no frame: %j', (line) => {
    expect(parseSanitizerFrame(line)).toBeUndefined();
  });
});

test('a hostile line costs little time', () => {
  const lines = ['(', ')', ' (', '> ', '#1 ', ':1', '+0x', ' [clone .a]', '@A1', '.isra', ' (BuildId: '].flatMap(
    (part) => [`   at 0x1: ${part.repeat(20_000)}`, `    #1 0x1 in ${part.repeat(20_000)}x`],
  );
  const before = performance.now();
  for (const line of lines) {
    parseMemcheckFrame(line);
    parseSanitizerFrame(line);
  }
  expect(performance.now() - before).toBeLessThan(2000);
});
