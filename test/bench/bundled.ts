import { readFileSync } from 'node:fs';
import { buildSync } from 'esbuild';

const { dependencies } = read('package.json') as { dependencies: object };
const BUNDLED = read('.config/bundled.json') as string[];
const EXTERNAL = Object.keys(dependencies).filter((name) => !BUNDLED.includes(name));

/** Bundles a program of this folder, as memreport itself is bundled. Returns its path. */
export function bundled(name: string): string {
  buildSync({
    entryPoints: [`test/bench/${name}.ts`],
    outdir: 'dist/bench',
    bundle: true,
    splitting: true,
    chunkNames: 'chunks/[hash]',
    format: 'esm',
    platform: 'node',
    external: EXTERNAL,
    logLevel: 'warning',
  });
  return `dist/bench/${name}.js`;
}

function read(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}
