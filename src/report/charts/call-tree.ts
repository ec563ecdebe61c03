/** What the blocks of one call stack hold. */
export interface ChartSite {
  /** Names of functions, the outermost first. */
  readonly path: readonly string[];
  /** Where the innermost one is: `list.c:18`. */
  readonly place?: string;
  /** The class of its colour: see templates/styles. */
  readonly look: string;
  readonly bytes: number;
}

/** A call with all that was allocated below it. */
export interface CallNode {
  readonly name: string;
  /** Of a call that allocates in one place. */
  readonly place?: string;
  /** By look: its own, and that of the calls below it. */
  readonly amounts: ReadonlyMap<string, number>;
  readonly bytes: number;
  /** The largest first. */
  readonly children: readonly CallNode[];
  /** So many calls are summed up in it; absent where it is one. */
  readonly summed?: number;
}

/** What a drawing has room for. */
export interface TreeBounds {
  /** Calls above each other. */
  readonly rows: number;
  readonly boxes: number;
  /** The least part of all bytes that is worth a box: 0 to 1. */
  readonly share: number;
}

interface Draft {
  readonly name: string;
  readonly amounts: Map<string, number>;
  bytes: number;
  places?: Set<string>;
  readonly children: Map<string, Draft>;
}

/** Of deeper stacks the middle is left out: a recursion, mostly. */
const MOST_FRAMES = 120;
const ELLIPSIS = '…';

/** Between the names of calls that share a box. */
export const CHAIN = ' › ';

/** The call stacks put together from `main` on, within bounds; undefined where nothing holds a byte. */
export function callTree(sites: readonly ChartSite[], bounds: TreeBounds): CallNode | undefined {
  const root = draftOf('');
  for (const site of sites) if (site.bytes > 0 && Number.isFinite(site.bytes)) add(root, site);
  if (root.bytes <= 0) return undefined;
  let least = root.bytes * bounds.share;
  const whole = nodeOf(root, least);
  let tree = depthOf(whole) > bounds.rows ? cutAt(withoutChains(whole), bounds.rows) : whole;
  // Doubled, it leaves one box after at most some fifty rounds.
  while (countOf(tree) > bounds.boxes && least < root.bytes) {
    least = Math.max(1, least * 2);
    tree = withoutSmall(tree, least);
  }
  return tree;
}

function add(root: Draft, { path, place = '', look, bytes }: ChartSite): void {
  let node = root;
  count(node, look, bytes);
  for (const name of withoutMiddle(path)) {
    let child = node.children.get(name);
    if (!child) {
      child = draftOf(name);
      node.children.set(name, child);
    }
    node = child;
    count(node, look, bytes);
  }
  node.places ??= new Set();
  node.places.add(place);
}

function count(node: Draft, look: string, bytes: number): void {
  node.bytes += bytes;
  node.amounts.set(look, (node.amounts.get(look) ?? 0) + bytes);
}

/** How many calls stand above each other in it, itself not counted. */
export function depthOf({ children }: CallNode): number {
  return children.reduce((most, child) => Math.max(most, 1 + depthOf(child)), 0);
}

function draftOf(name: string): Draft {
  return { name, amounts: new Map(), bytes: 0, children: new Map() };
}

function withoutMiddle(path: readonly string[]): readonly string[] {
  if (path.length <= MOST_FRAMES) return path;
  const half = MOST_FRAMES / 2;
  return [...path.slice(0, half), ELLIPSIS, ...path.slice(path.length - half)];
}

/** Calls that hold less than `least` are one box with their neighbours. */
function nodeOf({ name, amounts, bytes, places, children }: Draft, least: number): CallNode {
  const all = [...children.values()];
  const large = all.filter((child) => child.bytes >= least).map((child) => nodeOf(child, least));
  const small = all.filter((child) => child.bytes < least);
  const [place = ''] = places ?? [];
  return {
    name,
    ...(places?.size === 1 && place !== '' && { place }),
    amounts,
    bytes,
    children: [...large.sort(compareNodes), ...summed(small, least)],
  };
}

function compareNodes(a: CallNode, b: CallNode): number {
  if (a.bytes !== b.bytes) return b.bytes - a.bytes;
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

/** Calls that do nothing but make one other call stand in its box with it: `main › run › load`. */
function withoutChains(node: CallNode): CallNode {
  const children = node.children.map(withoutChains);
  const [only] = children;
  const isChain = only?.bytes === node.bytes && (only.summed ?? 1) === 1 && node.name !== '';
  if (!isChain) return { ...node, children };
  return { ...only, name: `${node.name}${CHAIN}${only.name}` };
}

/** Calls below the last row belong to what is in it. */
function cutAt(node: CallNode, rows: number): CallNode {
  if (rows > 0) return { ...node, children: node.children.map((child) => cutAt(child, rows - 1)) };
  if (node.children.length === 0) return node;
  return { ...node, name: `${node.name} ${ELLIPSIS}`, children: [] };
}

/** The same with a higher bound. */
function withoutSmall(node: CallNode, least: number): CallNode {
  const large = node.children.filter(({ bytes }) => bytes >= least).map((child) => withoutSmall(child, least));
  const small = node.children.filter(({ bytes }) => bytes < least);
  return { ...node, children: [...large, ...summed(small, least)] };
}

type Small = Pick<CallNode, 'name' | 'bytes' | 'amounts' | 'summed'>;

/** One box for all of them; none where that is too small as well. */
function summed(small: readonly Small[], least: number): CallNode[] {
  const bytes = small.reduce((sum, one) => sum + one.bytes, 0);
  const [only] = small;
  if (!only || bytes < least) return [];
  return [
    {
      name: small.length === 1 ? only.name : ELLIPSIS,
      amounts: sumOf(small.map(({ amounts }) => amounts)),
      bytes,
      children: [],
      summed: small.reduce((sum, one) => sum + (one.summed ?? 1), 0),
    },
  ];
}

function countOf({ children }: CallNode): number {
  return children.reduce((sum, child) => sum + countOf(child), 1);
}

function sumOf(all: readonly ReadonlyMap<string, number>[]): Map<string, number> {
  const sum = new Map<string, number>();
  for (const amounts of all) {
    for (const [look, bytes] of amounts) sum.set(look, (sum.get(look) ?? 0) + bytes);
  }
  return sum;
}
