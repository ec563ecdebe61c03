import type { InspectedFile } from '../../src/inspect.js';
import type { Comparison } from './difference.js';

/** What stands in a file of valgrind's XML, by regular expression. */
export interface ValgrindXmlTruth {
  /** How many errors there are of each kind. */
  readonly kinds: Readonly<Record<string, number>>;
  readonly leakedbytes: number;
  readonly leakedblocks: number;
  readonly n_root_open: number;
  readonly n_root_close: number;
}

/** Kinds of loss in XML and here. */
const LOSSES = {
  Leak_DefinitelyLost: 'definite',
  Leak_IndirectlyLost: 'indirect',
  Leak_PossiblyLost: 'possible',
  Leak_StillReachable: 'reachable',
} as const;

/** Errors, losses and their sums; a file of another tool is refused and says nothing. */
export function compareValgrindXml(
  truth: ValgrindXmlTruth,
  text: string,
  file: InspectedFile,
  comparison: Comparison,
): void {
  const tool = /<protocoltool>([\w-]+)/.exec(text)?.[1];
  const isMemcheck = tool === 'memcheck';
  comparison.same('formats', [isMemcheck ? 'memcheck-xml' : 'valgrind-other'], file.formats);
  comparison.same('refused', !isMemcheck, file.status === 'refused');
  const { leaks, errors, problems } = file;
  if (!isMemcheck) {
    comparison.same('statements', 0, leaks.length + errors.length);
    return;
  }
  for (const [name, kind] of Object.entries(LOSSES)) {
    comparison.same(name, truth.kinds[name] ?? 0, leaks.filter((leak) => leak.kind === kind).length);
  }
  const sum = leaks.reduce((bytes, leak) => bytes + leak.bytes + (leak.indirectBytes ?? 0), 0);
  comparison.same('leaked bytes', truth.leakedbytes, sum);
  comparison.same(
    'leaked blocks',
    truth.leakedblocks,
    leaks.reduce((blocks, leak) => blocks + leak.blocks, 0),
  );
  const others = Object.entries(truth.kinds).filter(([name]) => !(name in LOSSES));
  const fatal = [...text.matchAll(/<signame>SIG(?:SEGV|BUS|ILL|FPE|ABRT|TRAP|SYS)</g)].length;
  comparison.same('errors', others.reduce((count, [, found]) => count + found, 0) + fatal, errors.length);
  const isBroken = truth.n_root_open !== truth.n_root_close || !text.includes('<state>FINISHED</state>');
  comparison.same(
    'incomplete',
    isBroken,
    problems.some(({ code }) => code === 'incomplete-log' || code === 'truncated-capture'),
  );
}
