/** A line of the kernel's log without what stands before its text. */
export interface KernelLine {
  /** Without blanks at its ends. */
  readonly text: string;
  /** Milliseconds since boot. */
  readonly sinceBoot?: number;
  /** The task or processor that printed it (CONFIG_PRINTK_CALLER): `T812`, `C1`. */
  readonly caller?: string;
  /** Lines before it are lost. */
  readonly afterGap?: boolean;
}

/**
 * Takes off a line what dmesg, the console and log daemons put before the kernel's text:
 *
 *     [   12.345678] text
 *     [   12.345678][  T812] text                 CONFIG_PRINTK_CALLER
 *     <4>[   12.345678] text                      /proc/kmsg, dmesg -r
 *     [Mon Nov 23 00:42:01 2026] text             dmesg -T
 *     Nov 23 00:42:01 board kernel: [   12.345678] text
 *     2026-11-23T00:42:01.123456+00:00 board kernel: text
 *     Mon Nov 23 00:42:01 2026 kern.warn kernel: [   12.345678] text      logread of OpenWrt
 *     [   12.345678] board kernel: text           journalctl -o short-monotonic
 *     kernel: text                                of which people cut off the rest
 *     ** 2977 printk messages dropped ** [   12.345678] text
 *     board login: [   12.345678] text            a console that waits
 *     [   12.345678] c4    812 text               Android on Qualcomm's: processor and task
 *     [   12.345678] [2:  sensord:  812] text     Samsung's
 *     11-23 00:42:01.123 <3>[   12.345678s][pid:812,cpu3,sensord]text      Huawei's
 *     [   12.345678]  (3)[812:sensord]text        MediaTek's; `sensord: [name:report&]text` since
 *
 * A line without any of it is the kernel's text itself (/sys/kernel/debug/kmemleak).
 * Source: kernel/printk/printk.c, info_print_prefix.
 */
export function kernelLine(line: string): KernelLine {
  const { groups } = PREFIX.exec(line) ?? {};
  const { monotonic, stamp = monotonic, caller, gap, rest = line } = groups ?? {};
  return {
    text: rest.trim(),
    // Digits after the point are microseconds: counted as such, the sum is exact.
    ...(stamp !== undefined && { sinceBoot: Math.round(Number(stamp) * 1e6) / 1e3 }),
    ...(caller !== undefined && { caller }),
    ...(gap !== undefined && { afterGap: true }),
  };
}

const DATES = String.raw`(?:[A-Z][a-z]{2} )?[A-Z][a-z]{2} [ \d]\d [\d:]{8} (?:\d{4} )?|\d{4}-\d\d-\d\d[T ][\d:.,+Z-]{8,24} `;
const VENDORS = String.raw` {0,2}c\d{1,3} {1,9}\d{1,10} | {0,2}\[pid:\d{1,10},cpu\d{1,3},[^\]]{1,64}\]| \[\d{1,3}: {0,16}[^\]:]{1,32}: {0,9}\d{1,10}\] ?| {0,2}[.-]?\(\d{1,3}\)\[\d{1,10}:[^\]]{1,32}\]| [^\s:[]{1,32}: (?=\[name:)`;

// Each part has its own first character or word, so that none can give back what another took.
const PREFIX = new RegExp(
  String.raw`^(?:[\w.-]{1,64} login: )?(?<gap>\*\* \d{1,10} printk messages dropped \*\* ?)?(?:\d\d-\d\d [\d:]{8}\.\d{3} )?(?:<\d{1,3}>)?(?:(?:(?:\[ {0,7}(?<monotonic>\d{1,9}\.\d{6})\] |${DATES})[\w.-]{1,64} )?kernel: )?(?:\[ {0,7}(?<stamp>\d{1,9}\.\d{6})s?\]|\[[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d [\d:]{8} \d{4}\])?(?:\[ {0,7}(?<caller>[CT]\d{1,10})\])?(?:${VENDORS})?(?:\[name:\w{1,64}&\])?(?<rest>.*)$`,
  's',
);
