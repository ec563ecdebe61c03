import { KIB } from '../../model/units.js';

/** The most fields that a VMA is believed to have; kernels print about 25. */
export const MOST_FIELDS = 100;

/** Whether a byte may be part of a field's name. */
export function isWord(byte: number): boolean {
  return (byte >= 97 && byte <= 122) || (byte >= 65 && byte <= 90) || byte === 95 || (byte >= 48 && byte <= 57);
}

/** `   123 kB`, or without its unit, maybe with a remark (`# in RAM`); a number beyond what is exact is none. */
export function amountOf(text: string): { value: number; unit: 'kB' | '' } | undefined {
  const match = /^[ \t]*(\d{1,16})(?: (kB)(?:[ \t]+(?:#|\/[/*]|<|←|;|--|\().*)?)?\s*$/.exec(text);
  const value = Number(match?.[1]);
  if (!match || !Number.isSafeInteger(value * KIB)) return undefined;
  return { value, unit: match[2] === 'kB' ? 'kB' : '' };
}

/** Amounts of memory, read as kB even where a script took the unit away. */
export const KNOWN_COUNTERS: ReadonlySet<string> = new Set(
  (
    'Size Rss Pss Pss_Dirty Pss_Anon Pss_File Pss_Shmem Shared_Clean Shared_Dirty Private_Clean Private_Dirty Referenced ' +
    'Anonymous KSM LazyFree AnonHugePages ShmemPmdMapped ShmemHugePages FilePmdMapped Shared_Hugetlb Private_Hugetlb ' +
    'Swap SwapPss KernelPageSize MMUPageSize Locked Nonlinear'
  ).split(' '),
);
export const KNOWN_FIELDS: ReadonlySet<string> = new Set([
  ...KNOWN_COUNTERS,
  'THPeligible',
  'ProtectionKey',
  'VmFlags',
]);
/** Whether these fields are those of a kernel before 3.8, whose VMAs do not end with VmFlags. */
export function isOlderThanVmFlags(names: readonly string[]): boolean {
  // KernelPageSize moved up behind Size in 4.19.
  return names[1] !== 'KernelPageSize' && !names.some((name) => YOUNGER_THAN_VMFLAGS.has(name));
}

const YOUNGER_THAN_VMFLAGS: ReadonlySet<string> = new Set(
  (
    'Pss_Dirty KSM LazyFree ShmemPmdMapped ShmemHugePages FilePmdMapped Shared_Hugetlb Private_Hugetlb SwapPss THPeligible ' +
    'ProtectionKey'
  ).split(' '),
);

/** Whether a line that stands alone belongs to a VMA, so that its header is missing. */
export function isFieldLine(text: string): boolean {
  return /^(?:[A-Z]\w{1,30}: +\d{1,20}(?: kB)?|THPeligible:\s+\d|VmFlags: [a-z ]*)$/.test(text);
}

/** Whether a line may be the beginning of a field. */
export function isCutField(text: string): boolean {
  return /^[A-Z][A-Za-z_]*(?::[ \d]*k?)?$/.test(text);
}

/** Whether a line may be the beginning of a VMA's header. */
export function isCutHeader(text: string): boolean {
  return CUT_HEADER.test(text);
}

const CUT_HEADER =
  /^[0-9a-f]{1,16}(?:-(?:[0-9a-f]{1,16}(?: (?:[rwxsp-]{0,4}|[rwxsp-]{4} [0-9a-f:]{0,16}|[rwxsp-]{4} [0-9a-f]{1,16} [0-9a-f:]{0,16} ?))?)?)?$/;
