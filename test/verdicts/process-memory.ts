import type { Chance } from './chance.js';
import type { Course } from './courses.js';
import { imageVmas, librariesOf } from './mapped-files.js';
import { KIB, MIB, PAGE, pagesOf, type Vma, vmaOf } from './vma.js';
import type { Window } from './window.js';

/** Anonymous memory: what is resident and not shared is private dirty. */
export interface Bulk {
  /** Resident and swapped. */
  readonly total: Course;
  readonly swap?: Course;
  /** Resident, and still shared with the process that forked. */
  readonly shared?: Course;
}

export interface SharedMemory {
  readonly pathname: string;
  readonly total: Course;
  /** Processes that map it; with one its pages count as private. */
  readonly sharers: number;
}

/** What a process holds besides its image and its libraries. */
export interface Holdings {
  readonly heap: Bulk;
  readonly anonymous?: Bulk;
  /** Areas of `bytes` each, apart from each other. */
  readonly blocks?: { readonly count: Course; readonly bytes: number };
  /** Stacks of 8 MiB with a guard page each, of which `bytes` were touched. */
  readonly threads?: { readonly count: Course; readonly bytes: number };
  /** Bytes in glibc's arenas for threads: 64 MiB reserved each. */
  readonly arenas?: { readonly total: Course; readonly count: number };
  readonly sharedMemory?: SharedMemory;
  /** Bytes read of a mapped file. */
  readonly fileClean?: Course;
  /** Address space that was reserved, never touched. */
  readonly reserved?: Course;
  /** Other processes of the same image that share its pages; none where absent. */
  readonly siblings?: Course;
}

type Part = (slot: number) => readonly Vma[];

/** The VMAs of one process at each slot, in the order of their addresses. */
export function processMemory(chance: Chance, window: Window, holdings: Holdings): (slot: number) => Vma[] {
  const image = 0x5500_0000_0000 + chance.whole(0, 0xff_ffff) * PAGE;
  const mapped = 0x7f00_0000_0000 + chance.whole(0, 0xfff_ffff) * PAGE;
  const zone = (gib: number): number => mapped - gib * 1024 * MIB;
  const images = imageVmas(chance, image);
  const { siblings, anonymous, blocks, threads, arenas, sharedMemory, fileClean, reserved } = holdings;
  const parts: Part[] = [
    perCount((count) => images(count), siblings),
    bulkPart(image + 64 * MIB + chance.whole(0, 4000) * PAGE, '[heap]', holdings.heap, 132 * KIB),
    ...librariesOf(chance, window, mapped),
    ...(anonymous ? [bulkPart(zone(2), '', anonymous, MIB)] : []),
    ...(threads ? [threadsPart(zone(8), threads)] : []),
    ...(blocks ? [blocksPart(chance, zone(12), blocks)] : []),
    ...(arenas ? [arenasPart(zone(20), arenas)] : []),
    ...(sharedMemory ? [sharedPart(chance, zone(24), sharedMemory)] : []),
    ...(fileClean ? [filePart(chance, zone(28), fileClean)] : []),
    ...(reserved ? [reservedPart(zone(36), reserved)] : []),
  ];
  return (slot) => parts.flatMap((part) => part(slot)).sort((a, b) => a.start - b.start);
}

/** Makes the same VMAs again only where the number that they depend on is another. */
function perCount(make: (count: number) => readonly Vma[], course: Course = []): Part {
  const made = new Map<number, readonly Vma[]>();
  return (slot) => {
    const count = Math.max(0, Math.round(course[slot] ?? 0));
    const vmas = made.get(count) ?? make(count);
    made.set(count, vmas);
    return vmas;
  };
}

/** An area that never gives address space back and grows by `chunk`. */
function bulkPart(start: number, pathname: string, { total, swap, shared }: Bulk, chunk: number): Part {
  let most = 0;
  const sizes = total.map((bytes) => {
    most = Math.max(most, pagesOf(bytes));
    return (Math.floor(most / chunk) + 1) * chunk;
  });
  return (slot) => {
    const held = pagesOf(total[slot] ?? 0);
    const swapped = Math.min(held, pagesOf(swap?.[slot] ?? 0));
    const sharedDirty = Math.min(held - swapped, pagesOf(shared?.[slot] ?? 0));
    return [
      vmaOf({
        start,
        end: start + (sizes[slot] ?? chunk),
        pathname,
        swap: swapped,
        sharedDirty,
        privateDirty: held - swapped - sharedDirty,
        sharers: sharedDirty > 0 ? 2 : 1,
      }),
    ];
  };
}

/** The first `count` of a list that is made as it is needed. */
function firstOf(course: Course, make: (index: number) => readonly Vma[]): Part {
  const made: (readonly Vma[])[] = [];
  return (slot) => {
    const count = Math.max(0, Math.round(course[slot] ?? 0));
    while (made.length < count) made.push(make(made.length));
    return made.slice(0, count).flat();
  };
}

function threadsPart(top: number, { count, bytes }: NonNullable<Holdings['threads']>): Part {
  const size = 8 * MIB;
  return firstOf(count, (index) => {
    const start = top - (index + 1) * (size + PAGE);
    return [
      vmaOf({ start, end: start + PAGE, permissions: '---p', flags: 'mr mw me ac' }),
      vmaOf({ start: start + PAGE, end: start + PAGE + size, privateDirty: pagesOf(bytes) }),
    ];
  });
}

/** Neighbours were freed, else the kernel would have made one area of them. */
function blocksPart(chance: Chance, top: number, { count, bytes }: NonNullable<Holdings['blocks']>): Part {
  const size = pagesOf(bytes);
  let start = top;
  return firstOf(count, () => {
    start -= size + chance.whole(1, 64) * PAGE;
    return [vmaOf({ start, end: start + size, privateDirty: size })];
  });
}

const ARENA = 64 * MIB;

function arenasPart(top: number, { total, count }: NonNullable<Holdings['arenas']>): Part {
  const first = Math.floor(top / ARENA) * ARENA;
  return (slot) => {
    const each = Math.min(ARENA - PAGE, Math.max(PAGE, pagesOf((total[slot] ?? 0) / count)));
    return Array.from({ length: count }, (_, index) => first - index * ARENA).flatMap((start) => [
      vmaOf({ start, end: start + each, privateDirty: each, flags: 'rd wr mr mw me nr' }),
      vmaOf({ start: start + each, end: start + ARENA, permissions: '---p', flags: 'mr mw me nr' }),
    ]);
  };
}

function sharedPart(chance: Chance, start: number, { pathname, total, sharers }: SharedMemory): Part {
  const inode = chance.whole(1, 9999);
  return (slot) => {
    const held = Math.max(PAGE, pagesOf(total[slot] ?? 0));
    return [
      vmaOf({
        start,
        end: start + held,
        permissions: 'rw-s',
        device: '00:01',
        inode,
        pathname,
        ...(sharers > 1 ? { sharedDirty: held } : { privateDirty: held }),
        anonymous: 0,
        sharers,
        flags: 'rd wr sh mr mw me ms',
      }),
    ];
  };
}

function filePart(chance: Chance, start: number, clean: Course): Part {
  const size = pagesOf(Math.max(...clean)) + chance.whole(0, 64) * PAGE;
  const file = {
    permissions: 'r--p',
    device: 'fe:00',
    inode: 4711,
    pathname: '/opt/demo/map.db',
    flags: 'rd mr mw me',
  };
  return (slot) => [vmaOf({ start, end: start + size, ...file, privateClean: pagesOf(clean[slot] ?? 0) })];
}

function reservedPart(start: number, size: Course): Part {
  return (slot) => [
    vmaOf({ start, end: start + Math.max(PAGE, pagesOf(size[slot] ?? 0)), flags: 'rd wr mr mw me nr ac' }),
  ];
}
