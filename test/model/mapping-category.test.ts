import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  categoryOfMapping,
  categoryOfName,
  categoryWithId,
  MAPPING_CATEGORIES,
} from '../../src/model/mapping-category.js';
import { EXECUTE, READ, SHARED, WRITE } from '../../src/model/vma-table.js';
import { cpuTime } from '../cpu-time.js';

const WRITABLE = READ | WRITE;

describe('the table of categories', () => {
  it('has ids of its own, a meaning and a source for each', () => {
    const ids = MAPPING_CATEGORIES.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { id, title, meaning, source } of MAPPING_CATEGORIES) {
      expect(id).toMatch(/^[a-z][a-z0-9-]*$/);
      expect(title, id).not.toBe('');
      expect(meaning, id).toMatch(/^[A-Z].*\.$/s);
      expect(new URL(source).protocol, id).toBe('https:');
    }
  });

  it('looks at a name anew each time: no pattern keeps its place', () => {
    for (const { names } of MAPPING_CATEGORIES) expect(names?.flags ?? '').not.toMatch(/[gy]/);
  });
});

/** Names as devices and kernels print them; no sample can be made of Android's here. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  'bionic-malloc': ['[anon:libc_malloc]'],
  scudo: ['[anon:scudo:primary]', '[anon:scudo:secondary]', '[anon:scudo:primary_reserve]'],
  'gwp-asan': ['[anon:GWP-ASan Guard Page]'],
  'bionic-thread-stack': ['[anon:stack_and_tls:25207]', '[anon:stack_and_tls:main]'],
  jar: ['/system/framework/framework.jar'],
  apk: ['/data/app/com.example-1/base.apk'],
  font: ['/system/fonts/Roboto-Regular.ttf'],
  dex: [
    '/data/app/oat/arm64/base.odex',
    '/system/framework/boot.vdex',
    '[anon:dalvik-classes.dex extracted in memory from /data/app/base.apk]',
  ],
  oat: ['/system/framework/arm64/boot.oat'],
  art: ['[anon:dalvik-/system/framework/boot.art]', '/data/dalvik-cache/arm/system@framework@boot.art'],
  kgsl: ['/dev/kgsl-3d0'],
  cursor: ['/dev/ashmem/CursorWindow: /data/user/0/sms.db (deleted)'],
  'zygote-code-cache': ['/memfd:jit-zygote-cache (deleted)', '/dev/ashmem/jit-zygote-cache (deleted)'],
  'art-code-cache': ['/memfd:jit-cache (deleted)', '[anon:dalvik-jit-code-cache]', '[anon:dalvik-data-code-cache]'],
  'dalvik-heap': ['[anon:dalvik-main space (region space)]', '/dev/ashmem/dalvik-main space (deleted)'],
  'dalvik-large': ['[anon:dalvik-free list large object space]', '/dev/ashmem/dalvik-large object space allocation'],
  'dalvik-non-moving': ['[anon:dalvik-non moving space]'],
  'dalvik-zygote': ['[anon:dalvik-zygote space]'],
  'dalvik-other': ['[anon:dalvik-LinearAlloc]', '[anon:dalvik-card table]', '[anon:dalvik-indirect ref table]'],
  ashmem: ['/dev/ashmem/shared_memory/350E (deleted)'],
  'dma-buf': ['/dmabuf:', '/dmabuf:camera', 'anon_inode:dmabuf', '/dev/dma_heap/system'],
  binder: ['/dev/binderfs/hwbinder', '/dev/binder'],
  properties: ['/dev/__properties__/u:object_r:system_prop:s0'],
  bionic: ['[anon:linker_alloc]', '[anon:bionic_alloc_small_objects]', '[anon:System property context nodes]'],
  heap: ['[heap]'],
  'glibc-arena': ['[anon: glibc: malloc arena]'],
  'glibc-malloc': ['[anon: glibc: malloc]', '[anon: glibc: loader malloc]'],
  jemalloc: ['[anon:jemalloc_pg]', '[anon:jemalloc_pg_overcommit]'],
  tcmalloc: ['[anon:tcmalloc_region_NORMAL]'],
  mimalloc: ['[anon:mimalloc]'],
  'partition-alloc': ['[anon:partition_alloc]'],
  v8: ['[anon:v8]', '[anon:v8-sandbox]'],
  'go-heap': ['[anon: Go: heap]'],
  'go-runtime': ['[anon: Go: gc bits]'],
  'generated-code': ['/memfd:doublemapper (deleted)', '/memfd:swiftshader_jit (deleted)', '/root/.debug/jit-77.dump'],
  stack: ['[stack]'],
  'thread-stack': ['[stack:13180]', '[anon: glibc: pthread stack: 712]'],
  'signal-stack': ['[anon:thread signal stack]'],
  bss: ['[anon:.bss]'],
  vdso: ['[vdso]', '[vvar]', '[vvar_vclock]', '[vsyscall]', '[vectors]', '[sigpage]'],
  'huge-pages': ['/anon_hugepage (deleted)', '/dev/hugepages/rtemap_0'],
  'posix-shm': ['/dev/shm/frames (deleted)'],
  memfd: ['/memfd:frames (deleted)', 'memfd:frames'],
  'sysv-shm': ['/SYSV0000abcd (deleted)', '[shmid=0x1000a]', '[ shmid=0x1000a ]'],
  gpu: ['/dev/mali0', '/dev/dri/renderD128', '/dev/nvidiactl', 'anon_inode:i915.gem'],
  'kernel-ring': ['anon_inode:[io_uring]', 'anon_inode:[perf_event]', 'socket:[4711]'],
  device: ['/dev/fb0', 'anon_inode:[eventpoll]'],
  'named-anonymous': ['[anon:my pool]'],
  anonymous: ['', '/dev/zero'],
  'other-name': ['[something new]'],
  file: ['/usr/lib/locale/locale-archive', '/usr/lib/libz.so.1', '//anon', 'dexter'],
};

describe.each(Object.entries(NAMES))('%s', (id, names) => {
  it.each(names)('is told by %j', (name) => {
    expect(categoryOfName(name, WRITABLE)).toBe(id);
  });
});

it('each pattern has a name that tells it', () => {
  const untested = MAPPING_CATEGORIES.filter(({ id, names }) => names && !(id in NAMES)).map(({ id }) => id);
  // Told by name on HWASan and MSan devices only, and by permissions.
  expect(untested).toEqual(['asan-shadow', 'shared-anonymous']);
});

describe('what permissions tell', () => {
  it('of unnamed areas', () => {
    expect(categoryOfName('', 0)).toBe('reserved');
    expect(categoryOfName('', READ | EXECUTE)).toBe('executable-anonymous');
    expect(categoryOfName('', WRITABLE | SHARED)).toBe('shared-anonymous');
    expect(categoryOfName('[anon_shmem:pool]', WRITABLE | SHARED)).toBe('shared-anonymous');
    expect(categoryOfName('/dev/zero (deleted)', WRITABLE | SHARED)).toBe('shared-anonymous');
  });
});

it('a mapping that was followed over time has the category of its label', () => {
  expect(categoryOfMapping('[anonymous: arena]', 'anonymous', false)).toBe('glibc-arena');
  expect(categoryOfMapping('[anonymous: thread stack]', 'stack', false)).toBe('thread-stack');
  expect(categoryOfMapping('[anonymous]', 'anonymous', false)).toBe('anonymous');
  expect(categoryOfMapping('[anonymous]', 'shared-memory', false)).toBe('shared-anonymous');
  expect(categoryOfMapping('/usr/bin/sensord', 'file', true)).toBe('image');
  expect(categoryOfMapping('/usr/share/table.bin', 'file', false)).toBe('file');
  expect(categoryOfMapping('/system/framework/boot.oat', 'file', true)).toBe('oat');
});

it('an id of a later version has a category too', () => {
  expect(categoryWithId('of-tomorrow')).toMatchObject({ title: 'other', family: 'anonymous' });
});

it('any name has a category of the table, and in no time', () => {
  const ids = new Set(MAPPING_CATEGORIES.map(({ id }) => id));
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 0, max: 15 }), (name, permissions) => {
      expect(ids.has(categoryOfName(name, permissions))).toBe(true);
    }),
  );
  const parts = ['a', '.so', 'jit', '/memfd:', '[anon:', 'shadow ', 'glibc: ', '.dex', '\n'];
  const time = cpuTime(() => {
    for (const part of parts) {
      categoryOfName(part.repeat(20_000), WRITABLE);
      categoryOfName(`/memfd:${part.repeat(20_000)}`, WRITABLE);
    }
  });
  expect(time).toBeLessThan(1000);
});
