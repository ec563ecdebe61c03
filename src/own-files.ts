/**
 * Where memreport's own files are. The build puts what modules share into files of its own naming, so no other module
 * may count folders from where it stands.
 */

/** The folder of the code as it runs: `dist/`, or `src/` where it runs from its sources. */
export const CODE_FOLDER = new URL(import.meta.url.replace(/(.*\/(?:src|dist)\/).*/su, '$1'));

/** The folder of the package, with its package.json and `templates/`. */
export const PACKAGE_FOLDER = new URL('../', CODE_FOLDER);

/** That of the files with code: `.js`, or `.ts` where memreport runs from its sources. */
export const CODE_EXTENSION = import.meta.url.endsWith('.ts') ? '.ts' : '.js';
