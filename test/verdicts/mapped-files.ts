import type { Chance } from './chance.js';
import { PAGE, type Vma, vmaOf } from './vma.js';
import type { Window } from './window.js';

/** One segment of a file: its clean pages are shared with whoever maps the file, its dirty ones after a fork. */
interface Segment {
  readonly permissions: string;
  readonly pages: number;
  readonly clean: number;
  readonly dirty: number;
}

const FLAGS: Readonly<Record<string, string>> = {
  'r--p': 'rd mr mw me',
  'r-xp': 'rd ex mr mw me',
  'rw-p': 'rd wr mr mw me ac',
};

/** The segments that a linker makes: headers, code, constants, what is read-only after relocation, data. */
function segmentsOf(chance: Chance, code: number): readonly Segment[] {
  const read = (pages: number): number => Math.ceil(pages * chance.between(0.3, 1));
  const constants = Math.ceil(code / 4);
  const relocated = Math.ceil(code / 60);
  const data = Math.ceil(code / 50);
  return [
    { permissions: 'r--p', pages: Math.ceil(code / 8), clean: read(code / 8), dirty: 0 },
    { permissions: 'r-xp', pages: code, clean: read(code), dirty: 0 },
    { permissions: 'r--p', pages: constants, clean: read(constants), dirty: 0 },
    { permissions: 'r--p', pages: relocated, clean: 0, dirty: relocated },
    { permissions: 'rw-p', pages: data, clean: 0, dirty: data },
  ];
}

/** A file's VMAs from `start` on, when `others` processes share its pages; `forked` shares the dirty ones too. */
function fileVmas(
  start: number,
  pathname: string,
  inode: number,
  segments: readonly Segment[],
  others: number,
  forked: boolean,
): Vma[] {
  let at = start;
  let offset = 0;
  return segments.map(({ permissions, pages, clean, dirty }) => {
    const end = at + pages * PAGE;
    const isShared = others > 0;
    const vma = vmaOf({
      start: at,
      end,
      permissions,
      offset,
      device: 'fe:00',
      inode,
      pathname,
      ...(isShared ? { sharedClean: clean * PAGE } : { privateClean: clean * PAGE }),
      ...(isShared && forked ? { sharedDirty: dirty * PAGE } : { privateDirty: dirty * PAGE }),
      anonymous: dirty * PAGE,
      sharers: others + 1,
      flags: FLAGS[permissions] ?? '',
    });
    at = end;
    offset += pages * PAGE;
    return vma;
  });
}

/** The program's own VMAs, by the number of its siblings. */
export function imageVmas(chance: Chance, start: number): (siblings: number) => readonly Vma[] {
  const segments = segmentsOf(chance, Math.ceil(chance.logBetween(2, 2000)));
  return (siblings) => fileVmas(start, '/opt/demo/sensord', 1501422, segments, siblings, true);
}

/** libc, at times one more library, the loader, the stack and what the kernel adds. */
export function librariesOf(
  chance: Chance,
  window: Window,
  start: number,
): readonly ((slot: number) => readonly Vma[])[] {
  const names = chance.happens(0.5) ? ['libc.so.6', 'libstdc++.so.6'] : ['libc.so.6'];
  const libraries = [...names, 'ld-linux-x86-64.so.2'].map((name, index) => ({
    pathname: `/usr/lib/x86_64-linux-gnu/${name}`,
    inode: 338944 + index,
    segments: segmentsOf(chance, chance.whole(40, 400)),
    at: start + index * 0x100_0000,
  }));
  let users = chance.whole(5, 40);
  const usersAt = window.hours.map(() => {
    if (chance.happens(0.1)) users = Math.max(3, users + chance.whole(-2, 2));
    return users;
  });
  const made = new Map<number, readonly Vma[]>();
  const files = (others: number): readonly Vma[] => {
    const vmas =
      made.get(others) ??
      libraries.flatMap(({ at, pathname, inode, segments }) => fileVmas(at, pathname, inode, segments, others, false));
    made.set(others, vmas);
    return vmas;
  };
  const fixed = fixedVmas(chance, start);
  return [(slot) => files(usersAt[slot] ?? users), () => fixed];
}

/** Unnamed areas of libraries, the stack and the kernel's own. */
function fixedVmas(chance: Chance, start: number): readonly Vma[] {
  const unnamed = [-0x20_0000, 0x80_0000].map((distance) => {
    const pages = chance.whole(2, 13);
    const privateDirty = chance.whole(1, pages) * PAGE;
    return vmaOf({ start: start + distance, end: start + distance + pages * PAGE, privateDirty });
  });
  const stack = 0x7ffc_0000_0000 + chance.whole(0, 0xf_ffff) * PAGE;
  const kernel = stack + 0x100_0000;
  const kernelFlags = 'rd mr pf io de dd';
  return [
    ...unnamed,
    vmaOf({
      start: stack,
      end: stack + 33 * PAGE,
      pathname: '[stack]',
      privateDirty: chance.whole(2, 20) * PAGE,
      flags: 'rd wr mr mw me gd ac',
    }),
    vmaOf({ start: kernel, end: kernel + 4 * PAGE, permissions: 'r--p', pathname: '[vvar]', flags: kernelFlags }),
    vmaOf({
      start: kernel + 4 * PAGE,
      end: kernel + 6 * PAGE,
      permissions: 'r-xp',
      pathname: '[vdso]',
      sharedClean: PAGE,
      sharers: Number.POSITIVE_INFINITY,
      flags: 'rd ex mr mw me de',
    }),
    vmaOf({
      start: 0xffff_ffff_ff60_0000,
      end: 0xffff_ffff_ff60_1000,
      permissions: '--xp',
      pathname: '[vsyscall]',
      flags: 'ex',
    }),
  ];
}
