import type { CaptureFormat } from '../format.js';
import { lineReader } from '../line-reader.js';
import { TimeReader } from './time-reader.js';

/**
 * What GNU and busybox `time` print when a command has ended, with -v or without, also behind the command's output:
 *
 *     Command terminated by signal 11
 *     	Command being timed: "/opt/demo/leak-example 4"
 *     	User time (seconds): 0.00
 *     	Elapsed (wall clock) time (h:mm:ss or m:ss): 0:04.00          busybox: 0m 4.00s
 *     	Maximum resident set size (kbytes): 1224
 *     	Major (requiring I/O) page faults: 0
 *     	Minor (reclaiming a frame) page faults: 83
 *     	Page size (bytes): 4096
 *     	Exit status: 0
 *
 *     0.00user 0.00system 0:04.00elapsed 0%CPU (0avgtext+0avgdata 1232maxresident)k
 *     0inputs+0outputs (0major+82minor)pagefaults 0swaps
 *
 * GNU time 1.7 as its authors left it prints four times the peak RSS; nothing in its text tells it from later ones.
 */
export const time: CaptureFormat = {
  id: 'time',
  name: 'time -v, and time',
  specification: 'https://man7.org/linux/man-pages/man1/time.1.html (GNU time 1.9; busybox 1.35)',
  howToCapture: '/usr/bin/time -v -o time.log PROGRAM',
  aside: true,
  firstLine: /Command (?:being timed: |exited with |terminated by |stopped by )|elapsed .{1,12}CPU \(/,
  recognizes: (head) => VERBOSE.test(head) || PLAIN.test(head),
  open: (section) => lineReader(new TimeReader(section)),
};

const ENDED = /(?:Command (?:exited with non-zero status|(?:terminated|stopped) by signal) \d{1,3}\n)?/.source;
const VERBOSE = new RegExp(`^${ENDED}[ \\t]{0,8}Command being timed: "`);
const PLAIN = new RegExp(`^${ENDED}\\d{1,9}\\.\\d\\duser \\d{1,9}\\.\\d\\dsystem [\\d:.]{4,16}elapsed `);
