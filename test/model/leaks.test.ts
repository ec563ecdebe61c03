import { describe, expect, test } from 'vitest';
import { parseMemcheckFrame, parseSanitizerFrame } from '../../src/ingest/stack-frames.js';
import { callersOf, fingerprintOf, plainSymbol, type StackFrame, siteOf } from '../../src/model/leaks.js';
import { cpuTime } from '../cpu-time.js';

const memcheckStack = (...lines: string[]): StackFrame[] => lines.map((line) => parseMemcheckFrame(line) ?? {});
const sanitizerStack = (...lines: string[]): StackFrame[] =>
  lines.map((line) => parseSanitizerFrame(line)?.frame ?? {});
const stack = (...symbols: string[]): StackFrame[] => symbols.map((symbol) => ({ symbol }));

describe('fingerprint', () => {
  test('is the same for a stack of memcheck and of LeakSanitizer', () => {
    const memcheck = memcheckStack(
      '   at 0x402A17C: malloc (in /usr/lib/valgrind/vgpreload_memcheck-x86-linux.so)',
      '   by 0x109230: lose_list (leak-list.c:18)',
      '   by 0x1092FA: main (leak-list.c:42)',
    );
    const lsan = sanitizerStack(
      '    #0 0x7ff078cb89cf in __interceptor_malloc ../../../../src/libsanitizer/asan/asan_malloc_linux.cpp:69',
      '    #1 0x55b0124281be in lose_list /opt/demo/leak-list.c:18',
      '    #2 0x55b012428419 in main /opt/demo/leak-list.c:42',
      '    #3 0x7ff078a45249 in __libc_start_call_main ../sysdeps/nptl/libc_start_call_main.h:58',
      '    #4 0x7ff078a45304 in __libc_start_main_impl ../csu/libc-start.c:360',
      '    #5 0x55b0124280a0 in _start (/opt/demo/leak-list+0x10a0)',
    );
    expect(fingerprintOf(lsan)).toBe(fingerprintOf(memcheck));
    expect(fingerprintOf(memcheck)).toBe(fingerprintOf(stack('lose_list', 'main')));
  });

  test('is that of the published hash: FNV-1a of the names, 64 bits', () => {
    // FNV-1a of "main\n", computed with unlimited integers.
    let hash = 0xcbf29ce484222325n;
    for (const byte of Buffer.from('main\n')) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
    expect(fingerprintOf(stack('main'))).toBe(hash.toString(16).padStart(16, '0'));
  });

  test('does not depend on addresses, lines and files', () => {
    const before = [{ symbol: 'f', file: 'a.c', line: 1, address: '10' }, { symbol: 'main' }];
    const after = [{ symbol: 'f', file: '/opt/a.c', line: 7, address: '20', module: 'x' }, { symbol: 'main' }];
    expect(fingerprintOf(after)).toBe(fingerprintOf(before));
  });

  test('depends on the functions and their order', () => {
    const all = [stack('f', 'g', 'main'), stack('g', 'f', 'main'), stack('f', 'main'), stack('fg', 'main')];
    expect(new Set(all.map(fingerprintOf)).size).toBe(4);
  });

  test('takes a frame without a name by its module, whatever its version', () => {
    const one = fingerprintOf([{ module: '/usr/lib/libstdc++.so.6.0.30' }, ...stack('f', 'main')]);
    const two = fingerprintOf([{ module: 'libstdc++.so.6' }, ...stack('f', 'main')]);
    const other = fingerprintOf([{ module: 'libfoo.so.6' }, ...stack('f', 'main')]);
    expect(two).toBe(one);
    expect(other).not.toBe(one);
  });

  test('is that of a thread, whether or not its outer frames have names', () => {
    const memcheck = memcheckStack(
      '   at 0x48417B4: malloc (in /usr/libexec/valgrind/vgpreload_memcheck-amd64-linux.so)',
      '   by 0x10AF90: work(int) (bugs.cc:55)',
      '   by 0x49314A2: ??? (in /usr/lib/x86_64-linux-gnu/libstdc++.so.6.0.30)',
      '   by 0x4B201F4: start_thread (pthread_create.c:442)',
      '   by 0x4B9FB4F: clone (clone.S:100)',
    );
    const lsan = sanitizerStack(
      '    #0 0x7f in malloc (/lib/liblsan.so.0+0x1)',
      '    #1 0x55 in work(int) /opt/demo/bugs.cc:55',
      '    #2 0x7f in execute_native_thread_routine ../src/thread.cc:82',
    );
    expect(fingerprintOf(lsan)).toBe(fingerprintOf(memcheck));
  });

  test('of no frames is that of nothing', () => {
    expect(fingerprintOf([])).toBe('cbf29ce484222325');
  });
});

describe('callers', () => {
  test.each([
    ['malloc'],
    ['malloc@@GLIBC_2.2.5'],
    ['calloc'],
    ['realloc'],
    ['posix_memalign'],
    ['strdup'],
    ['operator new(unsigned long)'],
    ['operator new'],
    ['operator new[](unsigned int)'],
    ['operator new(unsigned long, std::align_val_t)'],
    ['_Znwm'],
    ['__interceptor_malloc'],
    ['___interceptor_malloc'],
    ['__interceptor_strdup'],
    ['__sanitizer_malloc'],
    ['__hwasan_load1'],
  ])('leaves out the allocator %s', (symbol) => {
    expect(callersOf(stack(symbol, 'f', 'main'))).toEqual(stack('f', 'main'));
  });

  test("leaves out the tools' replacements, named or not", () => {
    const caller = { symbol: 'f' };
    expect(callersOf([{ module: '/usr/libexec/valgrind/vgpreload_memcheck-amd64-linux.so' }, caller])).toEqual([
      caller,
    ]);
    expect(callersOf([{ module: 'libclang_rt.hwasan-aarch64-android.so' }, caller])).toEqual([caller]);
    expect(callersOf([{ symbol: 'memcpy', file: 'vg_replace_strmem.c', line: 1035 }, caller])).toEqual([caller]);
  });

  test('keeps functions that are only called like an allocator', () => {
    expect(callersOf(stack('my_malloc', 'main'))).toEqual(stack('my_malloc', 'main'));
    expect(callersOf(stack('Pool::malloc', 'main'))).toEqual(stack('Pool::malloc', 'main'));
  });

  test('leaves out what called main, and keeps main', () => {
    expect(callersOf(stack('f', 'main', '__libc_start_call_main', '_start'))).toEqual(stack('f', 'main'));
    expect(callersOf(stack('f', 'main(int, char**)', '(below main)'))).toEqual(stack('f', 'main(int, char**)'));
  });

  test('keeps a last frame where all are left out', () => {
    expect(callersOf(stack('malloc'))).toEqual(stack('malloc'));
    expect(callersOf(stack('malloc', '_start'))).toEqual(stack('_start'));
  });
});

test('the site is the first caller with a line, else the first with a name', () => {
  const user = { symbol: 'f', file: 'f.c', line: 3 };
  expect(siteOf([{ symbol: 'malloc', file: 'vg_replace_malloc.c', line: 381 }, { symbol: 'g_strdup' }, user])).toEqual(
    user,
  );
  expect(siteOf([{ module: '/bin/x' }, { symbol: 'g' }, { symbol: 'main' }])).toEqual({ symbol: 'g' });
  for (const library of [
    { symbol: 'allocate', file: 'new_allocator.h', line: 137 },
    { symbol: 'construct<int>', file: '/usr/include/c++/14/tuple', line: 175 },
    { symbol: 'void std::__invoke_impl<void, app::run()::{lambda()#1}>(std::__invoke_other)', file: 'x.h', line: 61 },
    { symbol: 'std::map<int, int>::size() const', file: 'map', line: 5 },
    { symbol: 'with_capacity_in<u8>', file: 'library/alloc/src/raw_vec/mod.rs', line: 177 },
    { symbol: '<T as core::convert::Into<U>>::into', file: 'mod.rs', line: 778 },
  ]) {
    expect(siteOf([{ symbol: 'malloc' }, library, user])).toEqual(user);
    expect(siteOf([{ symbol: 'malloc' }, library])).toEqual(library);
  }
  const own = { symbol: 'std::vector<int> app::make<std::less<int> >(int)', file: 'a.cc', line: 7 };
  expect(siteOf([own, user])).toEqual(own);
  expect(siteOf([{ module: '/bin/x' }])).toEqual({ module: '/bin/x' });
  expect(siteOf([])).toBeUndefined();
});

test.each([
  ['clock_nanosleep@@GLIBC_2.17', 'clock_nanosleep'],
  ['main(int, char**)', 'main'],
  ['app::Pool::take(int)', 'app::Pool::take(int)'],
  ['parse.isra.0', 'parse'],
  ['parse.constprop.0.cold', 'parse'],
  ['parse [clone .part.3]', 'parse'],
  ['std::map<int, std::pair<int, int> >::at(int)', 'std::map<int, std::pair<int, int>>::at(int)'],
])('the plain symbol of %s is %s', (symbol, plain) => {
  expect(plainSymbol(symbol)).toBe(plain);
});

test('a hostile symbol costs little time', () => {
  const parts = ['> ', ' [clone .a]', '@A1', '@@A', '.isra', '.cold.0', ' (.a)', '(', '1'];
  const time = cpuTime(() => {
    for (const part of parts) fingerprintOf([{ symbol: `x${part.repeat(10_000)}!` }]);
  });
  expect(time).toBeLessThan(2000);
});
