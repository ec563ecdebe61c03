import type { ListedCaptures, Seal } from '../analyze.js';
import { printerIdentity } from '../render.js';
import type { AnalyzeArguments } from './commands/analyze.js';
import type { KnownOutputs } from './known-outputs.js';
import type { RunOutcome } from './run-outcome.js';
import type { Terminal } from './terminal.js';
import { bearingOn, type WriteOptions } from './write-report.js';

/** A run that came to its end, as the next one may find it again. */
export interface KnownRun {
  /** Stands for what it was asked, as `conditionsOf` says; undefined where nothing does. */
  readonly conditions: string | undefined;
  /** Stands for what it read. */
  readonly seal: Seal;
  readonly outcome: RunOutcome;
}

/**
 * What the last run came to, where this one would come to the same and write the same files, and they are all there.
 * @param conditions of this run
 */
export async function outcomeAgain(
  known: KnownOutputs,
  { kept }: ListedCaptures,
  conditions: () => Promise<string | undefined>,
): Promise<RunOutcome | undefined> {
  const { run } = known.last;
  if (run?.conditions === undefined || !(await kept?.isSealed(run.seal))) return undefined;
  if (run.conditions !== (await conditions())) return undefined;
  return known.areUntouched() ? run.outcome : undefined;
}

/**
 * Stands for all that a run over sealed captures depends on besides them, and its words on the terminal with it;
 * undefined where nothing does: folders of binaries and sources are not looked through to see whether they changed.
 */
export async function conditionsOf(
  terminal: Terminal,
  typed: AnalyzeArguments,
  { problems }: ListedCaptures,
  writing: WriteOptions,
): Promise<string | undefined> {
  if (typed.resume || typed.symbols !== undefined || typed.source !== undefined) return undefined;
  const printer = await printerIdentity(writing.formats, typed.browser).catch(() => undefined);
  if (printer === undefined) return undefined;
  const { captures, out, device, command, memoryLimit } = typed;
  const parts = [
    captures,
    out,
    device,
    command,
    memoryLimit,
    problems,
    bearingOn(terminal, writing),
    printer,
    terminal.look,
  ];
  return JSON.stringify(parts);
}
