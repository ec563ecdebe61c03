import type { RunSection } from '../section.js';

/** The words of the report, for those who read one for the first time. */
export const glossary: RunSection = {
  id: 'glossary',
  title: 'Words',
  build() {
    return [{ type: 'definitions', terms: TERMS }];
  },
};

const TERMS = [
  { term: 'VSS', text: 'Virtual set size: all address space that is mapped, used or not. Says little about memory.' },
  {
    term: 'RSS',
    text: 'Resident set size: pages in RAM. Pages shared with other processes count in full for each of them.',
  },
  {
    term: 'PSS',
    text: 'Proportional set size: as RSS, but a page shared by n processes counts one n-th. Sums up over processes.',
  },
  {
    term: 'USS',
    text: 'Unique set size: pages that no other process has (private clean + private dirty). What the end of the process would free.',
  },
  { term: 'Swap', text: 'Pages moved out of RAM. A leak that is swapped out no longer shows in RSS, PSS and USS.' },
  { term: 'VMA', text: 'One area of address space in one snapshot, with its permissions and what backs it.' },
  { term: 'Mapping', text: 'The same area, followed from snapshot to snapshot.' },
  {
    term: 'leak',
    text: 'The evidence settles it: private memory keeps growing and does not come back, or a tool proved a loss.',
  },
  { term: 'suspect', text: 'The evidence leans towards a leak, and something is missing or speaks against it.' },
  { term: 'clean', text: 'Sampled long enough, and the memory does not keep growing.' },
  { term: 'inconclusive', text: 'Could not tell. Not the same as clean.' },
  {
    term: 'Loss record',
    text: 'A block of heap memory that a tool found lost at exit: definitely (no pointer to it), indirectly (only lost blocks point to it), possibly (only pointers into its middle), or still reachable (not lost).',
  },
  { term: 'Rate', text: 'Straight line through private memory over time. Times are UTC; 1 KiB is 1024 bytes.' },
];
