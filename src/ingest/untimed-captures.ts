import type { Capture } from '../model/capture.js';
import { tellsFaultsOnly } from '../model/memory.js';
import type { Instant } from '../model/units.js';
import { copyTable } from '../model/vma-table.js';

/** More than this many processes in one file without any time: they are passed on without one. */
const MOST_HELD = 4096;

/**
 * Decides about captures for which nothing tells a time.
 *
 * One snapshot of each process in a file: the file's own modification time may stand in. Several of the same process
 * are a series, of which that time says nothing: they stay without a time, in their order. So captures are held until
 * the file ends or a process comes again. A header's time is good for one capture of each process.
 */
export class UntimedCaptures {
  private held: Capture[] = [];
  private readonly met = new Set<string>();
  /** Processes of which some captures have a time: that of the file says nothing of the others. */
  private readonly timed = new Set<string>();
  private readonly metInRound = new Set<string>();
  private round = 0;
  private isSeries = false;

  constructor(private readonly pass: (capture: Capture) => void) {}

  add(capture: Capture, round: number): void {
    if (capture.type !== 'snapshot' && capture.type !== 'sample') {
      this.pass(capture);
      return;
    }
    const key = keyOf(capture);
    if (round !== this.round) {
      this.round = round;
      this.metInRound.clear();
    }
    const repeatedInRound = this.metInRound.has(key);
    this.metInRound.add(key);
    const { takenAt, sources } = capture.context;
    if (takenAt !== undefined && !(repeatedInRound && sources.takenAt !== 'content')) {
      this.timed.add(key);
      this.pass(capture);
      return;
    }
    const untimed = withoutTime(capture);
    if (!this.isSeries && (takenAt !== undefined || this.met.has(key) || this.held.length >= MOST_HELD)) {
      this.isSeries = true;
      this.flush();
    }
    this.met.add(key);
    if (this.isSeries) this.pass(untimed);
    else this.held.push(untimed.type === 'snapshot' ? { ...untimed, table: copyTable(untimed.table) } : untimed);
  }

  /** The file is over. Returns whether its modification time had to be used for memory. */
  end(modifiedAt: () => Instant): boolean {
    const [beside, alone] = [[], []] as [Capture[], Capture[]];
    for (const capture of this.held) (this.timed.has(keyOf(capture)) ? beside : alone).push(capture);
    this.held = beside;
    this.flush();
    if (alone.length === 0) return false;
    const takenAt = modifiedAt();
    this.held = alone.map((capture) => ({
      ...capture,
      context: { ...capture.context, takenAt, sources: { ...capture.context.sources, takenAt: 'modification-time' } },
    }));
    const isOfMemory = this.held.some((capture) => capture.type !== 'sample' || !tellsFaultsOnly(capture.sample));
    this.flush();
    return isOfMemory;
  }

  private flush(): void {
    for (const capture of this.held) this.pass(capture);
    this.held = [];
  }
}

function keyOf({ format, context: { pid, layout, command } }: Capture): string {
  return `${format} ${pid ?? ''} ${layout ?? ''} ${command ?? ''}`;
}

function withoutTime<C extends Capture>(capture: C): C {
  const context = { ...capture.context, sources: { ...capture.context.sources } };
  delete context.takenAt;
  delete context.sources.takenAt;
  return { ...capture, context };
}
