import { readdirSync, readFileSync } from 'node:fs';
import { dirname, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const SRC = fileURLToPath(new URL('../src/', import.meta.url));

interface Import {
  /** The importing file, from src/. */
  readonly from: string;
  /** The imported file, from src/, or the name of a package. */
  readonly to: string;
  readonly isPackage: boolean;
  readonly typeOnly: boolean;
}

interface SourceFile {
  readonly path: string;
  readonly tree: ts.SourceFile;
  readonly imports: readonly Import[];
}

const sources: readonly SourceFile[] = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts'))
  .sort()
  .map((path) => {
    const tree = ts.createSourceFile(path, readFileSync(SRC + path, 'utf8'), ts.ScriptTarget.ESNext, true);
    return { path, tree, imports: importsOf(path, tree) };
  });

/** `import`, `export … from`, `import()` and `import('…').Type`. */
function importsOf(from: string, tree: ts.SourceFile): Import[] {
  const imports: Import[] = [];
  const add = (specifier: string, typeOnly: boolean): void => {
    const isPackage = !specifier.startsWith('.');
    const to = isPackage ? specifier : posix.join(dirname(from), specifier).replace(/\.js$/, '.ts');
    imports.push({ from, to, isPackage, typeOnly });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      const names = node.importClause?.namedBindings;
      const allTypes =
        names !== undefined && ts.isNamedImports(names) && names.elements.every((name) => name.isTypeOnly);
      const clause = node.importClause;
      const typeOnly = clause?.phaseModifier === ts.SyntaxKind.TypeKeyword || (clause?.name === undefined && allTypes);
      add(node.moduleSpecifier.text, typeOnly);
    } else if (ts.isExportDeclaration(node) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)) {
      add(node.moduleSpecifier.text, node.isTypeOnly);
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [specifier] = node.arguments;
      if (specifier && ts.isStringLiteral(specifier)) add(specifier.text, false);
    } else if (
      ts.isImportTypeNode(node) &&
      ts.isLiteralTypeNode(node.argument) &&
      ts.isStringLiteral(node.argument.literal)
    ) {
      add(node.argument.literal.text, true);
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return imports;
}

const imports = sources.flatMap((source) => source.imports);
/** Whoever needs a file of memreport's own may ask where it is, and who needs a folder may have it made. */
const FOR_ALL = ['own-files.ts', 'make-folder.ts'];
const inside = imports.filter(({ to, isPackage }) => !isPackage && !FOR_ALL.includes(to));

/** The first folder of a path, '' for a file that lies in src itself. */
const folderOf = (path: string): string => (path.includes('/') ? path.slice(0, path.indexOf('/')) : '');

const STAGES = ['ingest', 'correlate', 'judge', 'compare', 'report', 'symbols', 'cache'];

/** What each folder may import besides itself, and what to do instead of importing more. */
const FLOORS: Readonly<
  Record<string, { readonly may: (to: string, typeOnly: boolean) => boolean; readonly instead: string }>
> = {
  model: {
    may: () => false,
    instead: 'model/ imports nothing: move what it needs into model/, or the function that needs it up to its stage',
  },
  stats: {
    may: () => false,
    instead: 'stats/ imports nothing: pass numbers in as arguments, and let the caller take them out of the model',
  },
  ingest: {
    may: (to) => folderOf(to) === 'model',
    instead: 'a stage knows only model/ and itself: put the shared type into model/, or do the work in the later stage',
  },
  correlate: {
    may: (to) => ['model', 'stats'].includes(folderOf(to)),
    instead:
      'a stage knows only model/, stats/ and itself: take what you need as a Capture, or put its type into model/',
  },
  judge: {
    may: (to) => ['model', 'stats'].includes(folderOf(to)),
    instead: 'a stage knows only model/, stats/ and itself: take what you need from the ProgramRecord, or add it there',
  },
  symbols: {
    may: (to) => folderOf(to) === 'model',
    instead:
      'symbols/ knows only model/ and itself: take captures in and give captures out, reading/read-symbols.ts folds them',
  },
  cache: {
    may: () => false,
    instead: 'cache/ keeps bytes by keys and knows nothing of what they mean: the caller makes both',
  },
  compare: {
    may: (to) => ['model', 'stats'].includes(folderOf(to)),
    instead: 'a comparison sees only two Analyses: add what it needs to Analysis, and fill it in in analyze.ts',
  },
  report: {
    may: (to) => folderOf(to) === 'model',
    instead: 'the report sees only the Analysis: add what it needs to Analysis, and fill it in in analyze.ts',
  },
  reading: {
    may: (to, typeOnly) =>
      ['ingest', 'correlate', 'symbols', 'cache', 'model'].includes(folderOf(to)) ||
      to === 'worker-pool.ts' ||
      (typeOnly && to === 'run-cache.ts'),
    instead: 'reading/ brings files to the ledger: judging and reporting are told by analyze.ts',
  },
  analyzing: {
    may: (to) => ['correlate', 'judge', 'reading', 'cache', 'model'].includes(folderOf(to)) || to === 'worker-pool.ts',
    instead: 'analyzing/ makes analyses of devices from ledgers: files are read in reading/, reports made in render.ts',
  },
  '': {
    may: (to) => [...STAGES, 'reading', 'analyzing', 'model'].includes(folderOf(to)),
    instead: 'the story tells the stages in their order: what needs the terminal belongs to cli/, statistics to judge/',
  },
  cli: {
    may: (to, typeOnly) =>
      folderOf(to) === '' ||
      folderOf(to) === 'model' ||
      to === 'analyzing/analysis-digest.ts' ||
      REGISTRIES.includes(to) ||
      (typeOnly && INTERFACES.includes(to)),
    instead: 'a command calls analyze.ts, inspect.ts or render.ts and looks into the registries: put the work there',
  },
};

const REGISTRIES = ['ingest/formats/index.ts', 'ingest/limits.ts', 'judge/rules/index.ts', 'report/outputs/index.ts'];
const INTERFACES = ['ingest/format.ts', 'report/outputs/output.ts'];

function describeImports(found: readonly Import[]): string[] {
  return found.map(({ from, to }) => `src/${from} imports ${to}`);
}

describe('the floors', () => {
  it('are all known', () => {
    const folders = [...new Set(sources.map(({ path }) => folderOf(path)))].sort();
    expect(folders, 'a new folder in src/ needs a floor: see DESIGN and add it to FLOORS').toEqual(
      Object.keys(FLOORS).sort(),
    );
    expect(imports.length).toBeGreaterThan(100);
  });

  it.each(Object.keys(FLOORS))('src/%s imports downward only', (folder) => {
    const floor = FLOORS[folder];
    const broken = inside.filter(
      ({ from, to, typeOnly }) => folderOf(from) === folder && folderOf(to) !== folder && !floor?.may(to, typeOnly),
    );
    expect(describeImports(broken), floor?.instead ?? '').toEqual([]);
  });

  it('import files that are there', () => {
    const paths = new Set(sources.map(({ path }) => path));
    const missing = inside.filter(({ to }) => !paths.has(to));
    expect(describeImports(missing), 'import a .ts file of src/ by its name with .js').toEqual([]);
  });
});

/** The folders of plug-ins, with the plug-ins that may use another. */
const PLUG_INS: readonly { folder: string; mayUse: Readonly<Record<string, string>> }[] = [
  { folder: 'ingest/formats', mayUse: {} },
  { folder: 'judge/rules', mayUse: {} },
  { folder: 'report/sections', mayUse: {} },
  { folder: 'report/outputs', mayUse: { 'report/outputs/pdf.ts': 'report/outputs/html.ts' } },
];

describe('the plug-ins', () => {
  it.each(PLUG_INS)('of $folder do not know each other', ({ folder, mayUse }) => {
    const listed = inside.filter(({ from, to }) => from === `${folder}/index.ts` && dirname(to) === folder);
    const interfaces = new Set(['report/outputs/output.ts']);
    const plugIns = new Set(listed.map(({ to }) => to).filter((path) => !interfaces.has(path)));
    expect(plugIns.size).toBeGreaterThan(2);
    const broken = inside.filter(({ from, to }) => plugIns.has(from) && plugIns.has(to) && mayUse[from] !== to);
    expect(describeImports(broken), `move what both need into a file of ${folder}/ that is no plug-in`).toEqual([]);
  });

  it.each(PLUG_INS)('of $folder are known to its index only', ({ folder, mayUse }) => {
    const plugIns = new Set(
      inside.filter(({ from, to }) => from === `${folder}/index.ts` && dirname(to) === folder).map(({ to }) => to),
    );
    const broken = inside.filter(
      ({ from, to, typeOnly }) =>
        plugIns.has(to) &&
        !from.startsWith(`${folder}/`) &&
        !typeOnly &&
        mayUse[from] !== to &&
        !INTERFACES.includes(to),
    );
    expect(
      describeImports(broken),
      `ask the registry, ${folder}/index.ts: the name of one plug-in belongs nowhere else`,
    ).toEqual([]);
  });
});

/** Where each package may be imported. */
const DOORS: Readonly<Record<string, (from: string) => boolean>> = {
  'node:process': (from) => folderOf(from) === 'cli',
  'node:child_process': (from) => ['symbols/run-tool.ts', 'report/outputs/browser-process.ts'].includes(from),
  papaparse: (from) => from === 'ingest/formats/smem-csv.ts' || from === 'report/outputs/csv.ts',
  saxes: (from) => from === 'ingest/xml-elements.ts',
  handlebars: (from) => from === 'report/outputs/html.ts',
  'subset-font': (from) => from === 'report/outputs/chinese-fonts.ts',
  puppeteer: (from) => from === 'report/outputs/print-browser.ts',
  'pdf-lib': (from) => from === 'report/outputs/finished-pdf.ts',
  '@sparticuz/chromium': (from) => from === 'report/outputs/embedded-browser.ts',
  yargs: (from) => folderOf(from) === 'cli',
  'simple-statistics': (from) => folderOf(from) === 'stats',
  piscina: (from) => ['worker-pool.ts', 'reading/read-worker.ts'].includes(from),
  fflate: (from) => from === 'ingest/archives/zip-salvage.ts',
  fzstd: (from) => from === 'ingest/archives/unzstd.ts',
  'xxhash-wasm': (from) => ['ingest/archives/unzstd.ts', 'cache/content-hashes.ts'].includes(from),
  'xz-decompress': (from) => from === 'ingest/archives/unxz.ts',
  yauzl: (from) => ['ingest/archives/zip.ts', 'ingest/archives/zip-blocks.ts'].includes(from),
  'd3-array': (from) => from.startsWith('report/charts/'),
  'd3-hierarchy': (from) => from.startsWith('report/charts/'),
  'd3-scale': (from) => from.startsWith('report/charts/'),
  'd3-shape': (from) => from.startsWith('report/charts/'),
};

/** Side effects and clocks, with the place for each. */
const EFFECTS: readonly {
  readonly what: string;
  readonly where: (from: string) => boolean;
  readonly instead: string;
}[] = [
  {
    what: 'console',
    where: (from) => folderOf(from) === 'cli',
    instead: 'report a Problem, or return the text: only cli/ speaks to the terminal',
  },
  {
    what: 'process.argv',
    where: (from) => folderOf(from) === 'cli',
    instead: 'take it as an option: only cli/ reads the command line',
  },
  {
    what: 'process.stdout',
    where: (from) => folderOf(from) === 'cli',
    instead: 'report a Problem, or return the text: only cli/ speaks to the terminal',
  },
  {
    what: 'process.stderr',
    where: (from) => folderOf(from) === 'cli',
    instead: 'report a Problem, or return the text: only cli/ speaks to the terminal',
  },
  {
    what: 'process.exit',
    where: (from) => folderOf(from) === 'cli',
    instead: 'throw, or return what happened: only cli/ ends the process',
  },
  {
    what: 'Date.now',
    where: (from) => folderOf(from) === 'cli',
    instead: 'take the time as an argument: the same input gives the same bytes',
  },
  {
    what: 'new Date()',
    where: (from) => folderOf(from) === 'cli',
    instead: 'take the time as an argument: the same input gives the same bytes',
  },
  {
    what: 'import.meta.url',
    where: (from) => from === 'own-files.ts',
    instead: 'take it from CODE_FOLDER or PACKAGE_FOLDER: the build moves code into other files',
  },
  {
    what: 'Math.random',
    where: () => false,
    instead: 'use numbers that come again: the same input gives the same bytes',
  },
];

/** The effects that a file uses, by the names above. */
function effectsOf({ tree }: SourceFile): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node)) {
      const text = `${node.expression.getText(tree)}.${node.name.text}`;
      found.push(text);
      if (node.expression.getText(tree) === 'console') found.push('console');
    } else if (ts.isNewExpression(node) && node.expression.getText(tree) === 'Date' && !node.arguments?.length) {
      found.push('new Date()');
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

describe('the doors', () => {
  const packages = imports.filter(({ to, isPackage }) => isPackage && (!to.startsWith('node:') || to in DOORS));

  it('are all known', () => {
    const names = [...new Set(packages.map(({ to }) => nameOf(to)))].filter((name) => !(name in DOORS));
    expect(names, 'a new package needs one door: add the file that may import it to DOORS').toEqual([]);
  });

  it.each(Object.keys(DOORS))('%s has one', (name) => {
    const broken = packages.filter(({ from, to }) => nameOf(to) === name && !DOORS[name]?.(from));
    expect(
      describeImports(broken),
      `call the file that wraps ${name} instead (see DOORS in test/floors.test.ts)`,
    ).toEqual([]);
  });

  it.each(EFFECTS)('$what has one', ({ what, where, instead }) => {
    const broken = sources.filter((source) => !where(source.path) && effectsOf(source).includes(what));
    expect(
      broken.map(({ path }) => `src/${path} uses ${what}`),
      instead,
    ).toEqual([]);
  });

  it('is found by what looks for it', () => {
    const text =
      "import { x } from 'yargs';\nconst y = await import('handlebars'); console.log(Date.now(), new Date());\n";
    const tree = ts.createSourceFile('stats/x.ts', text, ts.ScriptTarget.ESNext, true);
    const source = { path: 'stats/x.ts', tree, imports: importsOf('stats/x.ts', tree) };
    expect(source.imports.map(({ to }) => to)).toEqual(['yargs', 'handlebars']);
    expect(effectsOf(source)).toEqual(expect.arrayContaining(['console', 'Date.now', 'new Date()']));
  });

  function nameOf(specifier: string): string {
    return specifier
      .split('/')
      .slice(0, specifier.startsWith('@') ? 2 : 1)
      .join('/');
  }
});

it('no import runs in a circle', () => {
  const next = new Map(
    sources.map(({ path, imports: own }) => [path, own.filter(({ isPackage, typeOnly }) => !isPackage && !typeOnly)]),
  );
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (path: string, above: readonly string[]): void => {
    const from = above.indexOf(path);
    if (from !== -1) circles.push([...above.slice(from), path].join(' → '));
    if (from !== -1 || done.has(path)) return;
    for (const { to } of next.get(path) ?? []) visit(to, [...above, path]);
    done.add(path);
  };
  for (const { path } of sources) visit(path, []);
  expect(circles, 'move what both need into a file of its own that imports neither').toEqual([]);
});
