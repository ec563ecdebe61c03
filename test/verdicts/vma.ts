/** One VMA of one snapshot, in bytes. */
export interface Vma {
  readonly start: number;
  readonly end: number;
  readonly permissions: string;
  readonly offset: number;
  readonly device: string;
  readonly inode: number;
  readonly pathname: string;
  readonly sharedClean: number;
  readonly sharedDirty: number;
  readonly privateClean: number;
  readonly privateDirty: number;
  readonly swap: number;
  /** Resident pages that no file backs. */
  readonly anonymous: number;
  /** Processes that map the shared pages, this one included. */
  readonly sharers: number;
  /** The words of VmFlags. */
  readonly flags: string;
}

export const PAGE = 4096;
export const KIB = 1024;
export const MIB = 1024 * KIB;

/** Bytes in whole pages, never negative. */
export function pagesOf(bytes: number): number {
  return Math.max(0, Math.round(bytes / PAGE)) * PAGE;
}

/** A VMA of anonymous memory that holds nothing, with the differences of a particular one. */
export function vmaOf(own: Pick<Vma, 'start' | 'end'> & Partial<Vma>): Vma {
  const { privateDirty = 0, sharedDirty = 0, pathname = '' } = own;
  const isFile = pathname.startsWith('/');
  return {
    permissions: 'rw-p',
    offset: 0,
    device: '00:00',
    inode: 0,
    pathname,
    sharedClean: 0,
    sharedDirty,
    privateClean: 0,
    privateDirty,
    swap: 0,
    anonymous: isFile ? privateDirty : privateDirty + sharedDirty,
    sharers: 1,
    flags: 'rd wr mr mw me ac',
    ...own,
  };
}
