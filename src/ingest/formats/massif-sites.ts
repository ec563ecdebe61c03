import type { HeapSite } from '../../model/heap-profile.js';
import type { StackFrame } from '../../model/leaks.js';
import { parseMemcheckFrame } from '../stack-frames.js';

/** A node of a tree on the way from the allocation functions to the outermost caller. */
interface TreeNode {
  readonly bytes: number;
  readonly text: string;
  /** How many of its children are still to come. */
  awaited: number;
  /** Whether one of them is a caller, and not what massif sums up as below its threshold. */
  hasCallers: boolean;
}

interface SiteSum extends Omit<HeapSite, 'fingerprint' | 'frames'> {
  readonly stack: readonly string[];
  last: number;
  snapshots: number;
  neverShrank: boolean;
}

/**
 * The call sites of massif's detailed snapshots. A site is a whole stack: a node without callers, and the nodes above
 * it. What massif sums up ("in 3 places, all below massif's threshold") belongs to no site.
 */
export class MassifSites {
  private readonly sums = new Map<string, SiteSum>();
  private readonly path: TreeNode[] = [];
  private isPeak = false;
  /** Whether the root of the tree is still to come. */
  private awaitsRoot = false;

  beginTree(isPeak: boolean): void {
    this.path.length = 0;
    this.isPeak = isPeak;
    this.awaitsRoot = true;
  }

  /** Whether the tree is not whole. */
  get awaitsNodes(): boolean {
    return this.awaitsRoot || this.path.some(({ awaited }) => awaited > 0);
  }

  /** Takes a line of the tree; false: it cannot be read, or stands where none is. */
  node(line: string): boolean {
    const match = NODE.exec(line);
    if (!match) return false;
    const depth = match[1]?.length ?? 0;
    const bytes = Number(match[3]);
    const text = match[4] ?? '';
    if (depth === 0 ? !this.awaitsRoot : !this.takeFromParent(depth)) return false;
    this.awaitsRoot = false;
    if (!Number.isSafeInteger(bytes)) return false;
    this.path.length = depth;
    const node: TreeNode = { bytes, text, awaited: Number(match[2]), hasCallers: false };
    this.path.push(node);
    if (depth > 0 && BELOW_THRESHOLD.test(text)) return this.endBranch(depth);
    // The functions that allocate are named at the root; a frame ends with its place or is unknown.
    if (depth > 0 && !/\)$|\?\?\?$/.test(text)) {
      node.awaited++;
      return false;
    }
    const parent = this.path[depth - 1];
    if (parent && depth > 1) parent.hasCallers = true;
    if (depth > 0 && node.awaited === 0) this.addSite(bytes);
    return true;
  }

  all(): Omit<HeapSite, 'fingerprint'>[] {
    return [...this.sums.values()].map(({ stack, neverShrank, first, last, snapshots, ...amounts }) => ({
      frames: stack.map(frameOf),
      ...amounts,
      ...(first !== undefined && { first }),
      last,
      snapshots,
      ...(neverShrank && snapshots >= 3 && last > (first ?? last) && { keepsRising: true }),
    }));
  }

  private takeFromParent(depth: number): boolean {
    const parent = this.path[depth - 1];
    if (!parent || parent.awaited === 0) return false;
    parent.awaited--;
    return true;
  }

  /** All that is left below a node is summed up: if none of its callers is listed, its own stack is the site. */
  private endBranch(depth: number): true {
    this.path.pop();
    const parent = this.path[depth - 1];
    if (parent && depth > 1 && !parent.hasCallers && parent.awaited === 0) this.addSite(parent.bytes);
    return true;
  }

  private addSite(bytes: number): void {
    const stack = this.path.slice(1).map(({ text }) => text);
    const key = stack.join('\n');
    const known = this.sums.get(key);
    if (known === undefined) {
      if (this.sums.size >= MOST_SITES) return;
      this.sums.set(key, {
        stack,
        ...(this.isPeak && { atPeak: bytes }),
        first: bytes,
        last: bytes,
        snapshots: 1,
        neverShrank: true,
      });
      return;
    }
    known.neverShrank &&= bytes >= known.last;
    known.last = bytes;
    known.snapshots++;
    if (this.isPeak) known.atPeak = bytes;
  }
}

/** So many sites are followed; a tree lists those above 1 % of the heap. */
const MOST_SITES = 10_000;

//   n1: 96 0x10915B: lose_list (leak-list.c:18)
//   n0: 1024 in 3 places, all below massif's threshold (1.00%)
const NODE = /^( {0,512})n(\d{1,9}): (\d{1,16}) (.+)$/;
const BELOW_THRESHOLD = /^in \d{1,9} places?, (?:all )?below massif's threshold \([\d.]{1,9}%?\)$/;

function frameOf(text: string): StackFrame {
  return parseMemcheckFrame(`at ${text}`) ?? { symbol: text };
}
