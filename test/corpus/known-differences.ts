import type { Difference } from './difference.js';

/** A difference in which the truth is wrong, or asks for more than memreport sets out to do. */
export interface KnownDifference {
  readonly file: string;
  readonly what: string;
  /** What memreport finds; anything else is a difference again. */
  readonly found: string;
  readonly reason: string;
}

const GO = 'the truth counts "runtime error" of a Go panic as UndefinedBehaviorSanitizer\'s';
const GZIP = 'a whole smaps packed by gzip, which memreport reads; refusing it was right for tools that do not';
const SUMMARY_ALONE = 'a SUMMARY line of which the report itself was cut away: no header, no stack';
const OLD_MEMCHECK = 'the truth does not know the words of memcheck before 3.6: "malloc/free: 13 allocs, 0 frees, …"';

export const KNOWN: readonly KnownDifference[] = [
  {
    file: 'live/nightly/t_syslog_prefixed_smaps.log',
    what: 'VMA headers',
    found: '2',
    reason: 'the log is cut inside its third VMA, which the truth counts; what is not whole is a problem, no VMA',
  },
  { file: 'live/negative/smaps.gz', what: 'statements', found: '1', reason: GZIP },
  { file: 'live/negative/smaps.gz', what: 'status', found: 'read', reason: GZIP },
  {
    file: 'live/nightly/x_no_unit.log',
    what: 'Size of the heaps in kB',
    found: '[8196]',
    reason: 'the truth looks for "kB", which a script took away here; z_utf16le_powershell.log has the same heap',
  },
  {
    file: 'live/pmap/chromium-62.pmap-XX.txt',
    what: 'total Pss in kB',
    found: '82422',
    reason: 'pmap printed a total that is 2 kB off the sum of its own rows',
  },
  {
    file: 'live/sanitizers/gcc12-asan-rsslimit__oom.txt',
    what: 'errors',
    found: '1',
    reason: '"hard rss limit exhausted" is an error without the word ERROR, which the truth looks for',
  },
  ...[190, 226].map((line) => ({
    file: `sanitizer/clusterfuzz-lit__issue_filer_test.py_L${line}.txt`,
    what: 'the kind of a SUMMARY',
    found: 'no errors',
    reason: SUMMARY_ALONE,
  })),
  ...Object.entries({
    not_ubsan: '1',
    panic_runtime_error_index_out_of_range: '0',
    panic_runtime_error_index_out_of_range_with_msan: '1',
    panic_runtime_error_integer_divide_by_zero: '0',
    panic_runtime_error_slice_bounds_out_of_range: '1',
    sigsegv_panic: '0',
  }).map(([name, found]) => ({ file: `sanitizer/clusterfuzz__golang_${name}.txt`, what: 'errors', found, reason: GO })),
  {
    file: 'status/prometheus-procfs__26235_status',
    what: 'name',
    found: '"kube-proxy"',
    reason: 'blanks stand after "Name:" where the kernel prints a tab; the truth takes no name then',
  },
  {
    file: 'valgrind-text/transcribed__valgrind_3.3.0_rptest.txt',
    what: '4873: heap usage',
    found: '[91051,91007,2895144]',
    reason: OLD_MEMCHECK,
  },
  {
    file: 'valgrind-text/transcribed__valgrind_3.4_glued_stdout.txt',
    what: '8141: heap usage',
    found: '[13,0,52]',
    reason: OLD_MEMCHECK,
  },
];

/** The entry that explains a difference. */
export function knownDifference({ file, what, found }: Difference): KnownDifference | undefined {
  return KNOWN.find((known) => known.file === file && known.what === what && known.found === found);
}
