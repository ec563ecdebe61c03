// Bundles src/ into dist/: Node takes longer to find and load hundreds of modules than to run them, in each thread again.
// Types are not looked at here: see `npm run typecheck`.
import { readFileSync, rmSync } from 'node:fs';
import { build } from 'esbuild';

/** What runs by itself: the command line, the threads, the process that prints. */
const PROGRAMS = [
  'src/cli/main.ts',
  'src/reading/read-worker.ts',
  'src/analyzing/device-worker.ts',
  'src/report/outputs/print-process.ts',
];

/** Packages that a run loads with its first capture or page: each file that Node has to find takes it a millisecond. */
const BUNDLED = JSON.parse(readFileSync('.config/bundled.json', 'utf8'));

const { dependencies, engines } = JSON.parse(readFileSync('package.json', 'utf8'));

rmSync('dist', { recursive: true, force: true });
await build({
  entryPoints: PROGRAMS,
  outbase: 'src',
  outdir: 'dist',
  bundle: true,
  // What several programs share, and what is loaded only when it is asked for, has files of its own.
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  format: 'esm',
  platform: 'node',
  target: engines.node.replace('>=', 'node'),
  external: Object.keys(dependencies).filter((name) => !BUNDLED.includes(name)),
  alias: { 'string-width': './src/cli/string-width.ts' },
  // For the stack trace of a bug: src/cli/source-places.ts.
  sourcemap: true,
  sourcesContent: false,
  logLevel: 'warning',
});
