import { buildSync } from 'esbuild';

/** Bundles a program of this folder, as memreport itself is bundled. Returns its path. */
export function bundled(name: string): string {
  const outfile = `dist/bench/${name}.js`;
  buildSync({
    entryPoints: [`test/bench/${name}.ts`],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    logLevel: 'warning',
  });
  return outfile;
}
