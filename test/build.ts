import { spawnSync } from 'node:child_process';

/** The command line is tested as it is shipped: built. Type errors are for `npm run typecheck` to report. */
export default function build(): void {
  spawnSync('npm', ['run', 'build'], { stdio: 'ignore' });
}
