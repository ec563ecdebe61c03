/** A bound on what is read, so that no input can take all memory or time. */
export interface Limit {
  readonly name: string;
  readonly value: number;
  readonly unit: 'bytes' | 'files' | 'levels' | 'lines' | 'times' | 'characters' | 'problems';
  /** Why it is not higher, and not lower. */
  readonly reason: string;
}

const KIB = 1024;
const MIB = 1024 ** 2;
const GIB = 1024 ** 3;

/** All limits on input; beyond them something is refused or skipped, which is always reported. */
export const LIMITS = {
  ratio: {
    name: 'unpacked bytes for each packed byte',
    value: 250,
    unit: 'times',
    reason: 'smaps packs about 22 to 1, two hundred repeated snapshots 32 to 1; what packs better is no capture',
  },
  ratioFree: {
    name: 'unpacked bytes before the ratio is judged',
    value: 8 * MIB,
    unit: 'bytes',
    reason: 'a short text of repeated lines may pack better',
  },
  sameByte: {
    name: 'bytes of one and the same value at the start of packed data',
    value: 32 * MIB,
    unit: 'bytes',
    reason: 'no text begins so; dumps of memory begin with some pages of zeros, and are ignored without a word',
  },
  unpacked: {
    name: 'unpacked bytes of one packed file or archive, all members and levels added up',
    value: 16 * GIB,
    unit: 'bytes',
    reason: 'a night of captures has about 1 GiB',
  },
  member: {
    name: 'bytes of one file in an archive',
    value: 4 * GIB,
    unit: 'bytes',
    reason: 'a day of snapshots in one log has less than 1 GiB',
  },
  entries: {
    name: 'entries of one archive, with those of archives inside it',
    value: 100_000,
    unit: 'files',
    reason: 'a night of 100 processes, 100 samples and 7 files each has 70,000',
  },
  levels: {
    name: 'archives or packed files inside each other',
    value: 2,
    unit: 'levels',
    reason: 'a tar.gz counts as one; people pack archives of packed files, and no deeper',
  },
  nestedZip: {
    name: 'bytes of a zip archive inside another file',
    value: 64 * MIB,
    unit: 'bytes',
    reason: 'its directory stands at its end, so it is held in memory',
  },
  memberPath: {
    name: 'characters in the path of a file in an archive',
    value: 1024,
    unit: 'characters',
    reason: 'the longest that tools unpack without tricks',
  },
  window: {
    name: 'bytes of the window of Zstandard data',
    value: 128 * MIB,
    unit: 'bytes',
    reason: 'what zstd itself unpacks without being told to; it is held in memory',
  },
  dictionary: {
    name: 'bytes of the dictionary of xz data',
    value: 64 * MIB,
    unit: 'bytes',
    reason: 'what xz -9 needs, and all that the decoder takes; it is held in memory',
  },
  companion: {
    name: 'bytes read of a cmdline, comm, stat or status that accompanies a capture',
    value: 16 * KIB,
    unit: 'bytes',
    reason: 'they are never larger, but for a cmdline, of which the start is enough',
  },
  companions: {
    name: 'bytes of all such files held of one archive',
    value: 64 * MIB,
    unit: 'bytes',
    reason: 'they stand anywhere in an archive and have to be known first',
  },
  keptArchive: {
    name: 'bytes of a packed tar archive held after it was listed',
    value: 64 * MIB,
    unit: 'bytes',
    reason: 'an archive of one device has less; a larger one is unpacked a second time to be read',
  },
  manifest: {
    name: 'bytes of a captures.json in an archive',
    value: 4 * MIB,
    unit: 'bytes',
    reason: '20,000 files with all that can be said of them',
  },
  line: {
    name: 'bytes of one line',
    value: MIB,
    unit: 'bytes',
    reason: 'paths have at most 4 KiB, sixteen times that with escapes; longer lines are skipped',
  },
  dhat: {
    name: "bytes of one file of DHAT's JSON",
    value: 64 * MIB,
    unit: 'bytes',
    reason: 'a program of 100,000 call stacks has some 20 MiB; it is held in memory',
  },
  linesWithoutFormat: {
    name: 'lines read of a text of no known format',
    value: 200_000,
    unit: 'lines',
    reason: 'captures begin near the start of a log',
  },
  problems: {
    name: 'problems of one kind told of one file',
    value: 100,
    unit: 'problems',
    reason: 'so many show what is wrong; the rest is counted, and told as one',
  },
  folders: {
    name: 'folders inside each other',
    value: 64,
    unit: 'levels',
    reason: 'deeper ones come from loops of links',
  },
} as const satisfies Readonly<Record<string, Limit>>;
