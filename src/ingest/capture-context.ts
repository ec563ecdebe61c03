import { type CaptureContext, type ContextSource, commandName } from '../model/capture.js';
import type { Companions } from './companions.js';
import type { Says } from './format.js';
import type { ManifestEntry } from './manifest.js';
import { type PathContext, pathContextOf } from './path-context.js';
import type { SectionHeader } from './section-header.js';

/** What is known of a file before it is read. */
export interface FileContext {
  /** The name of the captures folder: the device where no folder below it names one. */
  readonly rootName: string;
  readonly path: PathContext;
  readonly manifest: ManifestEntry;
  readonly companions: Companions;
}

/**
 * Decides which device, program, process and time one reading belongs to, and says how it knew.
 *
 * In this order: the manifest; what the capture itself says of a process (a row of smem, the first line of pmap);
 * the header above it in the same file, which speaks of this very text; the path; the files beside it. The command is
 * taken from `cmdline`, `comm` or `status` beside it before the path, and last from the first executable mapping.
 * The time of the file's last modification is the caller's last resort.
 */
export function contextOf(
  file: FileContext,
  header: SectionHeader | undefined,
  says: Says,
  firstExecutable: string | undefined,
): CaptureContext {
  const sources: CaptureContext['sources'] = {};
  const place = header?.path === undefined ? undefined : placeOf(header.path);
  const choose = <T>(part: keyof typeof sources, candidates: [ContextSource, T | undefined][]): T | undefined => {
    const known = candidates.find(([, value]) => value !== undefined && value !== '');
    if (known) sources[part] = known[0];
    return known?.[1];
  };
  const { manifest, path, companions } = file;
  const context: CaptureContext = {
    device: choose('device', [
      ['manifest', manifest.device],
      ['header', place?.device],
      ['path', path.device],
      ['folder', file.rootName],
    ]) as string,
    sources,
  };
  const pid = choose('pid', [
    ['manifest', manifest.pid],
    ['content', says.pid],
    ['header', header?.pid ?? place?.pid],
    ['path', path.pid],
    ['companion', companions.pid],
  ]);
  if (pid !== undefined) context.pid = pid;
  // The files beside it speak of their own process only.
  const own = companions.pid === undefined || companions.pid === pid ? companions : {};
  const startTicks = choose('startTicks', [
    ['manifest', manifest.startTicks],
    ['content', says.startTicks],
    ['companion', own.startTicks],
  ]);
  if (startTicks !== undefined) context.startTicks = startTicks;
  const command = choose('command', [
    ['manifest', manifest.command],
    [
      'companion',
      says.command !== undefined && says.pid !== undefined && says.pid !== own.pid ? undefined : own.command,
    ],
    ['content', says.command === undefined ? undefined : commandName(says.command)],
    ['header', header?.command === undefined ? place?.command : commandName(header.command)],
    ['path', path.commandIsGuess ? undefined : path.command],
    ['content', firstExecutable === undefined ? undefined : commandName(firstExecutable)],
    ['path', path.command],
  ]);
  if (command !== undefined) context.command = command;
  const takenAt = choose('takenAt', [
    ['manifest', manifest.takenAt],
    ['content', says.takenAt],
    ['header', header?.takenAt ?? place?.takenAt],
    ['path', path.takenAt],
  ]);
  if (takenAt !== undefined) context.takenAt = takenAt;
  return context;
}

/** A path named inside a text (`==> board-7/812/smaps <==`); a path of the target (`/proc/812/smaps`) names no device. */
function placeOf(path: string): PathContext {
  const context = pathContextOf(path.replace(/^\.?\/+/, ''));
  if (path.startsWith('/') || !path.includes('/')) {
    const { device: _device, command: _command, ...rest } = context;
    return rest;
  }
  return context;
}
