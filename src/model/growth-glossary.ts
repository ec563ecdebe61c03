import type { GlossaryEntry } from './glossary-entry.js';

/** The words in which the growth of memory is told. */
export const GROWTH_GLOSSARY: readonly GlossaryEntry[] = [
  {
    word: 'unreclaimable memory',
    also: ['unreclaimable', 'private'],
    text:
      'What only this process can give back and the kernel cannot drop: anonymous memory, in RAM or swapped out, copied ' +
      'pages of files, private pages of shared memory. It is what memreport judges where smaps tells it; else private ' +
      'dirty + swap, else USS, else RSS.',
    inReport: true,
  },
  {
    word: 'course',
    also: ['shape', 'linear', 'straight line', 'accelerating', 'ever faster', 'flat', 'shrinking', 'shrinks'],
    text:
      'What memory does over time. Growth that goes on: linear (in a straight line), ever faster (accelerating), in steps, a rising ' +
      'floor, from an onset. No growth that stays: flat, settled, one step, cyclic, shrinks, no trend.',
    inReport: true,
  },
  {
    word: 'rising floor',
    also: ['rising-floor', 'floor', 'comes and goes'],
    text:
      'Growth of what memory comes back to after each rise: under a cache or a queue that fills and empties, a leak ' +
      'lifts the lowest values. What comes and goes is not counted.',
    inReport: true,
  },
  {
    word: 'cyclic',
    also: ['cycle', 'cycles', 'sawtooth', 'season', 'period'],
    text: 'Comes and goes, and is back at the same floor each time: garbage collection, a daily load, a buffer. No leak.',
  },
  {
    word: 'steps',
    also: ['in steps', 'staircase', 'one step', 'one-time-step', 'single steps'],
    text:
      'Growth at few moments, and none between them. Many steps that go on are a leak that a rare event feeds; one or ' +
      'two (one step), after which memory stays, are something that is loaded once.',
  },
  {
    word: 'onset',
    also: ['from onset', 'since'],
    text:
      'The moment within the time sampled from which on memory grows, after a quiet beginning. Look for what the ' +
      'program began to do then. Without an onset, the growth began at the first sample or before.',
  },
  {
    word: 'settled',
    also: ['at rest', 'rest', 'warm-up', 'warms up', 'saturation'],
    text:
      'Rose at the beginning and came to rest: start-up, caches that fill, pools that reach their size. It speaks ' +
      'against a leak the longer the rest lasts.',
  },
  {
    word: 'noise',
    also: ['no trend'],
    text:
      'Ups and downs from sample to sample without a direction; their standard deviation is estimated from the ' +
      'differences of neighbours. Growth below it cannot be told from chance.',
    source: 'Rousseeuw & Croux (1993), Journal of the American Statistical Association 88, 1273-1283',
  },
  {
    word: 'runs out',
    also: ['lasts', 'exhaustion', 'forecast', 'memory limit', 'memory-limit', 'left on the device'],
    text:
      'How long after the last sample memory lasts if growth goes on as measured: until RSS reaches --memory-limit, or, ' +
      'where none was given, until the available memory and free swap of the device (meminfo) are used up. Other ' +
      'programs may use it sooner.',
    inReport: true,
  },
  {
    word: 'rate',
    also: ['slope', 'trend'],
    text:
      'The slope of the straight line through private memory over time, by Theil and Sen; in brackets the interval ' +
      'which holds the true slope with 95 % confidence.',
    inReport: true,
  },
  {
    word: 'Theil–Sen',
    also: ['theil-sen', 'theil', 'sen', "sen's slope", 'median slope'],
    text:
      'A straight line whose slope is the median of the slopes between all pairs of samples: single outliers do not ' +
      'move it.',
    source: 'Sen, P. K. (1968), Journal of the American Statistical Association 63, 1379-1389',
  },
  {
    word: '95 % interval',
    also: ['interval', '95 %', '95%', 'confidence interval', 'rate interval', 'band'],
    text:
      "The range that holds the true rate in 95 of 100 cases: Sen's interval of the slope, widened where neighbouring " +
      'samples depend on each other. One that includes 0 proves no growth.',
    source: 'Sen, P. K. (1968), Journal of the American Statistical Association 63, 1379-1389',
  },
  {
    word: 'Mann–Kendall',
    also: ['mann-kendall', 'kendall', 'trend test', 'seasonal kendall'],
    text:
      'A test for a trend: it counts the pairs of samples of which the later is larger, whatever by how much. Corrected ' +
      'for autocorrelation; over several lives of a program, their counts are added up (seasonal Kendall test).',
    source: 'Hamed & Rao (1998), Journal of Hydrology 204, 182-196',
  },
  {
    word: 'p-value',
    also: ['p', 'p value', 'significance', 'probability'],
    text:
      'How probable a rise like this, or a clearer one, is by chance alone, in memory that does not grow. Below 0.01, ' +
      'memreport calls a trend significant.',
    inReport: true,
  },
  {
    word: 'autocorrelation',
    also: ['autocorrelated', 'autocorrelated values', 'wander', 'wanders'],
    text:
      'Each sample resembles the one before, so memory wanders for long without any trend: many samples then prove as ' +
      'much as few independent ones, and tests that count them all would see a trend too often.',
    source: 'Hamed & Rao (1998), Journal of Hydrology 204, 182-196',
  },
  {
    word: 'Bayes factor',
    also: ['bayes', 'evidence', 'evidence of courses', 'bic', 'bayesian information criterion'],
    text:
      'How many times better one course explains the samples than another, each paying for its parameters (Bayesian ' +
      'information criterion): those that still rise at the end against those that have come to rest. 20 : 1 is strong.',
    source: 'Kass & Raftery (1995), Journal of the American Statistical Association 90, 773-795',
    inReport: true,
  },
  {
    word: 'copy on write',
    also: ['copy-on-write', 'stopped being shared', 'un-sharing', 'fork'],
    text:
      'After a fork, parent and child share their pages until one of them writes: then it gets a page of its own. ' +
      'Private memory grows by that, RSS and swap do not, so it is no leak.',
    source: 'https://man7.org/linux/man-pages/man2/fork.2.html',
  },
  {
    word: 'explained by',
    also: ['share', 'explains'],
    text:
      'The loss record whose blocks are as large as the steps in which memory grows, with the share of the growth that ' +
      'it accounts for: the line of code to look at first.',
  },
];
