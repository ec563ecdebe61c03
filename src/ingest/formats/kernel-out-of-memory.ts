import type { HeldMemory } from '../../model/kernel-finding.js';
import type { Bytes } from '../../model/units.js';
import { assignKnown } from '../../model/vma-table.js';
import type { KernelFact } from './kernel-fault.js';
import type { KernelLine } from './kernel-line.js';
import { TaskTable } from './kernel-task-table.js';
import { bytesOfKib } from './kib.js';

/** A report is given up so many lines below its first: an Android device has a thousand tasks. */
const LONGEST_REPORT = 20_000;

/**
 * Reads what is logged when a process is ended since memory is short.
 *
 *     sensord invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0
 *     memory: usage 40812kB, limit 40960kB, failcnt 93
 *     Tasks state (memory values in pages):
 *     [  pid  ]   uid  tgid total_vm      rss rss_anon rss_file rss_shmem pgtables_bytes swapents oom_score_adj name
 *     [   5460]     0  5460     9677     9301     9056      245         0   122880        0             0 sensord
 *     Memory cgroup out of memory: Killed process 5460 (sensord) total-vm:38708kB, anon-rss:36224kB, file-rss:980kB, …
 *
 * The last line has had several forms since 2.6.32, of which the amounts are the same. Android tells it in one line:
 *
 *     lowmemorykiller: Killing 'com.example' (2613), adj 0,
 *     lowmemorykiller: Kill 'com.example' (2613), uid 10123, oom_score_adj 0 to free 512000kB rss, 12kB swap; reason: …
 *
 * Source: mm/oom_kill.c, mm/memcontrol.c; drivers/staging/android/lowmemorykiller.c; AOSP system/memory/lmkd/lmkd.cpp.
 */
export class OutOfMemoryReader {
  private begun: number | undefined;
  private table: TaskTable | undefined;
  private limit: Bytes | undefined;

  /** Whether the lines below may be of a report that has begun. */
  get isOpen(): boolean {
    return this.begun !== undefined;
  }

  /** Takes a line: what it tells of a process that was ended; else whether it is of a report. */
  line({ text }: KernelLine, number: number): KernelFact | boolean {
    if (beginsReport(text)) {
      this.reset();
      this.begun = number;
      return true;
    }
    const fact = parseKill(text);
    if (fact) {
      const { pid, held } = fact;
      const tasks = pid === undefined || held?.vss === undefined ? [] : (this.table?.largest(pid, held.vss) ?? []);
      assignKnown(fact, { limit: this.limit, tasks: tasks.length > 0 ? tasks : undefined });
      this.reset();
      return fact;
    }
    if (this.begun === undefined) return false;
    if (number - this.begun <= LONGEST_REPORT) return this.amounts(text);
    this.reset();
    return false;
  }

  private amounts(text: string): boolean {
    const limit = /^memory: usage \d{1,16}kB, limit (\d{1,16})kB, failcnt \d/.exec(text)?.[1];
    if (limit !== undefined) {
      this.limit = bytesOfKib(limit);
      return true;
    }
    const table = TaskTable.begin(text);
    this.table = table ?? this.table;
    return table !== undefined || (this.table?.row(text) ?? false);
  }

  private reset(): void {
    this.begun = undefined;
    this.table = undefined;
    this.limit = undefined;
  }
}

/** Whether the text is the first of a report, or tells by itself of a process that was ended. */
export function tellsOutOfMemory(text: string): boolean {
  return beginsReport(text) || parseKill(text) !== undefined;
}

function beginsReport(text: string): boolean {
  return / invoked oom-killer: gfp_mask=/.test(text);
}

// 2.6.32: "Killed process 812 (sensord) vsz:467184kB, anon-rss:101196kB, file-rss:204kB"
// 3.10 of RHEL: "Killed process 812 (sensord), UID 0, total-vm:467184kB, …"; 5.x: "…, UID:0 pgtables:120kB oom_score_adj:0"
const BY_KERNEL =
  /^(?:[\w ]{0,40}[Oo]ut of memory[^:]{0,40}: )?Killed process (?<pid>\d{1,10}),? \((?<command>.{0,64})\),? (?:UID:? ?\d{1,10},? )?(?:total-vm|vsz):(?<vss>\d{1,16})kB, anon-rss:(?<anonymous>\d{1,16})kB, file-rss:(?<file>\d{1,16})kB(?:, shmem-rss:(?<shared>\d{1,16})kB)?/;

const BY_ANDROID =
  /^(?:lowmemorykiller: )?Kill(?:ing)? '(?<command>[^']{1,128})' \((?<pid>\d{1,10})\)(?: \(tgid \d{1,10}\))?,(?: uid \d{1,10},)? (?:oom_score_adj|oom_adj|adj) (?<adjustment>-?\d{1,5})(?:,$| to free (?<rss>\d{1,16})kB)/;

/** From here on Android's apps are cached ones, which it ends all the time: CACHED_APP_MIN_ADJ in ProcessList.java. */
const CACHED = 900;

function parseKill(text: string): KernelFact | undefined {
  const { groups } = BY_KERNEL.exec(text) ?? BY_ANDROID.exec(text) ?? {};
  if (!groups || Number(groups.adjustment) >= CACHED) return undefined;
  const { command = '', pid, vss, rss, anonymous, file, shared } = groups;
  const parts = [anonymous, file, shared].flatMap((part) => bytesOf(part) ?? []);
  const held = assignKnown<HeldMemory>(
    {},
    {
      vss: bytesOf(vss),
      rss: parts.length > 0 ? parts.reduce((sum, part) => sum + part, 0) : bytesOf(rss),
      anonymous: bytesOf(anonymous),
      file: bytesOf(file),
      shared: bytesOf(shared),
    },
  );
  return {
    kind: 'out-of-memory',
    message: text,
    command,
    pid: Number(pid),
    ...(Object.keys(held).length > 0 && { held }),
    frames: [],
  };
}

function bytesOf(digits: string | undefined): Bytes | undefined {
  return digits === undefined ? undefined : bytesOfKib(digits);
}
