import type { HoldingTask } from '../../model/kernel-finding.js';
import { type Bytes, KIB } from '../../model/units.js';

const SHOWN = 10;
const PAGE_SIZES: readonly Bytes[] = [4 * KIB, 16 * KIB, 64 * KIB];

interface TaskRow {
  readonly pid: number;
  readonly command: string;
  /** Pages. */
  readonly vss: number;
  readonly rss: number;
}

/**
 * The table of tasks that the kernel logs when memory has run out, in pages:
 *
 *     [  pid  ]   uid  tgid total_vm      rss rss_anon rss_file rss_shmem pgtables_bytes swapents oom_score_adj name
 *     [   5460]     0  5460     9677     9301     9056      245         0   122880        0             0 sensord
 *
 * Its columns differ between kernels; these are in all of them. Source: dump_tasks in mm/oom_kill.c.
 */
export class TaskTable {
  private readonly rows: TaskRow[] = [];
  private readonly shape: RegExp;

  private constructor(columns: number) {
    // The name may have blanks, and be empty.
    this.shape = new RegExp(
      `^\\[ *(?<pid>\\d{1,10})\\](?: +\\d{1,10}){2} +(?<vss>\\d{1,15}) +(?<rss>\\d{1,15})(?: +-?\\d{1,15}){${columns - 5}} (?<command>.{0,64})$`,
    );
  }

  /** The table that a line begins; undefined: it begins none. */
  static begin(text: string): TaskTable | undefined {
    const columns = /^\[ *pid *\] +uid +tgid +total_vm +rss +(.*)name$/.exec(text)?.[1];
    return columns === undefined ? undefined : new TaskTable(5 + columns.trim().split(/ +/).filter(Boolean).length);
  }

  /** Takes a row; false: the line is none. */
  row(text: string): boolean {
    const { groups } = this.shape.exec(text) ?? {};
    if (!groups) return false;
    const { pid, vss, rss, command = '' } = groups;
    this.rows.push({ pid: Number(pid), vss: Number(vss), rss: Number(rss), command });
    return true;
  }

  /**
   * Those that hold most. How large a page is, only the amount of one process tells that is printed in kB, too (it may
   * have changed meanwhile); empty where that fits none.
   */
  largest(pid: number, vss: Bytes): HoldingTask[] {
    const known = this.rows.find((row) => row.pid === pid);
    const pageSize = PAGE_SIZES.find((size) => known && Math.abs(known.vss * size - vss) < vss / 4);
    if (pageSize === undefined) return [];
    return this.rows
      .map(({ pid: other, command, rss }) => ({ pid: other, command, rss: rss * pageSize }))
      .filter(({ rss }) => rss > 0)
      .sort((a, b) => b.rss - a.rss || a.pid - b.pid)
      .slice(0, SHOWN);
  }
}
