/** By what page faults are told apart; the values are chosen by hand on samples/page-faults. */
export const FAULT_LIMITS = {
  /** Less growth than this many pages is none. */
  leastPages: 16,
  /** Up to so many times what growth takes, minor faults are that growth; below its inverse, pages came in larger pieces. */
  mostPerPage: 2,
  /** Pages that are taken and given back: at least so many bytes, so much of RSS, and so many faults per second. */
  leastChurn: 1024 * 1024,
  leastChurnShare: 0.25,
  churnPerSecond: 100,
  /** Fewer reads per second, each of some milliseconds at most, do not hold a program up. */
  readsPerSecond: 10,
  /** RSS that fell by less of its peak did not fall. */
  leastFall: 0.1,
  /** Reading went on if so many of the intervals have a major fault; it is over if it ended in the first quarter. */
  goesOn: 0.5,
  startUp: 0.25,
} as const;
