import type { CaptureContext, ContextSource } from '../model/capture.js';
import { commandName, isValgrindTool } from '../model/command-name.js';
import type { Companions } from './companions.js';
import type { Says } from './format.js';
import type { ManifestEntry } from './manifest.js';
import { ParsedLines } from './parsed-lines.js';
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
  firstExecutable: () => string | undefined,
): CaptureContext {
  const { manifest, path, companions } = file;
  const place = header?.path === undefined ? undefined : placeOf(header.path);
  const choice = new Choice();
  const device =
    choice.take('device', 'manifest', manifest.device) ??
    choice.take('device', 'header', header?.device ?? place?.device) ??
    choice.take('device', 'path', path.device) ??
    choice.take('device', 'folder', file.rootName) ??
    '';
  const pid =
    choice.take('pid', 'manifest', manifest.pid) ??
    choice.take('pid', 'content', says.pid) ??
    choice.take('pid', 'header', header?.pid ?? place?.pid) ??
    choice.take('pid', 'path', path.pid) ??
    choice.take('pid', 'companion', companions.pid);
  // The files beside it speak of their own process only.
  const own = companions.pid === undefined || companions.pid === pid ? companions : NO_COMPANIONS;
  const isOfAnother = says.command !== undefined && says.pid !== undefined && says.pid !== own.pid;
  const startTicks =
    choice.take('startTicks', 'manifest', manifest.startTicks) ??
    choice.take('startTicks', 'content', says.startTicks) ??
    choice.take('startTicks', 'companion', own.startTicks);
  const command =
    choice.take('command', 'manifest', manifest.command) ??
    choice.take('command', 'companion', isOfAnother ? undefined : own.command) ??
    choice.take('command', 'content', nameOf(says.command)) ??
    choice.take('command', 'header', nameOf(header?.command) ?? place?.command) ??
    choice.take('command', 'path', path.commandIsGuess ? undefined : path.command) ??
    choice.take('command', 'content', nameOf(firstExecutable())) ??
    choice.take('command', 'path', path.command);
  const takenAt =
    choice.take('takenAt', 'manifest', manifest.takenAt) ??
    choice.take('takenAt', 'content', says.takenAt) ??
    choice.take('takenAt', 'header', header?.takenAt ?? place?.takenAt) ??
    choice.take('takenAt', 'path', path.takenAt);
  const context: CaptureContext = { device, sources: choice.sources };
  if (command !== undefined) context.command = command;
  if (pid !== undefined) context.pid = pid;
  if (startTicks !== undefined) context.startTicks = startTicks;
  if (takenAt !== undefined) context.takenAt = takenAt;
  if (manifest.build !== undefined) context.build = manifest.build;
  return context;
}

const NO_COMPANIONS: Companions = {};

/** Notes where each part that is taken comes from. */
class Choice {
  readonly sources: CaptureContext['sources'] = {};

  /** The value, unless it is unknown or empty. */
  take<T>(part: keyof CaptureContext['sources'], source: ContextSource, value: T | undefined): T | undefined {
    if (value === undefined || value === '') return undefined;
    this.sources[part] = source;
    return value;
  }
}

function nameOf(commandLine: string | undefined): string | undefined {
  return commandLine === undefined ? undefined : names.get(commandLine).name;
}

/** Tables and logs name few programs many times. */
const names = new ParsedLines(
  (commandLine) => ({ name: isValgrindTool(commandLine) ? undefined : commandName(commandLine) }),
  1000,
);

/** A path named inside a text (`==> board-7/812/smaps <==`); a path of the target (`/proc/812/smaps`) names no device. */
function placeOf(path: string): PathContext {
  const context = pathContextOf(path.replace(/^\.?\/+/, ''));
  if (path.startsWith('/') || !path.includes('/')) {
    delete context.device;
    delete context.command;
  }
  return context;
}
