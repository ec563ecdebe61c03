/** What the blocks of one call stack hold. */
export interface ChartSite {
  /** Names of functions, the outermost first. */
  readonly path: readonly string[];
  /** Where the innermost one is: `list.c:18`. */
  readonly place?: string;
  /** The class of its colour: see templates/report.css. */
  readonly look: string;
  readonly bytes: number;
}

/** A call with all that was allocated below it. */
export interface CallNode {
  readonly name: string;
  /** Of a call that allocates in one place. */
  readonly place?: string;
  /** By look, of the calls below it too. */
  readonly amounts: ReadonlyMap<string, number>;
  readonly bytes: number;
  /** What it allocated itself. */
  readonly own: number;
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
  readonly places: Set<string>;
  readonly own: Map<string, number>;
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
  for (const site of sites) {
    if (!(site.bytes > 0) || !Number.isFinite(site.bytes)) continue;
    let node = root;
    for (const name of withoutMiddle(site.path)) {
      const known = node.children.get(name);
      const child = known ?? draftOf(name);
      if (!known) node.children.set(name, child);
      node = child;
    }
    node.own.set(site.look, (node.own.get(site.look) ?? 0) + site.bytes);
    node.places.add(site.place ?? '');
  }
  const whole = nodeOf(root);
  if (whole.bytes <= 0) return undefined;
  const low = depthOf(whole) > bounds.rows ? cutAt(withoutChains(whole), bounds.rows) : whole;
  let least = whole.bytes * bounds.share;
  let tree = withoutSmall(low, least);
  // Doubled, it leaves one box after at most some fifty rounds.
  while (countOf(tree) > bounds.boxes && least < whole.bytes) {
    least = Math.max(1, least * 2);
    tree = withoutSmall(low, least);
  }
  return tree;
}

/** How many calls stand above each other in it, itself not counted. */
export function depthOf({ children }: CallNode): number {
  return children.reduce((most, child) => Math.max(most, 1 + depthOf(child)), 0);
}

function draftOf(name: string): Draft {
  return { name, places: new Set(), own: new Map(), children: new Map() };
}

function withoutMiddle(path: readonly string[]): readonly string[] {
  if (path.length <= MOST_FRAMES) return path;
  const half = MOST_FRAMES / 2;
  return [...path.slice(0, half), ELLIPSIS, ...path.slice(path.length - half)];
}

function nodeOf({ name, places, own, children }: Draft): CallNode {
  const [place = ''] = places;
  const below = [...children.values()].map(nodeOf).sort(compareNodes);
  const amounts = sumOf([own, ...below.map((child) => child.amounts)]);
  return {
    name,
    ...(places.size === 1 && place !== '' && { place }),
    amounts,
    bytes: total(amounts),
    own: total(own),
    children: below,
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
  if (node.own > 0 || children.length !== 1 || only === undefined || node.name === '') return { ...node, children };
  return { ...only, name: `${node.name}${CHAIN}${only.name}` };
}

/** Calls below the last row belong to what is in it. */
function cutAt(node: CallNode, rows: number): CallNode {
  if (rows > 0) return { ...node, children: node.children.map((child) => cutAt(child, rows - 1)) };
  if (node.children.length === 0) return node;
  return { ...node, name: `${node.name} ${ELLIPSIS}`, own: node.bytes, children: [] };
}

/** Calls that hold less than `least` are one box with their neighbours, and none where that is too small as well. */
function withoutSmall(node: CallNode, least: number): CallNode {
  const isLarge = ({ bytes }: CallNode): boolean => bytes >= least;
  const small = node.children.filter((child) => !isLarge(child));
  const children = node.children.filter(isLarge).map((child) => withoutSmall(child, least));
  const amounts = sumOf(small.map((child) => child.amounts));
  const bytes = total(amounts);
  if (bytes < least || small.length === 0) return { ...node, children };
  const [only] = small;
  const name = small.length === 1 && only ? only.name : ELLIPSIS;
  return { ...node, children: [...children, { name, amounts, bytes, own: bytes, children: [], summed: small.length }] };
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

function total(amounts: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const bytes of amounts.values()) sum += bytes;
  return sum;
}
