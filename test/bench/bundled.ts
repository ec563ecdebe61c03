import { buildSync } from 'esbuild';

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
    packages: 'external',
    logLevel: 'warning',
  });
  return `dist/bench/${name}.js`;
}
