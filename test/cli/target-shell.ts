import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A shell that targets have, run with the few commands that a small target has. */
export interface TargetShell {
  /** With the reason where its tests are skipped. */
  readonly title: string;
  readonly name: string;
  readonly missing: boolean;
  readonly program: string;
  /** The words before those of the script. */
  readonly first: readonly string[];
}

/** What the capture script may use of a target, beside the shell. */
export const TARGET_TOOLS = ['cat', 'mkdir', 'sleep', 'date', 'tar', 'gzip'] as const;

export const TARGET_SHELLS: readonly TargetShell[] = [
  shellOf('dash', 'dash', []),
  shellOf('busybox', 'busybox', ['sh']),
  shellOf('mksh', 'mksh', []),
];

function shellOf(name: string, command: string, first: readonly string[]): TargetShell {
  const program = findCommand(command);
  const title = program === undefined ? `${name} (skipped: ${command} is not installed)` : name;
  return { title, name, missing: program === undefined, program: program ?? '', first };
}

/** The path of a command of this machine. */
export function findCommand(command: string): string | undefined {
  const places = (process.env.PATH ?? '').split(delimiter).map((place) => join(place, command));
  return places.find((place) => existsSync(place));
}

/** Makes a PATH that has these tools only, of busybox where that is the shell. */
export function targetPath(folder: string, shell: TargetShell, tools: readonly string[] = TARGET_TOOLS): string {
  mkdirSync(folder);
  for (const tool of tools) {
    const program = shell.name === 'busybox' ? shell.program : findCommand(tool);
    symlinkSync(program || '/nowhere', join(folder, tool));
  }
  return folder;
}

/** Runs a script as `ssh target sh -s -- WORDS < script` would. */
export function runOnTarget(
  shell: TargetShell,
  script: string,
  words: readonly string[],
  path: string,
  user: { uid?: number; gid?: number } = {},
) {
  return spawnSync(shell.program, [...shell.first, '-s', '--', ...words], {
    encoding: 'utf8',
    timeout: 30_000,
    input: readFileSync(script),
    env: { PATH: path },
    ...user,
  });
}
